// Rules as they are written.
#include "ir/passes/rewrite_rules.h"

namespace s2a {
namespace {

Value list(const std::vector<Spanned<std::string>>& values) {
  Value::Sequence out;
  for (const auto& value : values) out.emplace_back(value.value);
  return out;
}

void add(Value::Map& out, std::string_view field, std::string_view not_field, const Match& match) {
  if (!match.values.empty()) out.emplace_back(field, list(match.values));
  if (!match.not_values.empty()) out.emplace_back(not_field, list(match.not_values));
}

Value to_value(const Source& source) {
  Value::Map fields;
  add(fields, "principals", "notPrincipals", source.principals);
  add(fields, "namespaces", "notNamespaces", source.namespaces);
  add(fields, "serviceAccounts", "notServiceAccounts", source.service_accounts);
  return Value::Map{{"source", std::move(fields)}};
}

Value to_value(const Operation& operation) {
  Value::Map fields;
  add(fields, "hosts", "notHosts", operation.hosts);
  add(fields, "ports", "notPorts", operation.ports);
  add(fields, "methods", "notMethods", operation.methods);
  add(fields, "paths", "notPaths", operation.paths);
  return Value::Map{{"operation", std::move(fields)}};
}

Value to_value(const Condition& condition) {
  Value::Map fields{{"key", condition.key.value}};
  add(fields, "values", "notValues", condition.match);
  return fields;
}

template <class Alternatives>
void add_clause(Value::Map& out, std::string_view field, const Alternatives& alternatives) {
  if (alternatives.empty()) return;
  Value::Sequence items;
  for (const auto& alternative : alternatives) items.push_back(to_value(alternative));
  out.emplace_back(field, std::move(items));
}

}  // namespace

Value to_value(const std::vector<Rule>& rules) {
  Value::Sequence out;
  for (const auto& rule : rules) {
    Value::Map fields;
    add_clause(fields, "from", rule.from);
    add_clause(fields, "to", rule.to);
    add_clause(fields, "when", rule.when);
    out.emplace_back(std::move(fields));
  }
  return out;
}

}  // namespace s2a
