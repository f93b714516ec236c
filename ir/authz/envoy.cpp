// istiod's RBAC generation for Envoy, rule by rule.
#include "ir/authz/envoy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "ir/authz/rows.h"
#include "ir/authz/trust_domains.h"
#include "ir/mesh/rule_shape.h"
#include "ir/pattern/istio_values.h"

namespace s2a {
namespace {

std::vector<const JwtRule*> jwt_rules(const EnvoyScope& scope) {
  std::vector<const JwtRule*> out;
  for (const auto* resource : scope.authentications)
    for (const auto& rule : std::get<RequestAuthentication>(resource->spec).jwt_rules) out.push_back(&rule);
  return out;
}

/// `:authority`, `:method` and `:path` are headers too; in these, `paths` and `hosts` aside, case and query count. 2.4
Attribute header(const std::string& name) {
  auto text = lower(name);
  if (text == ":authority" || text == "host") return Attribute::Host;
  if (text == ":method") return Attribute::Method;
  if (text == ":path") return Attribute::Target;
  return {Attribute::Header, text == ":scheme" ? "x-forwarded-proto" : std::move(text)};
}

class Lowering {
 public:
  explicit Lowering(const EnvoyScope& scope) : scope_(scope), http_(scope.chain == Chain::Http) {
    for (const auto* rule : jwt_rules(scope))
      for (const auto& name : rule->space_delimited_claims) splitters_[name].any_of.emplace_back(Exact{rule->issuer});
  }

  /// On a TCP chain an ALLOW rule that reads HTTP is dropped; of other rules what reads HTTP is left out, and what is left of nothing is "any". 2.3
  [[nodiscard]] std::optional<Guard> lower(const Rule& rule, AuthorizationAction action, const std::string& policy_namespace) const {
    if (!http_ && action == AuthorizationAction::Allow && reads_http(rule)) return std::nullopt;
    Guard guard;
    add_clause(guard, rule.from, policy_namespace);
    add_clause(guard, rule.to, policy_namespace);
    for (const auto& condition : rule.when) guard.all_of.push_back(lower(condition, policy_namespace));
    return guard;
  }

 private:
  template <class Alternatives>
  void add_clause(Guard& guard, const Alternatives& alternatives, const std::string& policy_namespace) const {
    if (alternatives.empty()) return;
    Clause clause;
    for (const auto& alternative : alternatives) clause.any_of.push_back(lower(alternative, policy_namespace));
    guard.all_of.push_back(std::move(clause));
  }

  void add_principals(Conjunction& out, const Match& match) const {
    add_literals(out, Attribute::Identity, expand_principals(texts(match.values), scope_.domains), expand_principals(texts(match.not_values), scope_.domains), principal);
  }

  void add_trust_domains(Conjunction& out, const Match& match) const {
    add_literals(out, Attribute::Identity, expand_trust_domains(texts(match.values), scope_.domains), expand_trust_domains(texts(match.not_values), scope_.domains),
                 trust_domain_at_envoy);
  }

  static void add_accounts(Conjunction& out, const Match& match, const std::string& policy_namespace) {
    add_literals(out, Attribute::Identity, match, [&](const std::string& value) { return service_account_at_envoy(policy_namespace, value); });
  }

  [[nodiscard]] Conjunction lower(const Source& source, const std::string& policy_namespace) const {
    Conjunction out;
    add_principals(out, source.principals);
    add_literals(out, Attribute::Identity, source.namespaces, namespace_at_envoy);
    add_accounts(out, source.service_accounts, policy_namespace);
    add_trust_domains(out, source.trust_domains);
    add_literals(out, Attribute::PeerAddress, source.ip_blocks, address_block);
    add_literals(out, Attribute::RemoteAddress, source.remote_ip_blocks, address_block);
    if (http_) add_literals(out, Attribute::RequestPrincipal, source.request_principals, request_principal);
    return out;
  }

