// Telling ztunnel a rule.
//
//   - from:                                                        - from:
//     - source: { principals: [a] }                                  - source: { principals: [a] }
//     - source: { requestPrincipals: ["*"] }      ALLOW  ->          to:
//                                                                    - operation: { ports: ["8080"] }      (where all pods serve HTTP)
//
//   - from: [ source: { principals: [a] } ]                        - from: [ source: { principals: [a] } ]
//     to: [ operation: { paths: [/x] } ]          DENY   ->
//
//   - from: [ source: { remoteIpBlocks: [b] } ]   ALLOW  ->        - from: [ source: { ipBlocks: [b] } ]
//                                                                    when: [ destination.port: ["9000"] ]    (where all pods serve bytes)
#include "ir/passes/rule_at_ztunnel.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "ir/authz/trust_domains.h"
#include "ir/mesh/rule_shape.h"
#include "ir/passes/rule_text.h"
#include "ir/pattern/istio_values.h"

namespace s2a {
namespace {

/// The sidecar's regular expression takes every `*` as a wildcard and crosses slashes; ztunnel knows exact, prefix and suffix within the namespace. 2.4, 3.1
bool namespace_read_alike(std::string_view value) {
  const auto stars = std::ranges::count(value, '*');
  if (stars == 0 || value == "*") return true;
  if (stars > 1) return false;
  if (value.ends_with('*')) return true;
  return value.starts_with('*') && !std::string_view("/sa").ends_with(value.substr(1));
}

/// An IPv4 block that is written as IPv6 meets no IPv4 caller at ztunnel. 3.1
bool address_read_alike(std::string_view value) { return !value.starts_with("::") || value.find('.') == std::string_view::npos; }

class ZtunnelTeller {
 public:
  ZtunnelTeller(AuthorizationAction action, const ZtunnelScope& scope) : allow_(action == AuthorizationAction::Allow), scope_(scope) {}

  ZtunnelRules tell(const Rule& rule) {
    ZtunnelRules out;
    const bool has_bytes = reads_remote_address(rule) && !scope_.byte_ports.empty();
    if (auto told = tell_all_of(rule); told && keep_off_tcp(rule, *told)) {
      const bool elsewhere = !has_bytes || allow_ || !keeps_to(*told, scope_.byte_ports);
      if (has_bytes && !allow_) exempt_ports(*told, scope_.byte_ports);
      if (elsewhere) out.rules.push_back(std::move(*told));
    }
    if (has_bytes && !(allow_ && reads_http(rule)))
      if (auto told = tell_all_of(for_bytes(rule)); told && !avoids(*told, scope_.byte_ports)) out.rules.push_back(std::move(*told));
    out.exact = exact_;
    return out;
  }

 private:
  /// Nothing: no part of it lets anybody in.
  std::optional<Rule> tell_all_of(Rule rule) {
    if (!tell_alternatives(rule.from) || !tell_alternatives(rule.to) || !tell_conditions(rule.when)) return std::nullopt;
    return rule;
  }

  /// What sidecars make of the rule where bytes come: nothing is forwarded there. 2.4, 2.5
  [[nodiscard]] Rule for_bytes(Rule rule) const {
    const bool all_of_it = std::ranges::any_of(rule.when, [](const Condition& when) { return reads(when, ConditionAttribute::RemoteIp); });
    if (allow_ && !all_of_it) std::erase_if(rule.from, [](const Source& source) { return !constrains(source.remote_ip_blocks); });  // the others hold on every port
    strip_http(rule);
    for (auto& source : rule.from)
      if (!constrains(source.ip_blocks)) source.ip_blocks = std::exchange(source.remote_ip_blocks, {});
    for (auto& when : rule.when)
      if (reads(when, ConditionAttribute::RemoteIp)) when = condition(ConditionAttribute::SourceIp, texts(when.match.values), texts(when.match.not_values));
    drop_if_always(rule.from);
    drop_if_always(rule.to);
    rule.when.push_back(condition(ConditionAttribute::DestinationPort, port_texts(scope_.byte_ports), {}));
    return rule;
  }

