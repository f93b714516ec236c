// The quoting rule of style.md 4.3.
#include "backend/edit/quote.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace s2a {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The words that some YAML reads as a bool, a null or a number. What starts with a digit, a sign or a dot and a digit is never written plain.
constexpr auto kWords = std::to_array<std::string_view>({"", "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "infinity", ".nan", ".inf"});

/// A code point that stands for itself in double quotes, or not: controls, separators that YAML 1.1 takes for line breaks, BOM, non-characters.
bool must_escape(std::uint32_t point) {
  return point < 0x20 || point == '"' || point == '\\' || (point >= 0x7F && point <= 0x9F) || point == 0x2028 || point == 0x2029 || point == 0xFEFF || point == 0xFFFE ||
         point == 0xFFFF;
}

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t size = 1;  ///< bytes; a byte that is not UTF-8 counts as one
};

CodePoint first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (size == 1 || size > text.size()) return {.value = lead < 0x80 ? lead : 0xFFFDU, .size = 1};
  std::uint32_t value = lead & (0xFFU >> (size + 1));
  for (std::size_t at = 1; at < size; ++at) value = (value << 6U) | (static_cast<unsigned char>(text[at]) & 0x3FU);
  return {.value = value, .size = size};
}

std::string escaped(std::uint32_t point) {
  switch (point) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: return fmt::format("\\u{:04X}", point);
  }
}

bool any_escape(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto point = first_of(text.substr(at));
    if (point.value != '"' && point.value != '\\' && must_escape(point.value)) return true;
    at += point.size;
  }
  return false;
}

std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out.append(c == '\'' ? 2 : 1, c);
  return out + "'";
}

}  // namespace

bool plain_is_safe(std::string_view text) {
  const auto starts = [](char c) { return is_letter(c) || c == '_' || c == '/' || c == '.'; };
  const auto goes_on = [&](char c) { return starts(c) || is_digit(c) || c == '-'; };
  if (text.empty() || !starts(text.front()) || !std::ranges::all_of(text, goes_on)) return false;
  const char second = text.size() > 1 ? text[1] : '.';
  const bool like_number = (text.front() == '.' || text.front() == '_') && !is_letter(second) && second != '/';
  if (like_number) return false;
  return std::ranges::none_of(kWords, [&](std::string_view word) { return std::ranges::equal(word, text, {}, {}, lower); });
}

std::string double_quoted(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const auto point = first_of(text);
    if (must_escape(point.value)) {
      out += escaped(point.value);
    } else {
      out += text.substr(0, point.size);
    }
    text.remove_prefix(point.size);
  }
  return out + "\"";
}

std::string scalar_text(std::string_view text, NodeStyle like) {
  if (like == NodeStyle::SingleQuoted && !any_escape(text)) return single_quoted(text);
  if (like != NodeStyle::SingleQuoted && like != NodeStyle::DoubleQuoted && plain_is_safe(text)) return std::string(text);
  return double_quoted(text);
}

}  // namespace s2a
