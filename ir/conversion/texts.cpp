// Reading and writing regular expressions that say something simple.
#include "ir/conversion/texts.h"

#include <fmt/format.h>

#include "ir/pattern/glob.h"
#include "ir/pattern/quoted.h"

namespace s2a {
namespace {

constexpr std::string_view kLiteral = R"(\.+*?()|[]{}^$/-:;,=~!@#%&"'<> )";  // what a backslash makes no class of

/// The text that the regular expression begins with up to the first special character, and what is left.
std::pair<std::string, std::string_view> divided(std::string_view regex) {
  std::string text;
  while (!regex.empty()) {
    const bool escaped = regex[0] == '\\' && regex.size() > 1 && kLiteral.find(regex[1]) != std::string_view::npos;
    if (!escaped && kRegexSpecial.find(regex[0]) != std::string_view::npos) break;
    const std::size_t length = escaped ? 2 : 1;
    if (regex.size() > length && std::string_view("*?{+").find(regex[length]) != std::string_view::npos) break;  // that character is repeated
    text += regex[length - 1];
    regex.remove_prefix(length);
  }
  return {std::move(text), regex};
}

/// `^` at the begin and `$` at the end ask for nothing where the whole text is matched and no `|` cuts them off.
std::string_view without_anchors(std::string_view regex) {
  if (regex.find('|') != std::string_view::npos) return regex;
  while (regex.starts_with('^')) regex.remove_prefix(1);
  while (regex.ends_with('$') && !regex.ends_with("\\$")) regex.remove_suffix(1);
  return regex;
}

/// A regular expression that is a text, a prefix or a segment prefix in disguise, as that.
Pattern plain_form(const Pattern& pattern) {
  const auto* regex = std::get_if<Regex>(&pattern);
  if (regex == nullptr) return pattern;
  auto [text, rest] = divided(without_anchors(regex->text()));
  if (rest.empty()) return Exact{std::move(text)};
  if (rest == ".*") return Prefix{std::move(text)};
  if ((rest == "(/.*)?" || rest == "(?:/.*)?") && text.size() > 1 && !text.ends_with('/')) return segment_prefix(text);
  return pattern;
}

}  // namespace

const std::string* one_text(const Pattern& pattern) {
  const auto* exact = std::get_if<Exact>(&pattern);
  return exact != nullptr && !exact->ignore_case ? &exact->text : nullptr;
}

Pattern segment_prefix(const std::string& path) { return Glob{.any_of = {{path}, {path + "/", Star{}}}, .ignore_case = false}; }

Pattern beside_segment(const std::string& path) { return Glob{.any_of = {{path, Star{.chars = Chars::NotSlash, .empty_too = false}, Star{}}}, .ignore_case = false}; }

const std::string* segment_of(const Pattern& pattern) {
  const auto* glob = std::get_if<Glob>(&pattern);
  if (glob == nullptr || glob->ignore_case || glob->any_of.size() != 2 || glob->any_of[0].size() != 1 || glob->any_of[1].size() != 2) return nullptr;
  const auto* path = std::get_if<std::string>(glob->any_of[0].data());
  const auto* head = std::get_if<std::string>(glob->any_of[1].data());
  const bool below = path != nullptr && head != nullptr && head->size() == path->size() + 1 && head->starts_with(*path) && head->ends_with('/');
  return below && glob->any_of[1].back() == Piece(Star{}) ? path : nullptr;
}

const std::string* beside_segment_of(const Pattern& pattern) {
  const auto* glob = std::get_if<Glob>(&pattern);
  if (glob == nullptr || glob->any_of.size() != 1 || glob->any_of[0].size() != 3) return nullptr;
  const auto* path = std::get_if<std::string>(glob->any_of[0].data());
  return path != nullptr && pattern == beside_segment(*path) ? path : nullptr;
}

const Pattern& all_paths() {
  static const Pattern kAll = Glob{.any_of = {{"/", Star{.chars = Chars::InPath}}}, .ignore_case = false};
  return kAll;
}

Pattern plain_path(const Pattern& path) {
  auto plain = plain_form(path);
  const auto* prefix = std::get_if<Prefix>(&plain);
  return prefix != nullptr && (prefix->text.empty() || prefix->text == "/") ? Pattern(Present{}) : plain;
}

std::string literal_head(std::string_view regex) {
  int open = 0;  // brackets
  for (std::size_t at = 0; at < regex.size(); ++at) {
    const char c = regex[at];
    open += c == '(' ? 1 : c == ')' ? -1 : 0;
    const bool unclear = c == '[' || (c == '\\' && regex.substr(at + 1, 1) == "Q");
    if (c == '|' && open == 0) return {};
    if (unclear) return regex.find('|') == std::string_view::npos ? divided(without_anchors(regex)).first : std::string();
    if (c == '\\') ++at;
  }
  return divided(without_anchors(regex)).first;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) out.append(c == '\\' ? 2 : 1, c);
  return out;
}

std::string regex_of(const Pattern& pattern, std::string_view any) {
  if (const auto* exact = std::get_if<Exact>(&pattern)) return fmt::format("{}{}", exact->ignore_case ? "(?i)" : "", quoted(exact->text));
  if (const auto* prefix = std::get_if<Prefix>(&pattern)) return fmt::format("{}{}.*", prefix->ignore_case ? "(?i)" : "", quoted(prefix->text));
  if (const auto* regex = std::get_if<Regex>(&pattern)) return regex->text();
  if (const auto* segment = segment_of(pattern)) return quoted(*segment) + "(?:/.*)?";
  return std::string(any);
}

}  // namespace s2a
