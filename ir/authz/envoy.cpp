// istiod's RBAC generation for Envoy, rule by rule.
#include "ir/authz/envoy.h"

#include "ir/authz/rows.h"
#include "ir/authz/trust_domains.h"
#include "ir/mesh/rule_shape.h"
#include "ir/pattern/istio_values.h"

namespace s2a {
namespace {

struct Lowering {
  Chain chain;
  const std::vector<std::string>& domains;
  const std::string& policy_namespace;

  void add_principals(Conjunction& out, const Match& match) const {
    add_literals(out, Attribute::Identity, expand_principals(texts(match.values), domains), expand_principals(texts(match.not_values), domains), principal);
  }

  [[nodiscard]] Conjunction lower(const Source& source) const {
    Conjunction out;
    add_principals(out, source.principals);
    add_literals(out, Attribute::Identity, source.namespaces, namespace_at_envoy);
    add_literals(out, Attribute::Identity, source.service_accounts, [&](const std::string& value) { return service_account_at_envoy(policy_namespace, value); });
    return out;
  }

  /// On a TCP chain the HTTP fields are left out: an alternative that had nothing else becomes "any". 2.3
  [[nodiscard]] Conjunction lower(const Operation& operation) const {
    Conjunction out;
    add_literals(out, Attribute::Port, operation.ports, destination_port);
    if (chain == Chain::Tcp) return out;
    add_literals(out, Attribute::Host, operation.hosts, host);
    add_literals(out, Attribute::Method, operation.methods, method);
    add_literals(out, Attribute::Path, operation.paths, path);
    return out;
  }

  template <class Alternatives>
  void add_clause(Guard& guard, const Alternatives& alternatives) const {
    if (alternatives.empty()) return;
    Clause clause;
    for (const auto& alternative : alternatives) clause.any_of.push_back(lower(alternative));
    guard.all_of.push_back(std::move(clause));
  }

  /// Of `when`, source.principal alone is lowered: policies with other keys are refused before (ir/passes/survey).
  [[nodiscard]] std::optional<Guard> lower(const Rule& rule, AuthorizationAction action) const {
    if (chain == Chain::Tcp && action == AuthorizationAction::Allow && reads_http(rule)) return std::nullopt;  // 2.3
    Guard guard;
    add_clause(guard, rule.from);
    add_clause(guard, rule.to);
    for (const auto& condition : rule.when) {
      Conjunction literals;
      add_principals(literals, condition.match);
      guard.all_of.push_back({.any_of = {std::move(literals)}});
    }
    return guard;
  }
};

}  // namespace

Table lower_envoy(std::span<const Resource* const> policies, Chain chain, const std::vector<std::string>& domains) {
  return policy_rows(policies, chain == Chain::Http ? Outcome::Forbidden : Outcome::Reset, [&](const Rule& rule, AuthorizationAction action, const std::string& ns) {
    return Lowering{chain, domains, ns}.lower(rule, action);
  });
}

}  // namespace s2a
