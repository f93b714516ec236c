// The rules of istiod's webhook and of the CRD for an AuthorizationPolicy. authorization.md 2.11
#include "frontend/decode/check_authorization.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "frontend/decode/authorization_fields.h"
#include "frontend/grammar/cidr.h"
#include "frontend/grammar/condition.h"
#include "frontend/grammar/go_bool.h"
#include "frontend/grammar/path_template.h"
#include "frontend/grammar/port.h"
#include "frontend/grammar/principal.h"

namespace s2a {
namespace {

constexpr std::size_t kMaxRules = 512;
constexpr std::size_t kMaxFrom = 512;
constexpr std::size_t kMaxServiceAccounts = 16;

/// What is wrong with one value; nothing where it is fine.
using Fault = std::optional<GrammarError>;

template <class T>
Fault fault_of(const Parsed<T>& parsed) {
  return parsed ? Fault{} : Fault{parsed.error()};
}

Fault port_fault(std::string_view text) { return fault_of(parse_port(text)); }
Fault address_fault(std::string_view text) { return fault_of(parse_cidr_text(text)); }
Fault path_fault(std::string_view text) { return fault_of(check_path(text)); }

Fault service_account_fault(std::string_view text) {
  if (const auto star = text.find('*'); star != std::string_view::npos) return GrammarError{star, "service accounts take no wildcards", "name each account, or use `principals`"};
  if (std::ranges::count(text, '/') > 1) return GrammarError{text.rfind('/'), "expected `ACCOUNT` or `NAMESPACE/ACCOUNT`", {}};
  return std::nullopt;
}

Fault empty_fault(std::string_view text) { return text.empty() ? Fault{{0, "an empty value is refused", "remove it"}} : std::nullopt; }

class AuthorizationCheck {
 public:
  AuthorizationCheck(const Reader& reader, const AuthorizationPolicy& policy) : reader_(reader), policy_(policy), custom_(policy.action == AuthorizationAction::Custom) {}

  void run(NodeId object) const {
    check_action();
    check_dry_run(object);
    at_most(policy_.rules_node, reader_.items(policy_.spec_node, "rules").size(), kMaxRules, "rules");
    for (const auto& rule : policy_.rules) check_rule(rule);
  }

 private:
  void refuse(NodeId node, std::string message, std::string help = {}) const { reader_.report(Code::InvalidValue, node, std::move(message), std::move(help)); }

  void refuse_inside(const Spanned<std::string>& text, const GrammarError& fault) const {
    reader_.report_inside(Code::InvalidValue, text.node, fault.offset, fault.message, fault.hint);
  }

  void at_most(NodeId node, std::size_t count, std::size_t limit, std::string_view what) const {
    if (count > limit) refuse(node, fmt::format("{} {}, at most {} are taken", count, what, limit), "split the policy");
  }

  void check_action() const {
    const auto provider = reader_.get(policy_.spec_node, "provider");
    if (!custom_ && provider != kNoNode) {
      refuse(reader_.key(policy_.spec_node, "provider"), fmt::format("`provider` with the action {}: only CUSTOM takes one", to_string(policy_.action)),
             "remove `provider`, or set `action: CUSTOM`");
    }
    const bool needs_rules = custom_ || policy_.action == AuthorizationAction::Deny;
    if (needs_rules && reader_.items(policy_.spec_node, "rules").empty()) {
      refuse(policy_.action_text.node, fmt::format("{} without `rules` never applies, and is refused", to_string(policy_.action)), "add `rules: [{}]` if every request is meant");
    } else if (custom_ && policy_.provider.empty()) {
      refuse(policy_.action_text.node, "CUSTOM without a `provider.name`", "name an extension provider of the MeshConfig");
    }
  }

  void check_dry_run(NodeId object) const {
    const auto text = reader_.string(reader_.get(object, {"metadata", "annotations"}), kDryRun);
    if (!text.written()) return;
    if (const auto fault = fault_of(parse_bool_go(text.value))) refuse_inside(text, *fault);
    if (policy_.dry_run && (custom_ || policy_.action == AuthorizationAction::Audit)) refuse(text.node, fmt::format("the action {} has no dry run", to_string(policy_.action)));
  }

  void check_rule(const Rule& rule) const {
    const auto from = reader_.items(rule.node, "from");
    const auto to = reader_.items(rule.node, "to");
    at_most(reader_.key(rule.node, "from"), from.size(), kMaxFrom, "sources");
    for (std::size_t i = 0; i < from.size(); ++i) check_source(from[i], rule.from[i]);
    for (std::size_t i = 0; i < to.size(); ++i) check_operation(to[i], rule.to[i]);
    for (const auto& condition : rule.when) check_condition(condition);
  }

  /// An item of `from` or `to` must say something: an empty one would match everything, or nothing.
  void check_not_empty(NodeId item, NodeId content, bool written, std::string_view field) const {
    if (written || (content != kNoNode && reader_[content].kind != NodeKind::Map) || reader_[item].kind != NodeKind::Map) return;
    const auto key = reader_.key(item, field);
    refuse(key != kNoNode ? key : item, fmt::format("an empty `{}` is refused", field), "name what it matches, or remove the item");
  }

