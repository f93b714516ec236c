// security.istio.io AuthorizationPolicy. What Istio refuses in it is told by check_authorization.cpp.
#include "frontend/decode/authorization_fields.h"
#include "frontend/decode/check_authorization.h"
#include "frontend/decode/decoders.h"
#include "frontend/grammar/condition.h"
#include "frontend/grammar/go_bool.h"

namespace s2a {
namespace {

/// An empty list constrains nothing: it reads as absent.
Match decode_match(const Reader& reader, NodeId map, const FieldPair& pair) {
  Match match{.values = reader.strings(map, pair.values), .not_values = reader.strings(map, pair.not_values)};
  if (!reader.items(map, pair.values).empty()) match.values_node = reader.get(map, pair.values);
  if (!reader.items(map, pair.not_values).empty()) match.not_values_node = reader.get(map, pair.not_values);
  return match;
}

Source decode_source(const Reader& reader, NodeId item) {
  Source source{.node = reader.get(item, "source")};
  for (const auto& [field, pair] : kSourceFields) source.*field = decode_match(reader, source.node, pair);
  return source;
}

Operation decode_operation(const Reader& reader, NodeId item) {
  Operation operation{.node = reader.get(item, "operation")};
  for (const auto& [field, pair] : kOperationFields) operation.*field = decode_match(reader, operation.node, pair);
  return operation;
}

Rule decode_rule(const Reader& reader, NodeId node) {
  Rule rule{.node = node};
  for (const auto item : reader.items(node, "from")) rule.from.push_back(decode_source(reader, item));
  for (const auto item : reader.items(node, "to")) rule.to.push_back(decode_operation(reader, item));
  for (const auto item : reader.items(node, "when")) {
    Condition condition{.key = reader.string(item, "key"), .match = decode_match(reader, item, {"values", "notValues"}), .node = item};
    if (auto key = parse_condition_key(condition.key.value)) condition.reads = std::move(*key);
    rule.when.push_back(std::move(condition));
  }
  return rule;
}

AuthorizationAction decode_action(std::string_view text) {
  for (const auto action : {AuthorizationAction::Deny, AuthorizationAction::Audit, AuthorizationAction::Custom}) {
    if (text == to_string(action)) return action;
  }
  return AuthorizationAction::Allow;
}

}  // namespace

Spec decode_authorization_policy(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  AuthorizationPolicy policy{
      .selector = decode_selector(reader, spec),
      .target_refs = decode_target_refs(reader, spec),
      .action_text = reader.string(spec, "action"),
      .provider = reader.string(reader.get(spec, "provider"), "name").value,
      .spec_node = spec,
      .rules_node = reader.get(spec, "rules"),
  };
  policy.has_target_refs = !policy.target_refs.empty();
  policy.action = decode_action(policy.action_text.value);
  for (const auto item : reader.items(spec, "rules")) {
    if (reader[item].kind == NodeKind::Map) policy.rules.push_back(decode_rule(reader, item));
  }
  const auto dry_run = reader.string(reader.get(object, {"metadata", "annotations"}), kDryRun);
  policy.dry_run = parse_bool_go(dry_run.value).value_or(false);
  check_authorization(reader, object, policy);
  return policy;
}

}  // namespace s2a
