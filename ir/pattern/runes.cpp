// Sets as sorted ranges, and the ranges of bytes that spell a range of code points.
#include "ir/pattern/runes.h"

#include <algorithm>
#include <array>

namespace s2a {
namespace {

constexpr RuneRange kBehindAscii{kLastAscii + 1, kLastRune};
constexpr std::uint8_t kFirstContinuation = 0x80;
constexpr std::uint8_t kLastContinuation = 0xBF;
constexpr ByteRange kContinuation{kFirstContinuation, kLastContinuation};
constexpr unsigned kBits = 6;  ///< of a code point that a continuation byte holds

/// The last code points that one, two and three bytes spell.
constexpr std::array<char32_t, 3> kLastOfLength{kLastAscii, 0x7FF, 0xFFFF};

std::vector<std::uint8_t> utf8_of(char32_t rune) {
  std::size_t behind = 0;  // continuation bytes
  while (behind < kLastOfLength.size() && rune > kLastOfLength.at(behind)) ++behind;
  constexpr std::array<std::uint8_t, 4> kLead{0, 0xC0, 0xE0, 0xF0};
  std::vector<std::uint8_t> out{static_cast<std::uint8_t>(kLead.at(behind) | (rune >> (kBits * behind)))};
  while (behind-- > 0) out.push_back(static_cast<std::uint8_t>(kFirstContinuation | ((rune >> (kBits * behind)) & 0x3FU)));
  return out;
}

/// Splits the range until the spellings of its ends differ in their last bytes only where those are all there.
void spell(RuneRange range, std::vector<ByteSequence>& out) {
  const auto split_behind = [&](char32_t last) {
    spell({range.first, last}, out);
    spell({last + 1, range.last}, out);
  };
  for (const auto last : kLastOfLength)
    if (range.first <= last && last < range.last) return split_behind(last);
  for (unsigned bytes = 1; range.last > kLastAscii && bytes <= kLastOfLength.size(); ++bytes) {
    const char32_t mask = (char32_t{1} << (kBits * bytes)) - 1;
    if ((range.first & ~mask) == (range.last & ~mask)) continue;
    if ((range.first & mask) != 0) return split_behind(range.first | mask);
    if ((range.last & mask) != mask) return split_behind((range.last & ~mask) - 1);
  }
  const auto first = utf8_of(range.first);
  const auto last = utf8_of(range.last);
  auto& sequence = out.emplace_back();
  for (std::size_t i = 0; i < first.size(); ++i) sequence.push_back({first[i], last[i]});
}

}  // namespace

Runes runes(std::vector<RuneRange> ranges) {
  std::ranges::sort(ranges);
  Runes out;
  for (const auto& range : ranges) {
    if (!out.ranges.empty() && range.first <= out.ranges.back().last + 1)
      out.ranges.back().last = std::max(out.ranges.back().last, range.last);
    else
      out.ranges.push_back(range);
  }
  return out;
}

Runes either(const Runes& a, const Runes& b) {
  auto all = a.ranges;
  all.insert(all.end(), b.ranges.begin(), b.ranges.end());
  return runes(std::move(all));
}

Runes all_but(const Runes& set) {
  Runes out;
  char32_t next = 0;
  for (const auto& range : set.ranges) {
    if (next < range.first) out.ranges.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  if (next <= kLastRune) out.ranges.push_back({next, kLastRune});
  return out;
}

Runes in_any_case(const Runes& set) {
  constexpr char32_t kKelvinSign = 0x212A;
  constexpr char32_t kLongS = 0x17F;
  constexpr char32_t kToLower = 'a' - 'A';
  auto all = set.ranges;
  const auto has = [&](char32_t rune) { return std::ranges::any_of(set.ranges, [&](const RuneRange& range) { return range.first <= rune && rune <= range.last; }); };
  for (char32_t capital = 'A'; capital <= 'Z'; ++capital) {
    if (!has(capital) && !has(capital + kToLower)) continue;
    all.push_back({capital, capital});
    all.push_back({capital + kToLower, capital + kToLower});
    if (capital == 'K') all.push_back({kKelvinSign, kKelvinSign});
    if (capital == 'S') all.push_back({kLongS, kLongS});
  }
  return runes(std::move(all));
}

bool is_ascii(const Runes& set) { return set.ranges.empty() || set.ranges.back().last <= kLastAscii; }

std::vector<ByteSequence> in_utf8(const Runes& set) {
  std::vector<ByteSequence> out;
  for (const auto& range : set.ranges) {
    if (range.first > kBehindAscii.first || range.last < kBehindAscii.last) {
      spell(range, out);
      continue;
    }
    if (range.first <= kLastAscii) spell({range.first, kLastAscii}, out);
    out.push_back({{0xC2, 0xDF}, kContinuation});
    out.push_back({{0xE0, 0xEF}, kContinuation, kContinuation});
    out.push_back({{0xF0, 0xF4}, kContinuation, kContinuation, kContinuation});
  }
  return out;
}

}  // namespace s2a