  void check_source(NodeId item, const Source& source) const {
    const auto written = [&](const auto& field) { return (source.*field.first).written(); };
    check_not_empty(item, source.node, std::ranges::any_of(kSourceFields, written), "source");
    check_values(source.ip_blocks, address_fault);
    check_values(source.remote_ip_blocks, address_fault);
    check_values(source.service_accounts, service_account_fault);
    for (const auto* match : {&source.principals, &source.request_principals, &source.namespaces, &source.trust_domains}) check_values(*match);
    at_most(source.service_accounts.values_node, source.service_accounts.values.size(), kMaxServiceAccounts, "service accounts");
    at_most(source.service_accounts.not_values_node, source.service_accounts.not_values.size(), kMaxServiceAccounts, "service accounts");
    for (const std::string_view accounts : {"serviceAccounts", "notServiceAccounts"}) {
      for (const std::string_view other : {"principals", "notPrincipals", "namespaces", "notNamespaces"}) {
        const auto key = reader_.key(source.node, other);
        if (key != kNoNode && reader_.get(source.node, accounts) != kNoNode)
          refuse(key, fmt::format("`{}` beside `{}` in one source is refused", other, accounts), "make them two items of `from`");
      }
    }
    if (!custom_) return check_principals(source.principals);
    for (const auto* match : {&source.namespaces, &source.service_accounts, &source.principals, &source.request_principals}) {
      for (const auto node : {match->values_node, match->not_values_node}) {
        if (node != kNoNode) refuse(node, "CUSTOM cannot ask for an identity", "let the external authorizer decide on it");
      }
    }
  }

  void check_operation(NodeId item, const Operation& operation) const {
    const auto written = [&](const auto& field) { return (operation.*field.first).written(); };
    check_not_empty(item, operation.node, std::ranges::any_of(kOperationFields, written), "operation");
    check_values(operation.hosts);
    check_values(operation.methods);
    check_values(operation.ports, port_fault);
    check_values(operation.paths, path_fault);
  }

  void check_condition(const Condition& condition) const {
    if (!condition.key.written()) return;
    if (!condition.match.written())
      refuse(condition.key.node, fmt::format("the condition `{}` has neither `values` nor `notValues`", shown(condition.key.value)), "add the values that are meant");
    const auto key = parse_condition_key(condition.key.value);
    if (!key) return refuse_inside(condition.key, key.error());
    switch (key->attribute) {
      case ConditionAttribute::SourceIp:
      case ConditionAttribute::RemoteIp:
      case ConditionAttribute::DestinationIp: check_values(condition.match, address_fault); break;
      case ConditionAttribute::DestinationPort: check_values(condition.match, port_fault); break;
      case ConditionAttribute::SourceServiceAccount: check_values(condition.match, service_account_fault); break;
      case ConditionAttribute::SourceNamespace:
      case ConditionAttribute::SourcePrincipal:
      case ConditionAttribute::SourceTrustDomain:
      case ConditionAttribute::RequestPrincipal:
      case ConditionAttribute::RequestAudiences:
      case ConditionAttribute::RequestPresenter:
      case ConditionAttribute::RequestClaim:
      case ConditionAttribute::RequestHeader:
      case ConditionAttribute::ConnectionSni:
      case ConditionAttribute::EnvoyFilter: check_values(condition.match); break;
    }
    const auto& text = condition.key.value;
    const bool identity = text == "source.namespace" || text == "source.principal" || text == "source.serviceAccount" || text.starts_with("request.auth.");
    if (key->attribute == ConditionAttribute::SourcePrincipal && !custom_) check_principals(condition.match);
    if (custom_ && identity) refuse(condition.key.node, fmt::format("CUSTOM cannot ask for `{}`", shown(text)), "let the external authorizer decide on it");
  }

  /// Istio takes them all, and matches no caller with some.
  void check_principals(const Match& match) const {
    for (const auto* values : {&match.values, &match.not_values}) {
      for (const auto& value : *values) {
        const auto fault = value.value.empty() ? std::nullopt : fault_of(parse_principal(value.value));
        if (fault) reader_.report_inside(Code::ImpossiblePrincipal, value.node, fault->offset, "no caller has this principal: " + fault->message, fault->hint);
      }
    }
  }

  void check_values(const Match& match, Fault (*fault_in)(std::string_view) = empty_fault) const {
    for (const auto* values : {&match.values, &match.not_values}) {
      for (const auto& value : *values) {
        if (const auto fault = value.value.empty() ? empty_fault({}) : fault_in(value.value)) refuse_inside(value, *fault);
      }
    }
  }

  const Reader& reader_;
  const AuthorizationPolicy& policy_;
  bool custom_;
};

}  // namespace

void check_authorization(const Reader& reader, NodeId object, const AuthorizationPolicy& policy) { AuthorizationCheck(reader, policy).run(object); }

}  // namespace s2a
