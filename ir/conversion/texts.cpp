// Proofs about sets of texts.
#include "ir/conversion/texts.h"

#include <algorithm>

#include <fmt/format.h>

#include "ir/pattern/glob.h"
#include "ir/pattern/relation.h"

namespace s2a {
namespace {

constexpr std::string_view kSpecial = R"(\.+*?()|[]{}^$)";

/// The text that the regular expression begins with up to the first special character, and what is left.
std::pair<std::string, std::string_view> literal_head(std::string_view regex) {
  std::string text;
  while (!regex.empty()) {
    const bool escaped = regex.size() > 1 && regex[0] == '\\' && kSpecial.find(regex[1]) != std::string_view::npos;
    if (!escaped && kSpecial.find(regex[0]) != std::string_view::npos) break;
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
  auto [text, rest] = literal_head(without_anchors(regex->text()));
  if (rest.empty()) return Exact{std::move(text)};
  if (rest == ".*") return Prefix{std::move(text)};
  if ((rest == "(/.*)?" || rest == "(?:/.*)?") && text.size() > 1 && !text.ends_with('/')) return segment_prefix(text);
  return pattern;
}

}  // namespace

Pattern segment_prefix(const std::string& path) { return Glob{.any_of = {{path}, {path + "/", Star{}}}, .ignore_case = false}; }

std::optional<std::string> segment_of(const Pattern& pattern) {
  const auto* glob = std::get_if<Glob>(&pattern);
  if (glob == nullptr || glob->any_of.empty() || glob->any_of.front().size() != 1) return std::nullopt;
  const auto* path = std::get_if<std::string>(&glob->any_of.front().front());
  return path != nullptr && pattern == segment_prefix(*path) ? std::optional(*path) : std::nullopt;
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

bool surely_within(const Pattern& inner, const Pattern& outer, const Pattern& domain) {
  if (inner == outer || std::holds_alternative<Present>(outer)) return true;
  if (const auto* exact = std::get_if<Exact>(&inner); exact != nullptr && !exact->ignore_case) return matches(outer, exact->text) || !matches(domain, exact->text);
  return within(inner, outer, domain).value_or(false);
}

bool surely_disjoint(const Pattern& a, const Pattern& b, const Pattern& domain) {
  for (const auto& [one, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    const auto* exact = std::get_if<Exact>(one);
    if (exact != nullptr && !exact->ignore_case) return !matches(*other, exact->text) || !matches(domain, exact->text);
  }
  return disjoint(a, b, domain).value_or(false);
}

std::string quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string regex_of(const Pattern& pattern, std::string_view any) {
  if (const auto* exact = std::get_if<Exact>(&pattern)) return fmt::format("{}{}", exact->ignore_case ? "(?i)" : "", quoted(exact->text));
  if (const auto* prefix = std::get_if<Prefix>(&pattern)) return fmt::format("{}{}.*", prefix->ignore_case ? "(?i)" : "", quoted(prefix->text));
  if (const auto* regex = std::get_if<Regex>(&pattern)) return regex->text();
  if (const auto segment = segment_of(pattern)) return quoted(*segment) + "(?:/.*)?";
  return std::string(any);
}

}  // namespace s2a
