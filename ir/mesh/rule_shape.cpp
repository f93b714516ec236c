// What a rule reads.
#include "ir/mesh/rule_shape.h"

#include <algorithm>

namespace s2a {

std::vector<std::string> texts(const std::vector<Spanned<std::string>>& values) {
  std::vector<std::string> out;
  for (const auto& value : values) out.push_back(value.value);
  return out;
}

bool constrains(const Match& match) { return !match.values.empty() || !match.not_values.empty(); }

bool reads(const Condition& condition, ConditionAttribute attribute) { return condition.reads && condition.reads->attribute == attribute; }

bool reads_remote_address(const Rule& rule) {
  return std::ranges::any_of(rule.from, [](const Source& s) { return constrains(s.remote_ip_blocks); }) ||
         std::ranges::any_of(rule.when, [](const Condition& c) { return reads(c, ConditionAttribute::RemoteIp); });
}

bool reads_http(const Condition& condition) { return condition.key.value.starts_with("request."); }

bool reads_http(const Rule& rule) {
  return std::ranges::any_of(rule.from, [](const Source& s) { return constrains(s.request_principals); }) ||
         std::ranges::any_of(rule.to, [](const Operation& o) { return constrains(o.hosts) || constrains(o.methods) || constrains(o.paths); }) ||
         std::ranges::any_of(rule.when, [](const Condition& c) { return reads_http(c); });
}

}  // namespace s2a
