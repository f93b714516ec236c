// Matching each kind of pattern, and writing it for people.
#include "ir/pattern/pattern.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <tuple>

namespace s2a {
namespace {

bool holds(const Present&, std::string_view) { return true; }
bool holds(const NonEmpty&, std::string_view subject) { return !subject.empty(); }
bool holds(const Exact& p, std::string_view subject) { return p.ignore_case ? lower(subject) == lower(p.text) : subject == p.text; }
bool holds(const Prefix& p, std::string_view subject) { return p.ignore_case ? lower(subject).starts_with(lower(p.text)) : subject.starts_with(p.text); }
bool holds(const Suffix& p, std::string_view subject) { return p.ignore_case ? lower(subject).ends_with(lower(p.text)) : subject.ends_with(p.text); }
bool holds(const Contains& p, std::string_view subject) { return (p.ignore_case ? lower(subject).find(lower(p.text)) : subject.find(p.text)) != std::string_view::npos; }
bool holds(const Glob& p, std::string_view subject) { return matches(p, subject); }
bool holds(const Regex& p, std::string_view subject) { return p.matches(subject); }

bool holds(const AfterRewrite& p, std::string_view subject) {
  if (!subject.starts_with(p.matched)) return false;
  auto rest = subject.substr(p.matched.size());
  if (p.drop_slash && rest.starts_with('/')) rest.remove_prefix(1);
  return p.inner->contains(fmt::format("{}{}", p.replacement, rest));
}

bool holds(const Cidr& p, std::string_view subject) {
  const auto address = parse_address(subject);
  return address && p.contains(*address);
}

bool holds(const PortRange& p, std::string_view subject) {
  const auto port = port_number(subject);
  return port && p.first <= *port && *port <= p.last;
}

std::optional<Glob> glob_of(const Present&) { return Glob{{{Star{}}}}; }
std::optional<Glob> glob_of(const NonEmpty&) { return Glob{{{Star{.empty_too = false}}}}; }
std::optional<Glob> glob_of(const Exact& p) { return Glob{{{p.text}}, p.ignore_case}; }
std::optional<Glob> glob_of(const Prefix& p) { return Glob{{{p.text, Star{}}}, p.ignore_case}; }
std::optional<Glob> glob_of(const Suffix& p) { return Glob{{{Star{}, p.text}}, p.ignore_case}; }
std::optional<Glob> glob_of(const Contains& p) { return Glob{{{Star{}, p.text, Star{}}}, p.ignore_case}; }
std::optional<Glob> glob_of(const Glob& p) { return p; }
std::optional<Glob> glob_of(const Regex&) { return std::nullopt; }
std::optional<Glob> glob_of(const AfterRewrite&) { return std::nullopt; }
std::optional<Glob> glob_of(const Cidr&) { return std::nullopt; }
std::optional<Glob> glob_of(const PortRange&) { return std::nullopt; }

std::string text_of(const Present&) { return "any value"; }
std::string text_of(const NonEmpty&) { return "*"; }
std::string text_of(const Exact& p) { return p.text; }
std::string text_of(const Prefix& p) { return p.text + "*"; }
std::string text_of(const Suffix& p) { return "*" + p.text; }
std::string text_of(const Contains& p) { return fmt::format("*{}*", p.text); }
std::string text_of(const Glob& p) { return to_string(p); }
std::string text_of(const Regex& p) { return "regex " + p.text(); }
std::string text_of(const AfterRewrite& p) {
  return fmt::format("{} once {}{} is {}", to_string(*p.inner), p.matched, p.drop_slash ? " or " + p.matched + "/" : "", p.replacement);
}
std::string text_of(const Cidr& p) { return to_string(p); }
std::string text_of(const PortRange& p) { return p.first == p.last ? fmt::format("{}", p.first) : fmt::format("{}-{}", p.first, p.last); }

auto order_of(const AfterRewrite& p) { return std::tie(p.matched, p.replacement, p.drop_slash, *p.inner); }

}  // namespace

bool AfterRewrite::operator==(const AfterRewrite& other) const { return order_of(*this) == order_of(other); }
std::strong_ordering AfterRewrite::operator<=>(const AfterRewrite& other) const { return order_of(*this) <=> order_of(other); }

AfterRewrite after_rewrite(std::string matched, std::string replacement, bool drop_slash, Set inner) {
  return {.matched = std::move(matched), .replacement = std::move(replacement), .drop_slash = drop_slash, .inner = std::make_shared<const Set>(std::move(inner))};
}

bool matches(const Pattern& pattern, std::string_view subject) {
  return std::visit([&](const auto& p) { return holds(p, subject); }, pattern);
}

std::optional<std::uint16_t> port_number(std::string_view text) {
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::optional<Glob> as_glob(const Pattern& pattern) {
  return std::visit([](const auto& p) { return glob_of(p); }, pattern);
}

std::string to_string(const Pattern& pattern) {
  return std::visit([](const auto& p) { return text_of(p); }, pattern);
}

bool Set::contains(std::string_view subject) const {
  return std::ranges::any_of(any_of, [&](const Pattern& pattern) { return matches(pattern, subject); });
}

std::string to_string(const Set& set) {
  std::vector<std::string> texts;
  std::ranges::transform(set.any_of, std::back_inserter(texts), [](const Pattern& pattern) { return to_string(pattern); });
  return fmt::format("{}", fmt::join(texts, ", "));
}

}  // namespace s2a
