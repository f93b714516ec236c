// A set of Unicode code points, and how UTF-8 spells it: what one step of a regular expression reads.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

namespace s2a {

/// Both ends count.
struct RuneRange {
  char32_t first = 0;
  char32_t last = 0;
  auto operator<=>(const RuneRange&) const = default;
};

inline constexpr char32_t kLastRune = 0x10FFFF;
inline constexpr char32_t kLastAscii = 0x7F;

/// In order; between two ranges there is at least one code point that is in none.
struct Runes {
  std::vector<RuneRange> ranges;
  auto operator<=>(const Runes&) const = default;
};

/// The ranges may overlap and come in any order.
[[nodiscard]] Runes runes(std::vector<RuneRange> ranges);
[[nodiscard]] Runes either(const Runes& a, const Runes& b);
[[nodiscard]] Runes all_but(const Runes& set);
/// With the other case of each ASCII letter, as `(?i)` of RE2: the Kelvin sign is a `k`, the long s is an `s`.
[[nodiscard]] Runes in_any_case(const Runes& set);
[[nodiscard]] bool is_ascii(const Runes& set);

struct ByteRange {
  std::uint8_t first = 0;
  std::uint8_t last = 0;
  auto operator<=>(const ByteRange&) const = default;
};

/// A byte of each range, one after the other.
using ByteSequence = std::vector<ByteRange>;

/// The bytes that RE2 reads for one of these. Where all code points behind ASCII are in the set, that is somewhat more than UTF-8: overlong sequences, and those behind the last
/// code point.
[[nodiscard]] std::vector<ByteSequence> in_utf8(const Runes& set);

}  // namespace s2a
