// Policies to rows.
#include "ir/authz/rows.h"

#include "ir/mesh/rule_shape.h"
#include "ir/pattern/istio_values.h"

namespace s2a {

void add_literals(Conjunction& out, const Attribute& attribute, const std::vector<std::string>& values, const std::vector<std::string>& not_values, const ToPattern& to_pattern) {
  const auto add = [&](const std::vector<std::string>& listed, bool negated) {
    if (listed.empty()) return;
    Set set;
    for (const auto& value : listed) set.any_of.push_back(to_pattern(value));
    out.push_back({.attribute = attribute, .set = std::move(set), .negated = negated});
  };
  add(values, false);
  add(not_values, true);
}

void add_literals(Conjunction& out, const Attribute& attribute, const Match& match, const ToPattern& to_pattern) {
  add_literals(out, attribute, texts(match.values), texts(match.not_values), to_pattern);
}

Pattern address_block(const std::string& value) { return cidr(value).value_or(never()); }

Pattern destination_port(const std::string& value) { return port(value).value_or(never()); }

std::vector<Row> rows_of(std::span<const Resource* const> policies, AuthorizationAction action, Outcome outcome, const LowerRule& lower) {
  std::vector<Row> rows;
  for (const auto* resource : policies) {
    const auto& policy = authorization_of(*resource);
    if (policy.action != action || policy.dry_run) continue;
    for (const auto& rule : policy.rules) {
      auto guard = lower(rule, action, resource->ns.value);
      if (guard) rows.push_back({.guard = std::move(*guard), .outcome = outcome, .origin = {.resource = resource->id, .node = rule.node, .text = {}}});
    }
  }
  return rows;
}

Table policy_rows(std::span<const Resource* const> policies, Outcome refusal, const LowerRule& lower) {
  Table table{.rows = rows_of(policies, AuthorizationAction::Deny, refusal, lower), .otherwise = Outcome::Allow, .otherwise_origin = {}};
  auto allowed = rows_of(policies, AuthorizationAction::Allow, Outcome::Allow, lower);
  table.rows.insert(table.rows.end(), std::make_move_iterator(allowed.begin()), std::make_move_iterator(allowed.end()));
  for (const auto* resource : policies) {
    const auto& policy = authorization_of(*resource);
    if (policy.action != AuthorizationAction::Allow || policy.dry_run) continue;
    table.otherwise = refusal;
    table.otherwise_origin = {.resource = resource->id, .node = kNoNode, .text = "no ALLOW rule holds"};
  }
  return table;
}

}  // namespace s2a
