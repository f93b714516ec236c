// Ends of trivia, properties, plain and quoted scalars, flow collections.
#include "frontend/yaml/text.h"

#include <algorithm>
#include <array>

namespace s2a::yaml {
namespace {

constexpr std::string_view kBlank = " \t";
constexpr std::string_view kSpace = " \t\r\n";
constexpr std::string_view kTagCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-#;/?:@&=+$_.~*'()%!";

bool one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

Offset skip(std::string_view text, Offset at, std::string_view set) { return static_cast<Offset>(std::min(text.find_first_not_of(set, at), text.size())); }
Offset until(std::string_view text, Offset at, std::string_view set) { return static_cast<Offset>(std::min(text.find_first_of(set, at), text.size())); }

}  // namespace

bool is_blank_or_end(std::string_view text, Offset at) { return at >= text.size() || one_of(text[at], " \t\n") || text.substr(at, 2) == "\r\n"; }

Offset skip_trivia(std::string_view text, Offset at) {
  for (at = skip(text, at, kSpace); at < text.size() && text[at] == '#'; at = skip(text, at, kSpace)) at = until(text, at, "\n");
  return at;
}

Offset skip_blanks(std::string_view text, Offset at) { return skip(text, at, kBlank); }

bool line_ends(std::string_view text, Offset at) {
  at = skip_blanks(text, at);
  return is_blank_or_end(text, at) || text[at] == '#';
}

Offset property_end(std::string_view text, Offset at) {
  if (text[at] == '&') return alias_end(text, at);
  if (text.substr(at, 2) == "!<") return static_cast<Offset>(std::min(text.size(), std::size_t{until(text, at, ">")} + 1));
  return skip(text, at, kTagCharacters);
}

Offset alias_end(std::string_view text, Offset at) { return until(text, at, " \t\r\n[]{},"); }

Offset null_end(std::string_view text, Offset at) {
  constexpr std::array<std::string_view, 4> kWords = {"~", "null", "Null", "NULL"};
  const auto word = std::ranges::find_if(kWords, [&](std::string_view w) { return text.substr(at, w.size()) == w; });
  return word == kWords.end() ? at : at + static_cast<Offset>(word->size());
}

std::optional<Offset> plain_end(std::string_view text, Offset at, std::string_view value) {
  if (text.substr(at, value.size()) == value) return at + static_cast<Offset>(value.size());
  for (std::size_t i = 0; i < value.size();) {
    if (at >= text.size()) return std::nullopt;
    if (one_of(value[i], kSpace) && one_of(text[at], kSpace)) {  // a fold: blanks and line ends became one blank, or fewer line ends
      i = std::min(value.find_first_not_of(kSpace, i), value.size());
      at = skip(text, at, kSpace);
    } else if (text[at++] != value[i++]) {
      return std::nullopt;
    }
  }
  return at;
}

std::optional<Offset> quoted_end(std::string_view text, Offset at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || text.substr(i + 1, 1) != "'") return static_cast<Offset>(i + 1);
      ++i;  // '' is one quote
    }
  }
  return std::nullopt;
}

std::optional<Offset> flow_end(std::string_view text, Offset at, char bracket) {
  at = skip_trivia(text, at);
  while (at < text.size() && one_of(text[at], ",:?")) at = skip_trivia(text, at + 1);
  if (at >= text.size() || text[at] != bracket) return std::nullopt;
  return at + 1;
}

}  // namespace s2a::yaml
