// Column widths after Unicode's East Asian Width, as far as terminals agree on it.
#include "backend/render/typography.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace s2a {
namespace {

struct Range {
  char32_t first, last;
};

constexpr std::array kCombining{Range{0x0300, 0x036F}, Range{0x200B, 0x200F}, Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}, Range{0xFEFF, 0xFEFF}};
constexpr std::array kWide{Range{0x1100, 0x115F}, Range{0x2E80, 0x303E}, Range{0x3041, 0xA4CF}, Range{0xA960, 0xA97F},   Range{0xAC00, 0xD7A3},  Range{0xF900, 0xFAFF},
                           Range{0xFE30, 0xFE6F}, Range{0xFF00, 0xFF60}, Range{0xFFE0, 0xFFE6}, Range{0x1F300, 0x1FAFF}, Range{0x20000, 0x3FFFD}};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t point) {
  return std::ranges::any_of(ranges, [&](const Range& range) { return range.first <= point && point <= range.last; });
}

char32_t code_point(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return lead;
  char32_t point = lead & (0xFFU >> (character.size() + 1));
  for (const char c : character.substr(1)) point = point << 6U | (static_cast<unsigned char>(c) & 0x3FU);
  return point;
}

std::string_view escape(Ink ink) {
  switch (ink) {
    case Ink::Plain: return "";
    case Ink::Bold: return "\033[1m";
    case Ink::Dim: return "\033[2m";
    case Ink::Red: return "\033[1;31m";
    case Ink::Green: return "\033[32m";
    case Ink::Yellow: return "\033[33m";
    case Ink::Blue: return "\033[1;34m";
  }
  return "";
}

}  // namespace

std::string paint(std::string_view text, Ink ink, bool color) {
  if (!color || ink == Ink::Plain || text.empty()) return std::string(text);
  return fmt::format("{}{}\033[0m", escape(ink), text);
}

std::size_t character_size(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  return std::min(size, text.size() - at);
}

std::size_t columns(std::string_view text) {
  std::size_t out = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto size = character_size(text, at);
    const auto point = code_point(text.substr(at, size));
    out += within(kCombining, point) ? 0 : within(kWide, point) ? 2 : 1;
    at += size;
  }
  return out;
}

std::string padded(std::string_view text, std::size_t width) {
  const auto used = columns(text);
  return std::string(text) + std::string(width > used ? width - used : 0, ' ');
}

std::string tame(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto size = character_size(text, at);
    const auto point = code_point(text.substr(at, size));
    if (point == '\t') {
      out += "    ";
    } else if (point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069)) {
      out += '?';  // controls, and the marks that turn the direction of writing
    } else {
      out += text.substr(at, size);
    }
    at += size;
  }
  return out;
}

std::string counted(std::size_t count, std::string_view noun) { return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s"); }

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> out;
  std::string line;
  while (!text.empty()) {
    const auto size = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, size);
    text.remove_prefix(std::min(size + 1, text.size()));
    if (!line.empty() && columns(line) + 1 + columns(word) > width) out.push_back(std::exchange(line, {}));
    line += line.empty() ? std::string(word) : fmt::format(" {}", word);
  }
  out.push_back(std::move(line));
  return out;
}

}  // namespace s2a
