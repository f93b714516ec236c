// Rules as they are written.
#include "ir/passes/rule_text.h"

#include <fmt/format.h>

#include "ir/mesh/rule_shape.h"
#include "ir/pattern/istio_values.h"
#include "ir/source/to_value.h"

namespace s2a {
namespace {

/// Rules as Values that know where they come from, where there is a document that they were read from.
class Writer {
 public:
  explicit Writer(const Document* source) : source_(source) {}

  Value operator()(const Rule& rule) const {
    Value::Map fields;
    add_clause(fields, "from", rule.from);
    add_clause(fields, "to", rule.to);
    add_clause(fields, "when", rule.when);
    return from(rule.node, std::move(fields));
  }

 private:
  Value from(NodeId node, Value value) const {
    if (source_ != nullptr && node != kNoNode) value.origin = origin_of(*source_, node);
    return value;
  }

  Value list(const Values& values, NodeId node) const {
    Value::Sequence out;
    for (const auto& value : values) out.push_back(from(value.node, value.value));
    return from(node, std::move(out));
  }

  void add(Value::Map& out, std::string_view field, std::string_view not_field, const Match& match) const {
    if (!match.values.empty()) out.emplace_back(field, list(match.values, match.values_node));
    if (!match.not_values.empty()) out.emplace_back(not_field, list(match.not_values, match.not_values_node));
  }

  Value written(const Source& source) const {
    Value::Map fields;
    add(fields, "principals", "notPrincipals", source.principals);
    add(fields, "requestPrincipals", "notRequestPrincipals", source.request_principals);
    add(fields, "namespaces", "notNamespaces", source.namespaces);
    add(fields, "serviceAccounts", "notServiceAccounts", source.service_accounts);
    add(fields, "trustDomains", "notTrustDomains", source.trust_domains);
    add(fields, "ipBlocks", "notIpBlocks", source.ip_blocks);
    add(fields, "remoteIpBlocks", "notRemoteIpBlocks", source.remote_ip_blocks);
    return from(source.node, Value::Map{{"source", std::move(fields)}});
  }

  Value written(const Operation& operation) const {
    Value::Map fields;
    add(fields, "hosts", "notHosts", operation.hosts);
    add(fields, "ports", "notPorts", operation.ports);
    add(fields, "methods", "notMethods", operation.methods);
    add(fields, "paths", "notPaths", operation.paths);
    return from(operation.node, Value::Map{{"operation", std::move(fields)}});
  }

  Value written(const Condition& condition) const {
    Value::Map fields{{"key", condition.key.value}};
    add(fields, "values", "notValues", condition.match);
    return from(condition.node, std::move(fields));
  }

  template <class Alternatives>
  void add_clause(Value::Map& out, std::string_view field, const Alternatives& alternatives) const {
    if (alternatives.empty()) return;
    Value::Sequence items;
    for (const auto& alternative : alternatives) items.push_back(written(alternative));
    out.emplace_back(field, std::move(items));
  }