  /// What ztunnel cannot read: an ALLOW goes without the whole alternative (false), another action without this field.
  bool unreadable(Match& match) {
    if (!constrains(match)) return true;
    exact_ = false;
    match = {};
    return !allow_;
  }

  /// Single values that ztunnel reads otherwise go where that makes an ALLOW smaller and a DENY greater; never all of them.
  template <class ReadAlike>
  bool keep_alike(Match& match, ReadAlike alike) {
    const auto strange = [&](const Spanned<std::string>& value) { return !alike(value.value); };
    auto& may_shrink = allow_ ? match.values : match.not_values;
    auto& must_not = allow_ ? match.not_values : match.values;
    if (std::ranges::any_of(must_not, strange)) return unreadable(match);
    const auto before = may_shrink.size();
    std::erase_if(may_shrink, strange);
    if (may_shrink.size() == before) return true;
    exact_ = false;
    return !may_shrink.empty() || !allow_;
  }

  /// For ztunnel's own trust domain: the pointer `cluster.local` and the aliases are nobody's certificates there. F6
  void expand(Values& values) const {
    auto wanted = expand_principals(texts(values), scope_.domains);
    const auto alias = [&](const std::string& value) {
      const auto domain = value.substr(0, value.find('/'));
      return domain != scope_.domains.front() && std::ranges::find(scope_.domains, domain) != scope_.domains.end();
    };
    if (!std::ranges::all_of(wanted, alias)) std::erase_if(wanted, alias);
    assign(values, wanted);
  }
  void expand(Match& match) const {
    expand(match.values);
    expand(match.not_values);
  }

  [[nodiscard]] bool own(const Values& trust_domains) const {
    const auto identity = fmt::format("spiffe://{}/ns/a/sa/a", scope_.domains.front());
    const auto listed = expand_trust_domains(texts(trust_domains), scope_.domains);
    return std::ranges::any_of(listed, [&](const std::string& value) { return matches(trust_domain_at_envoy(value), identity); });
  }

  /// `trustDomains` as principals: whoever has an identity at ztunnel is of its own trust domain.
  [[nodiscard]] Match as_principals(const Match& trust_domains) const {
    Match out;
    if (!trust_domains.values.empty()) out.values = spanned({fmt::format("{}/*", own(trust_domains.values) ? scope_.domains.front() : trust_domains.values.front().value)});
    if (!trust_domains.not_values.empty() && own(trust_domains.not_values)) out.not_values = spanned({"*"});
    return out;
  }

  /// Service accounts as principals of ztunnel's own trust domain.
  [[nodiscard]] std::vector<std::string> as_principals(const Values& accounts) const {
    std::vector<std::string> out;
    for (const auto& account : accounts) {
      const auto slash = account.value.find('/');
      const auto ns = slash == std::string::npos ? scope_.ns : account.value.substr(0, slash);
      out.push_back(fmt::format("{}/ns/{}/sa/{}", scope_.domains.front(), ns, slash == std::string::npos ? account.value : account.value.substr(slash + 1)));
    }
    return out;
  }

  /// False: nobody at ztunnel is of these trust domains.
  bool tell_trust_domains(Source& source) const {
    const auto asked = as_principals(source.trust_domains);
    const bool foreign = !source.trust_domains.values.empty() && !own(source.trust_domains.values);
    const bool identified = !source.principals.values.empty() || !source.namespaces.values.empty() || !source.service_accounts.values.empty();
    source.trust_domains = {};
    if (foreign || (identified && !asked.not_values.empty())) return false;
    if (identified || !constrains(asked)) return true;
    for (const auto& account : as_principals(source.service_accounts.not_values)) source.principals.not_values.push_back({.value = account, .node = kNoNode});
    source.service_accounts = {};  // admission refuses them beside principals
    if (!asked.values.empty()) source.principals.values = asked.values;
    if (!asked.not_values.empty()) source.principals.not_values = asked.not_values;
    return true;
  }

