// Four characters are three bytes.
#include "frontend/grammar/base64.h"

#include <cstdint>

namespace s2a {

Parsed<std::string> parse_base64(std::string_view text) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr std::string_view kHint = "four characters of A-Z a-z 0-9 + / for three bytes, the last four filled up with `=`";
  const auto digits = text.substr(0, text.size() - (text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0));
  if (text.size() % 4 != 0) return grammar_error(text.size(), "the text ends too early for base64", std::string(kHint));
  std::string out;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const auto value = kAlphabet.find(digits[i]);
    if (value == std::string_view::npos) return grammar_error(i, "no character of base64", std::string(kHint));
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>((bits >> held) & 0xFFU);
  }
  return out;
}

}  // namespace s2a
