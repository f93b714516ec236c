// Taking rules apart.
#include "ir/audit/rule_fields.h"

#include <array>

namespace s2a {
namespace {

constexpr std::array kSourceFields{&Source::principals,    &Source::request_principals, &Source::namespaces,      &Source::service_accounts,
                                   &Source::trust_domains, &Source::ip_blocks,          &Source::remote_ip_blocks};
constexpr std::array kOperationFields{&Operation::hosts, &Operation::ports, &Operation::methods, &Operation::paths};

class Fields {
 public:
  Fields(const Store& store, const Resource& policy) : store_(store), policy_(policy) {}

  /// The written halves of a field of an alternative; `into` leads to the clause of a rule where alternatives of its kind stand.
  template <class Alternative>
  void add(const Match& match, Match Alternative::*field, std::vector<Alternative> Rule::*into) {
    const auto add_half = [&](const Match& half, NodeId node) {
      Rule alone;
      (alone.*into).emplace_back().*field = half;
      found.push_back({.reason = reason_at(store_, policy_, node), .alone = std::move(alone)});
    };
    if (!match.values.empty()) add_half({.values = match.values, .not_values = {}}, match.values_node);
    if (!match.not_values.empty()) add_half({.values = {}, .not_values = match.not_values}, match.not_values_node);
  }

  void add(const Condition& condition) {
    auto reason = reason_at(store_, policy_, condition.key.node, condition.key.value);
    reason.path.resize(reason.path.rfind('.'));
    Rule alone;
    alone.when.push_back(condition);
    found.push_back({.reason = std::move(reason), .alone = std::move(alone)});
  }

  std::vector<RuleField> found;

 private:
  const Store& store_;
  const Resource& policy_;
};

}  // namespace

std::vector<RuleField> fields_of(const Store& store, const Resource& policy) {
  Fields fields(store, policy);
  for (const auto& rule : authorization_of(policy).rules) {
    for (const auto& source : rule.from)
      for (const auto field : kSourceFields) fields.add(source.*field, field, &Rule::from);
    for (const auto& operation : rule.to)
      for (const auto field : kOperationFields) fields.add(operation.*field, field, &Rule::to);
    for (const auto& condition : rule.when) fields.add(condition);
  }
  return std::move(fields.found);
}

}  // namespace s2a
