// Proofs about sets of texts.
#include "ir/conversion/texts.h"

#include <algorithm>

#include <fmt/format.h>

#include "ir/pattern/glob.h"

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

/// A text that all members begin with.
std::string head_of(const Pattern& pattern) {
  if (const auto* exact = std::get_if<Exact>(&pattern); exact != nullptr && !exact->ignore_case) return exact->text;
  if (const auto* prefix = std::get_if<Prefix>(&pattern); prefix != nullptr && !prefix->ignore_case) return prefix->text;
  if (const auto* glob = std::get_if<Glob>(&pattern); glob != nullptr && !glob->ignore_case && !glob->any_of.empty()) {
    const auto* text = glob->any_of.front().empty() ? nullptr : std::get_if<std::string>(&glob->any_of.front().front());
    if (text != nullptr && (glob->any_of.size() == 1 || segment_of(pattern))) return *text;
  }
  if (const auto* regex = std::get_if<Regex>(&pattern); regex != nullptr && regex->text().find('|') == std::string::npos) return literal_head(without_anchors(regex->text())).first;
  return {};
}

bool is_regex(const Pattern& pattern) { return std::holds_alternative<Regex>(pattern); }

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

bool surely_all(const Pattern& pattern, const Pattern& domain) {
  if (std::holds_alternative<Present>(pattern)) return true;
  const auto* regex = std::get_if<Regex>(&pattern);
  if (regex == nullptr) return false;
  const auto text = without_anchors(regex->text());
  return text == ".*" || (domain == all_paths() && (text == "/.*" || text == ".+"));
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
  if (inner == outer || surely_all(outer, domain)) return true;
  if (const auto* exact = std::get_if<Exact>(&inner); exact != nullptr && !exact->ignore_case) return matches(outer, exact->text) || !matches(domain, exact->text);
  const auto inner_segment = segment_of(inner);
  const auto outer_segment = segment_of(outer);
  if (const auto* prefix = std::get_if<Prefix>(&outer)) {
    const auto head = head_of(inner);
    return head.size() >= prefix->text.size() && matches(outer, head);
  }
  if (outer_segment) {
    const auto head = head_of(inner);
    return head.starts_with(*outer_segment + "/") || (inner_segment && *inner_segment == *outer_segment);
  }
  if (const auto* regex = std::get_if<Regex>(&outer)) {  // a literal and `.*`: a prefix
    const auto plain = plain_form(*regex);
    return !is_regex(plain) && surely_within(inner, plain, domain);
  }
  return false;
}

bool surely_disjoint(const Pattern& a, const Pattern& b, const Pattern& domain) {
  if (std::holds_alternative<Present>(a) || std::holds_alternative<Present>(b)) return false;
  for (const auto& [one, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    const auto* exact = std::get_if<Exact>(one);
    if (exact != nullptr && !exact->ignore_case) return !matches(*other, exact->text) || !matches(domain, exact->text);
  }
  const auto x = head_of(a);
  const auto y = head_of(b);
  if (!x.starts_with(y) && !y.starts_with(x)) return true;
  for (const auto& [segment, other] : {std::pair(segment_of(a), y), std::pair(segment_of(b), x)}) {
    const bool below = segment && (other.size() <= segment->size() || other.starts_with(*segment + "/"));
    if (segment && !below) return true;
  }
  return false;
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