  [[nodiscard]] Conjunction lower(const Operation& operation, const std::string& /*policy_namespace*/) const {
    Conjunction out;
    add_literals(out, Attribute::Port, operation.ports, destination_port);
    if (!http_) return out;
    add_literals(out, Attribute::Host, operation.hosts, host);
    add_literals(out, Attribute::Method, operation.methods, method);
    add_literals(out, Attribute::Path, operation.paths, path);
    return out;
  }

  /// A claim by its way; one of a single name may be split at blanks: `scope` and `permission` of every token, others of the issuers whose rules say so. 2.4
  [[nodiscard]] Clause lower_claim(const std::vector<std::string>& names, const Match& match) const {
    const auto read = [&](Attribute::Kind kind) {
      Conjunction out;
      add_literals(out, {kind, fmt::format("{}", fmt::join(names, "]["))}, match, claim);
      return out;
    };
    const auto& name = names.front();
    if (names.size() == 1 && (name == "scope" || name == "permission")) return {.any_of = {read(Attribute::ClaimWords)}};
    const auto issuers = names.size() == 1 ? splitters_.find(name) : splitters_.end();
    if (issuers == splitters_.end()) return {.any_of = {read(Attribute::Claim)}};
    auto split = read(Attribute::ClaimWords);
    auto whole = read(Attribute::Claim);
    split.push_back({.attribute = Attribute::Token, .set = issuers->second, .negated = false});
    whole.push_back({.attribute = Attribute::Token, .set = issuers->second, .negated = true});
    return {.any_of = {std::move(split), std::move(whole)}};
  }

  [[nodiscard]] Clause lower(const Condition& condition, const std::string& policy_namespace) const {
    Conjunction out;
    if (!condition.reads || (!http_ && reads_http(condition))) return {.any_of = {out}};
    const auto& match = condition.match;
    switch (condition.reads->attribute) {
      case ConditionAttribute::SourceIp: add_literals(out, Attribute::PeerAddress, match, address_block); break;
      case ConditionAttribute::RemoteIp: add_literals(out, Attribute::RemoteAddress, match, address_block); break;
      case ConditionAttribute::SourceNamespace: add_literals(out, Attribute::Identity, match, namespace_at_envoy); break;
      case ConditionAttribute::SourcePrincipal: add_principals(out, match); break;
      case ConditionAttribute::SourceServiceAccount: add_accounts(out, match, policy_namespace); break;
      case ConditionAttribute::SourceTrustDomain: add_trust_domains(out, match); break;
      case ConditionAttribute::RequestPrincipal: add_literals(out, Attribute::RequestPrincipal, match, request_principal); break;
      case ConditionAttribute::RequestAudiences: return lower_claim({"aud"}, match);
      case ConditionAttribute::RequestPresenter: return lower_claim({"azp"}, match);
      case ConditionAttribute::RequestClaim: return lower_claim(condition.reads->names, match);
      case ConditionAttribute::RequestHeader: add_literals(out, header(condition.reads->names.front()), match, header_value); break;
      case ConditionAttribute::DestinationIp: add_literals(out, Attribute::PodAddress, match, address_block); break;
      case ConditionAttribute::DestinationPort: add_literals(out, Attribute::Port, match, destination_port); break;
      case ConditionAttribute::ConnectionSni: add_literals(out, Attribute::ServerName, match, server_name); break;
      case ConditionAttribute::EnvoyFilter: break;  // what a filter leaves behind is not modelled: such policies are refused (ir/passes)
    }
    return {.any_of = {std::move(out)}};
  }