  const Document* source_;
};

/// Whether ztunnel's reading of the source can take in this principal.
bool takes_in(const Source& source, const std::string& principal) {
  const auto identity = "spiffe://" + principal;
  const auto listed = [&](const Match& match, const auto& to_pattern) {
    return match.values.empty() || std::ranges::any_of(match.values, [&](const auto& value) { return matches(to_pattern(value.value), identity); });
  };
  return listed(source.principals, principal_at_ztunnel) && listed(source.namespaces, namespace_at_ztunnel);
}

bool takes_in(const Rule& rule, const std::string& principal) {
  return rule.from.empty() || std::ranges::any_of(rule.from, [&](const Source& source) { return takes_in(source, principal); });
}

}  // namespace

Values spanned(const std::vector<std::string>& texts) {
  Values out;
  for (const auto& text : texts) out.push_back({.value = text, .node = kNoNode});
  return out;
}

std::vector<std::string> port_texts(const std::vector<std::uint16_t>& ports) {
  std::vector<std::string> out;
  for (const auto port : ports) out.push_back(std::to_string(port));
  return out;
}

void assign(Values& values, const std::vector<std::string>& wanted) {
  auto now = texts(values);
  auto sorted = wanted;
  std::ranges::sort(now);
  std::ranges::sort(sorted);
  if (now != sorted) values = spanned(wanted);
}

bool says_nothing(const Source& s) {
  return !constrains(s.principals) && !constrains(s.request_principals) && !constrains(s.namespaces) && !constrains(s.service_accounts) && !constrains(s.trust_domains) &&
         !constrains(s.ip_blocks) && !constrains(s.remote_ip_blocks);
}

bool says_nothing(const Operation& o) { return !constrains(o.hosts) && !constrains(o.ports) && !constrains(o.methods) && !constrains(o.paths); }

void strip_http(Rule& rule) {
  for (auto& source : rule.from) source.request_principals = {};
  for (auto& operation : rule.to) operation.hosts = operation.methods = operation.paths = {};
  std::erase_if(rule.when, [](const Condition& c) { return reads_http(c); });
}

Condition condition(ConditionAttribute attribute, const std::vector<std::string>& values, const std::vector<std::string>& not_values) {
  Condition out;
  out.reads = ConditionKey{.attribute = attribute, .names = {}};
  out.key.value = to_string(*out.reads);
  out.match.values = spanned(values);
  out.match.not_values = spanned(not_values);
  return out;
}

Rule admit_waypoints(const std::vector<std::string>& principals) {
  Source source;
  source.principals.values = spanned(principals);
  Rule rule;
  rule.from.push_back(std::move(source));
  return rule;
}

bool exempt_waypoints(Rule& rule, const std::vector<std::string>& principals) {
  std::vector<std::string> found;
  std::ranges::copy_if(principals, std::back_inserter(found), [&](const std::string& principal) { return takes_in(rule, principal); });
  if (!found.empty()) rule.when.push_back(condition(ConditionAttribute::SourcePrincipal, {}, found));
  return !found.empty();
}

Rule for_ports(const std::vector<std::uint16_t>& ports) {
  Rule out;
  out.to.emplace_back().ports.values = spanned(port_texts(ports));
  return out;
}

bool avoids(const Rule& rule, const std::vector<std::uint16_t>& ports) {
  const auto listed = [&](const Spanned<std::string>& value) { return std::ranges::find(ports, port_number(value.value)) != ports.end(); };
  return !rule.to.empty() && std::ranges::all_of(rule.to, [&](const Operation& o) { return !o.ports.values.empty() && std::ranges::none_of(o.ports.values, listed); });
}

bool keeps_to(const Rule& rule, const std::vector<std::uint16_t>& ports) {
  const auto listed = [&](const Spanned<std::string>& value) { return std::ranges::find(ports, port_number(value.value)) != ports.end(); };
  return !rule.to.empty() && std::ranges::all_of(rule.to, [&](const Operation& o) { return !o.ports.values.empty() && std::ranges::all_of(o.ports.values, listed); });
}

void exempt_ports(Rule& rule, const std::vector<std::uint16_t>& ports) {
  if (!ports.empty() && !avoids(rule, ports)) rule.when.push_back(condition(ConditionAttribute::DestinationPort, {}, port_texts(ports)));
}

void qualify_service_accounts(Rule& rule, const std::string& policy_namespace) {
  const auto qualify = [&](Values& values) {
    for (auto& value : values)
      if (value.value.find('/') == std::string::npos) value.value = fmt::format("{}/{}", policy_namespace, value.value);
  };
  for (auto& source : rule.from) {
    qualify(source.service_accounts.values);
    qualify(source.service_accounts.not_values);
  }
  for (auto& when : rule.when) {
    if (!when.reads || when.reads->attribute != ConditionAttribute::SourceServiceAccount) continue;
    qualify(when.match.values);
    qualify(when.match.not_values);
  }
}

Value to_value(const std::vector<Rule>& rules, const Document* source) {
  const Writer write(source);
  Value::Sequence out;
  for (const auto& rule : rules) out.push_back(write(rule));
  return out;
}

}  // namespace s2a
