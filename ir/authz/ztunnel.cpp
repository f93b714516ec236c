// istiod's conversion for ztunnel, rule by rule: what of layer 7 is in a rule is lost, and how it is lost depends on the action.
#include "ir/authz/ztunnel.h"

#include <algorithm>

#include "ir/authz/rows.h"
#include "ir/mesh/rule_shape.h"
#include "ir/pattern/istio_values.h"

namespace s2a {
namespace {

/// A value that does not parse is not sent, and neither is a field of nothing else. 3.1
template <class Parse>
void add_parsed(Conjunction& out, const Attribute& attribute, const Match& match, const Parse& parse) {
  const auto sent = [&](const std::vector<Spanned<std::string>>& values) {
    auto kept = texts(values);
    std::erase_if(kept, [&](const std::string& value) { return !parse(value); });
    return kept;
  };
  add_literals(out, attribute, sent(match.values), sent(match.not_values), [&](const std::string& value) { return *parse(value); });
}

/// No trust domain aliases, no `cluster.local` pointer; trustDomains is not sent. 3.1
Conjunction lower(const Source& source, const std::string& policy_namespace) {
  Conjunction out;
  add_literals(out, Attribute::Identity, source.principals, principal_at_ztunnel);
  add_literals(out, Attribute::Identity, source.namespaces, namespace_at_ztunnel);
  add_literals(out, Attribute::Identity, source.service_accounts, [&](const std::string& value) { return service_account_at_ztunnel(policy_namespace, value); });
  add_parsed(out, Attribute::PeerAddress, source.ip_blocks, cidr);
  return out;
}

Conjunction lower(const Operation& operation) {
  Conjunction out;
  add_parsed(out, Attribute::Port, operation.ports, port);
  return out;
}

/// Five keys; all others count as layer 7, source.serviceAccount and source.trustDomain among them. F5, 3.1
Conjunction lower(const Condition& condition) {
  Conjunction out;
  if (!condition.reads) return out;
  const auto& match = condition.match;
  switch (condition.reads->attribute) {
    case ConditionAttribute::SourcePrincipal: add_literals(out, Attribute::Identity, match, principal_at_ztunnel); break;
    case ConditionAttribute::SourceNamespace: add_literals(out, Attribute::Identity, match, namespace_at_ztunnel); break;
    case ConditionAttribute::SourceIp: add_parsed(out, Attribute::PeerAddress, match, cidr); break;
    case ConditionAttribute::DestinationIp: add_parsed(out, Attribute::PodAddress, match, cidr); break;
    case ConditionAttribute::DestinationPort: add_parsed(out, Attribute::Port, match, port); break;
    default: break;
  }
  return out;
}

/// Whether ztunnel is told less than the rule says because of layer 7, as istiod counts it; trustDomains is left out without a word. F4, F5
bool reads_layer_7(const Rule& rule) {
  return reads_http(rule) || std::ranges::any_of(rule.from, [](const Source& s) { return constrains(s.remote_ip_blocks); }) ||
         std::ranges::any_of(rule.when, [](const Condition& c) { return lower(c).empty(); });
}

/// An alternative that lost all it said never matches; a clause of such alternatives alone never holds. 3.2
void add_clause(Guard& guard, std::vector<Conjunction> alternatives) {
  std::erase_if(alternatives, [](const Conjunction& c) { return c.empty(); });
  guard.all_of.push_back({.any_of = std::move(alternatives)});
}

/// Nothing: the rule is not sent. F4
std::optional<Guard> lower_rule(const Rule& rule, AuthorizationAction action, const std::string& policy_namespace) {
  if (action == AuthorizationAction::Allow && reads_layer_7(rule)) return std::nullopt;
  Guard guard;
  std::vector<Conjunction> from;
  std::vector<Conjunction> to;
  for (const auto& source : rule.from) from.push_back(lower(source, policy_namespace));
  for (const auto& operation : rule.to) to.push_back(lower(operation));
  if (!rule.from.empty()) add_clause(guard, std::move(from));
  if (!rule.to.empty()) add_clause(guard, std::move(to));
  for (const auto& condition : rule.when) add_clause(guard, {lower(condition)});
  return guard;
}

}  // namespace

Table lower_ztunnel(std::span<const Resource* const> policies) { return policy_rows(policies, Outcome::Reset, lower_rule); }

}  // namespace s2a
