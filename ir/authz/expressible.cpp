// What ztunnel reads as sidecars do.
#include "ir/authz/expressible.h"

#include <algorithm>
#include <string_view>

#include "ir/mesh/rule_shape.h"

namespace s2a {
namespace {

/// The sidecar's regular expression takes every `*` as a wildcard and crosses slashes; ztunnel knows exact, prefix and suffix within the namespace. 2.4, 3.1
bool namespace_exact_at_ztunnel(std::string_view value) {
  const auto stars = std::ranges::count(value, '*');
  if (stars == 0 || value == "*") return true;
  if (stars > 1) return false;
  if (value.ends_with('*')) return true;
  return value.starts_with('*') && !std::string_view("/sa").ends_with(value.substr(1));
}

}  // namespace

bool namespaces_exact_at_ztunnel(const Match& match) {
  const auto exact = [](const Spanned<std::string>& value) { return namespace_exact_at_ztunnel(value.value); };
  return std::ranges::all_of(match.values, exact) && std::ranges::all_of(match.not_values, exact);
}

bool condition_exact_at_ztunnel(const Condition& condition) {
  if (!condition.reads) return false;
  switch (condition.reads->attribute) {
    case ConditionAttribute::SourcePrincipal:
    case ConditionAttribute::DestinationPort: return true;
    case ConditionAttribute::SourceNamespace: return namespaces_exact_at_ztunnel(condition.match);
    default: return false;
  }
}

bool exact_at_ztunnel(const Rule& rule) {
  return !reads_http(rule) && std::ranges::all_of(rule.from, [](const Source& s) { return namespaces_exact_at_ztunnel(s.namespaces); }) &&
         std::ranges::all_of(rule.when, [](const Condition& c) { return condition_exact_at_ztunnel(c); });
}

}  // namespace s2a
