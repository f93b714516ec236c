// All code points in order are one text; what RE2 finds in it are ranges.
#include "frontend/grammar/unicode_class.h"

#include <re2/re2.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace s2a {
namespace {

constexpr char32_t kPlane = 0x10000;

/// As UTF-8 spells it, the surrogates too.
void append(std::string& text, char32_t rune) {
  const auto add = [&](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (rune <= kLastAscii) return add(rune);
  if (rune <= 0x7FF) {
    add(0xC0 | (rune >> 6U));
  } else {
    if (rune < kPlane) {
      add(0xE0 | (rune >> 12U));
    } else {
      add(0xF0 | (rune >> 18U));
      add(0x80 | ((rune >> 12U) & 0x3FU));
    }
    add(0x80 | ((rune >> 6U) & 0x3FU));
  }
  add(0x80 | (rune & 0x3FU));
}

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }

/// The ranges of a text of consecutive code points from `first` on.
void find(const re2::RE2& run, std::string_view text, char32_t first, std::vector<RuneRange>& out) {
  const auto count = [&](std::size_t begin, std::size_t end) {
    return static_cast<char32_t>(std::count_if(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end), begins_character));
  };
  std::size_t at = 0;
  re2::StringPiece found;
  while (run.Match({text.data(), text.size()}, at, text.size(), re2::RE2::UNANCHORED, &found, 1)) {
    const auto begin = static_cast<std::size_t>(found.data() - text.data());
    const auto from = first + count(at, begin);
    first = from + count(begin, begin + found.size());
    at = begin + found.size();
    out.push_back({from, first - 1});
  }
}

}  // namespace

Runes runes_by_re2(const std::string& expression) {
  const re2::RE2 run("(?:" + expression + ")+", re2::RE2::Quiet);
  std::vector<RuneRange> out;
  for (char32_t plane = 0; plane <= kLastRune; plane += kPlane) {
    std::string text;
    for (char32_t rune = plane; rune < plane + kPlane; ++rune) append(text, rune);
    find(run, text, plane, out);
  }
  return runes(std::move(out));
}

}  // namespace s2a