  bool tell(Source& source) {
    if (!unreadable(source.request_principals) || !unreadable(source.remote_ip_blocks)) return false;
    if (!keep_alike(source.namespaces, namespace_read_alike) || !keep_alike(source.ip_blocks, address_read_alike)) return false;
    if (constrains(source.trust_domains) && !tell_trust_domains(source)) return false;
    expand(source.principals);
    return true;
  }

  bool tell(Operation& operation) { return unreadable(operation.hosts) && unreadable(operation.methods) && unreadable(operation.paths); }

  bool tell(Condition& when) {
    if (!when.reads) return unreadable(when.match);
    switch (when.reads->attribute) {
      case ConditionAttribute::SourcePrincipal: expand(when.match); return true;
      case ConditionAttribute::SourceNamespace: return keep_alike(when.match, namespace_read_alike);
      case ConditionAttribute::SourceIp:
      case ConditionAttribute::DestinationIp: return keep_alike(when.match, address_read_alike);
      case ConditionAttribute::DestinationPort: return true;
      case ConditionAttribute::SourceServiceAccount:
        when = condition(ConditionAttribute::SourcePrincipal, as_principals(when.match.values), as_principals(when.match.not_values));
        return true;
      case ConditionAttribute::SourceTrustDomain: {
        const auto asked = as_principals(when.match);
        when = condition(ConditionAttribute::SourcePrincipal, texts(asked.values), texts(asked.not_values));
        return true;
      }
      case ConditionAttribute::RemoteIp:
      case ConditionAttribute::RequestPrincipal:
      case ConditionAttribute::RequestAudiences:
      case ConditionAttribute::RequestPresenter:
      case ConditionAttribute::RequestClaim:
      case ConditionAttribute::RequestHeader:
      case ConditionAttribute::ConnectionSni:
      case ConditionAttribute::EnvoyFilter: return unreadable(when.match);
    }
    return unreadable(when.match);
  }

  /// False: no alternative is left.
  template <class Alternatives>
  bool tell_alternatives(Alternatives& alternatives) {
    if (alternatives.empty()) return true;
    std::erase_if(alternatives, [&](auto& alternative) { return !tell(alternative); });
    if (alternatives.empty()) return false;
    drop_if_always(alternatives);
    return true;
  }

  bool tell_conditions(std::vector<Condition>& conditions) {
    const bool possible = std::ranges::all_of(conditions, [&](Condition& when) { return tell(when); });
    std::erase_if(conditions, [](const Condition& when) { return !constrains(when.match); });
    return possible;
  }

  /// Sidecars drop a whole ALLOW rule that reads HTTP where bytes come: what is left of it holds on HTTP ports only. 8.3
  bool keep_off_tcp(const Rule& rule, Rule& out) const {
    if (!allow_ || !reads_http(rule)) return true;
    if (scope_.http_ports.empty()) return false;
    out.when.push_back(condition(ConditionAttribute::DestinationPort, port_texts(scope_.http_ports), {}));
    return true;
  }

  bool allow_;
  bool exact_ = true;
  const ZtunnelScope& scope_;
};

}  // namespace

ZtunnelRules rules_at_ztunnel(const Rule& rule, AuthorizationAction action, const ZtunnelScope& scope) { return ZtunnelTeller(action, scope).tell(rule); }

bool exact_at_ztunnel(const Rule& rule, AuthorizationAction action, const std::vector<std::string>& domains) {
  return rules_at_ztunnel(rule, action, {.ns = {}, .domains = domains, .http_ports = {}, .byte_ports = {}}).exact;
}

const Rule* beyond_ztunnel(const AuthorizationPolicy& policy, const std::vector<std::string>& domains) {
  if (policy.dry_run || policy.action == AuthorizationAction::Audit) return nullptr;
  const auto found =
      std::ranges::find_if(policy.rules, [&](const Rule& rule) { return policy.action == AuthorizationAction::Custom || !exact_at_ztunnel(rule, policy.action, domains); });
  return found == policy.rules.end() ? nullptr : &*found;
}

}  // namespace s2a
