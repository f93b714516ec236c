// What a rule reads.
#include "ir/authz/rule_shape.h"

#include <algorithm>
#include <string_view>

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

std::vector<std::string> texts(const std::vector<Spanned<std::string>>& values) {
  std::vector<std::string> out;
  for (const auto& value : values) out.push_back(value.value);
  return out;
}

bool constrains(const Match& match) { return !match.values.empty() || !match.not_values.empty(); }

bool reads_http(const Condition& condition) { return condition.key.value.starts_with("request."); }

bool reads_http(const Rule& rule) {
  return std::ranges::any_of(rule.from, [](const Source& s) { return constrains(s.request_principals); }) ||
         std::ranges::any_of(rule.to, [](const Operation& o) { return constrains(o.hosts) || constrains(o.methods) || constrains(o.paths); }) ||
         std::ranges::any_of(rule.when, [](const Condition& c) { return reads_http(c); });
}

bool namespaces_exact_at_ztunnel(const Match& match) {
  const auto exact = [](const Spanned<std::string>& value) { return namespace_exact_at_ztunnel(value.value); };
  return std::ranges::all_of(match.values, exact) && std::ranges::all_of(match.not_values, exact);
}

bool exact_at_ztunnel(const Rule& rule) {
  return !reads_http(rule) && std::ranges::all_of(rule.from, [](const Source& s) { return namespaces_exact_at_ztunnel(s.namespaces); });
}

}  // namespace s2a
