// Matches of strings to literals.
#include "ir/routing/literals.h"

#include "ir/pattern/glob.h"
#include "ir/pattern/istio_values.h"

namespace s2a {
namespace {

/// Where a header's text is found; nothing for the scheme, which no attribute holds.
std::optional<Attribute> attribute_of(const std::string& name) {
  auto text = lower(name);
  if (text == ":scheme") return std::nullopt;
  if (text == ":authority" || text == "host") return Attribute(Attribute::Host);
  if (text == ":method") return Attribute(Attribute::Method);
  if (text == ":path") return Attribute(Attribute::Target);
  return Attribute(Attribute::Header, std::move(text));
}

/// The scheme is http, unless the client says otherwise by `x-forwarded-proto: https`. routing.md 1.2
void add_scheme(Conjunction& out, const Pattern& pattern, bool negated) {
  const bool http = matches(pattern, "http") != negated;
  const bool https = matches(pattern, "https") != negated;
  if (http && https) return;
  const Set set{.any_of = http || https ? std::vector<Pattern>{Exact{"https"}} : std::vector<Pattern>{}};
  out.push_back({.attribute = {Attribute::Header, "x-forwarded-proto"}, .set = set, .negated = http});
}

/// `{}`, and the regex `*`, which istiod takes for it. routing.md 3.3
bool presence(const StringMatch& match) { return match.kind == StringMatch::Kind::Present || (match.kind == StringMatch::Kind::Regex && match.text == "*"); }

}  // namespace

Pattern pattern_of(const std::optional<Regex>& regex) { return regex ? Pattern(*regex) : never(); }

Pattern pattern_of(const StringMatch& match) {
  switch (match.kind) {
    case StringMatch::Kind::Present: return Present{};
    case StringMatch::Kind::Exact: return Exact{match.text};
    case StringMatch::Kind::Prefix: return Prefix{match.text};
    case StringMatch::Kind::Regex: return pattern_of(match.regex);
  }
  return never();
}

void add_header(Conjunction& out, const std::string& name, const StringMatch& match) {
  const auto pattern = presence(match) ? Pattern(Present{}) : pattern_of(match);
  if (const auto attribute = attribute_of(name))
    out.push_back({.attribute = *attribute, .set = {.any_of = {pattern}}, .negated = false});
  else
    add_scheme(out, pattern, false);
}

void add_without_header(Conjunction& out, const std::string& name, const StringMatch& match) {
  const bool absent = presence(match);
  const auto pattern = absent ? Pattern(Present{}) : pattern_of(match);
  const auto attribute = attribute_of(name);
  if (!attribute) return add_scheme(out, pattern, true);
  if (!absent && matches(pattern, "")) out.push_back({.attribute = *attribute, .set = {.any_of = {Present{}}}, .negated = false});
  out.push_back({.attribute = *attribute, .set = {.any_of = {pattern}}, .negated = true});
}

void add_query(Conjunction& out, const std::string& name, const StringMatch& match) {
  out.push_back({.attribute = {Attribute::Query, name}, .set = {.any_of = {pattern_of(match)}}, .negated = false});
}

Guard guard_of(Conjunction conjunction) {
  Guard out;
  if (!conjunction.empty()) out.all_of.push_back({.any_of = {std::move(conjunction)}});
  return out;
}

}  // namespace s2a
