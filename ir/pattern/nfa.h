// Sets of texts as places and the bytes that lead from one to the next: what cannot be said as a Glob.
#pragma once

#include <bitset>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ir/pattern/pattern.h"
#include "ir/pattern/regex_syntax.h"

namespace s2a {

using Bytes = std::bitset<256>;

/// The texts that lead from the first place to an end.
struct Nfa {
  using PlaceId = std::uint32_t;
  struct Edge {
    Bytes bytes;  ///< one of these is read
    PlaceId to = 0;
  };
  struct Place {
    std::vector<Edge> edges{};
    std::vector<PlaceId> free{};  ///< what is reached without reading
    bool end = false;
  };
  std::vector<Place> places{1};
  bool whole = true;  ///< false: it would be too big, and some of it is missing

  PlaceId add_place();
};

/// More places than a regular expression that people write needs.
inline constexpr std::size_t kMostPlaces = 30'000;

[[nodiscard]] Nfa nfa_of(const RegexNode& tree);
/// A Cidr and a PortRange have no texts.
[[nodiscard]] Nfa nfa_of(const Pattern& pattern);

/// The places where a text can stand that begins at `from`, each with all that is reached without reading; in order.
[[nodiscard]] std::vector<Nfa::PlaceId> read(const Nfa& nfa, Nfa::PlaceId from, std::string_view text);

/// One of the shortest texts, of plain characters.
[[nodiscard]] std::optional<std::string> shortest(const Nfa& nfa);

[[nodiscard]] Bytes bytes_of(Chars chars);
[[nodiscard]] Bytes bytes_of(char c, bool ignore_case = false);

}  // namespace s2a