  const EnvoyScope& scope_;
  bool http_;
  std::map<std::string, Set, std::less<>> splitters_;  ///< by claim: the issuers in whose tokens it is split
};

/// Holds where who is asked does not let the request pass.
Clause refused_by(std::string authorizer) {
  return {.any_of = {{{.attribute = {Attribute::Authorizer, std::move(authorizer)}, .set = {.any_of = {Exact{"allow"}}}, .negated = true}}}};
}

/// What CUSTOM policies name is refused where their provider does not let it pass; by all of them where it is unknown, or where they name several. 2.7
std::vector<Row> custom_rows(const EnvoyScope& scope, Outcome refusal, const LowerRule& lower) {
  std::set<std::string> named;
  for (const auto* resource : scope.policies) {
    const auto& policy = authorization_of(*resource);
    if (policy.action == AuthorizationAction::Custom && !policy.dry_run) named.insert(policy.provider);
  }
  if (named.empty()) return {};
  const auto known = std::ranges::find(scope.providers, *named.begin(), &ExtensionProvider::name);
  const bool asked = named.size() == 1 && known != scope.providers.end();
  if (asked && known->http && scope.chain == Chain::Tcp) return {};
  auto rows = rows_of(scope.policies, AuthorizationAction::Custom, refusal, lower);
  if (asked)
    for (auto& row : rows) row.guard.all_of.push_back(refused_by(*named.begin()));
  return rows;
}

/// The extensions that may refuse what comes in at this port: of one phase, or of type NETWORK whatever their phase. 7
template <class Stands>
void add_extensions(std::vector<Row>& rows, const EnvoyScope& scope, Outcome refusal, const Stands& stands) {
  for (const auto& [resource, authorizer] : scope.extensions) {
    const auto& extension = std::get<Extension>(resource->spec);
    if (!extension.may_refuse() || !stands(extension) || !extension.sees(scope.port)) continue;
    rows.push_back(
        {.guard = {.all_of = {refused_by(authorizer)}}, .outcome = refusal, .origin = {.resource = resource->id, .node = kNoNode, .text = "it does not let the request pass"}});
  }
}

/// A token of an issuer that nobody named, or one that does not hold. 2.2
Row refuse_token(const std::vector<const JwtRule*>& rules) {
  Set issuers;
  for (const auto* rule : rules) issuers.any_of.emplace_back(Exact{rule->issuer});
  const Literal there{.attribute = Attribute::Token, .set = {.any_of = {Present{}}}};
  const Literal foreign{.attribute = Attribute::Token, .set = std::move(issuers), .negated = true};
  return {.guard = {.all_of = {{.any_of = {{there, foreign}}}}},
          .outcome = Outcome::Unauthorized,
          .origin = {.resource = std::nullopt, .node = kNoNode, .text = "the token does not hold"}};
}

}  // namespace

Chain chain_for(AppProtocol protocol, bool http) {
  switch (protocol) {
    case AppProtocol::Http: return Chain::Http;
    case AppProtocol::Tcp: return Chain::Tcp;
    case AppProtocol::Auto: return http ? Chain::Http : Chain::Tcp;
  }
  return Chain::Tcp;
}

bool reads_tokens(const EnvoyScope& scope) { return scope.chain == Chain::Http && !jwt_rules(scope).empty(); }

Table lower_envoy(const EnvoyScope& scope) {
  const Lowering lowering(scope);
  const auto lower = [&](const Rule& rule, AuthorizationAction action, const std::string& ns) { return lowering.lower(rule, action, ns); };
  const auto refusal = scope.chain == Chain::Http ? Outcome::Forbidden : Outcome::Reset;
  std::vector<Row> first;
  const auto add_phase = [&](ExtensionPhase phase) {
    add_extensions(first, scope, refusal, [&](const Extension& extension) { return scope.chain == Chain::Http && !extension.network && extension.phase == phase; });
  };
  add_extensions(first, scope, Outcome::Reset, [](const Extension& extension) { return extension.network; });
  std::ranges::move(custom_rows(scope, refusal, lower), std::back_inserter(first));
  add_phase(ExtensionPhase::Authn);
  if (reads_tokens(scope)) first.push_back(refuse_token(jwt_rules(scope)));
  add_phase(ExtensionPhase::Authz);
  add_phase(ExtensionPhase::Unspecified);
  auto table = policy_rows(scope.policies, refusal, lower);
  table.rows.insert(table.rows.begin(), std::make_move_iterator(first.begin()), std::make_move_iterator(first.end()));
  return table;
}

}  // namespace s2a
