// Rewriting rules.
#include "ir/passes/rewrite_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/authz/expressible.h"
#include "ir/authz/trust_domains.h"
#include "ir/mesh/rule_shape.h"
#include "ir/pattern/pattern.h"

namespace s2a {
namespace {

enum class Quantifier : std::uint8_t { All, Any };

using Values = std::vector<Spanned<std::string>>;

Values spanned(const std::vector<std::string>& texts) {
  Values out;
  for (const auto& text : texts) out.push_back({.value = text, .node = kNoNode});
  return out;
}

/// The Service ports whose container ports are listed, of all pods or of any.
std::vector<std::string> service_ports(const Values& listed, std::span<const MappedPort> ports, Quantifier quantifier) {
  const auto is_listed = [&](const std::optional<std::uint16_t>& port) {
    return port && std::ranges::any_of(listed, [&](const auto& value) { return port_number(value.value) == port; });
  };
  std::vector<std::string> out;
  for (const auto& port : ports) {
    const bool taken = quantifier == Quantifier::All ? std::ranges::all_of(port.container_ports, is_listed) : std::ranges::any_of(port.container_ports, is_listed);
    if (taken) out.push_back(std::to_string(port.service_port));
  }
  return out;
}

/// Keeps the text where it already says the same.
void assign(Values& values, const std::vector<std::string>& wanted) {
  auto now = texts(values);
  auto sorted = wanted;
  std::ranges::sort(now);
  std::ranges::sort(sorted);
  if (now != sorted) values = spanned(wanted);
}

bool says_nothing(const Operation& o) { return !constrains(o.hosts) && !constrains(o.ports) && !constrains(o.methods) && !constrains(o.paths); }
bool says_nothing(const Source& s) { return !constrains(s.principals) && !constrains(s.namespaces) && !constrains(s.service_accounts); }

bool reads(const Condition& condition, ConditionAttribute attribute) { return condition.reads && condition.reads->attribute == attribute; }

/// False: the ports can never match. 8.2
bool map_ports(Match& match, AuthorizationAction action, std::span<const MappedPort> ports) {
  const bool allow = action == AuthorizationAction::Allow;
  if (!match.values.empty()) {
    const auto wanted = service_ports(match.values, ports, allow ? Quantifier::All : Quantifier::Any);
    if (wanted.empty()) return false;
    assign(match.values, wanted);
  }
  if (!match.not_values.empty()) assign(match.not_values, service_ports(match.not_values, ports, allow ? Quantifier::Any : Quantifier::All));
  return true;
}

/// What ztunnel reads of an alternative.
void keep_layer_4(Operation& operation) { operation.hosts = operation.methods = operation.paths = {}; }

void keep_layer_4(Source& source) {
  source.request_principals = source.remote_ip_blocks = source.trust_domains = {};
  if (!namespaces_exact_at_ztunnel(source.namespaces)) source.namespaces = {};
}

/// Removes a clause in which an alternative always holds.
template <class Alternatives>
void drop_if_always(Alternatives& alternatives) {
  if (std::ranges::any_of(alternatives, [](const auto& a) { return says_nothing(a); })) alternatives.clear();
}

void expand(Values& values, const std::vector<std::string>& domains) {
  auto wanted = expand_principals(texts(values), domains);
  std::erase_if(wanted, [&](const std::string& value) {  // certificates of an alias do not get past ztunnel's TLS. F6
    const auto domain = value.substr(0, value.find('/'));
    return domain != domains.front() && std::ranges::find(domains, domain) != domains.end();
  });
  assign(values, wanted);
}

}  // namespace

std::vector<MappedPort> mapped_ports(const MeshModel& mesh, ServiceId service) {
  std::vector<MappedPort> out;
  for (const auto& port : mesh[service].spec.ports) {
    if (port.protocol != "TCP") continue;
    MappedPort mapped{.service_port = port.port, .container_ports = {}};
    for (const auto id : mesh[service].backends) mapped.container_ports.push_back(mesh.container_port(port, id));
    out.push_back(std::move(mapped));
  }
  return out;
}

std::optional<Rule> waypoint_rule(const Rule& rule, AuthorizationAction action, std::span<const MappedPort> ports) {
  auto out = rule;
  std::erase_if(out.to, [&](Operation& operation) { return !map_ports(operation.ports, action, ports); });
  if (out.to.empty() && !rule.to.empty()) return std::nullopt;
  for (auto& condition : out.when)
    if (reads(condition, ConditionAttribute::DestinationPort) && !map_ports(condition.match, action, ports)) return std::nullopt;
  std::erase_if(out.when, [](const Condition& condition) { return !constrains(condition.match); });
  drop_if_always(out.to);
  if (action == AuthorizationAction::Allow && reads_http(rule) && !reads_http(out)) {
    if (out.to.empty()) out.to.emplace_back();
    for (auto& operation : out.to) operation.methods.values = spanned({"*"});
  }
  return out;
}

std::optional<Rule> ztunnel_rule(const Rule& rule, AuthorizationAction action, const std::vector<std::string>& domains) {
  if (action == AuthorizationAction::Allow && !exact_at_ztunnel(rule)) return std::nullopt;
  auto out = rule;
  for (auto& operation : out.to) keep_layer_4(operation);
  for (auto& source : out.from) {
    keep_layer_4(source);
    expand(source.principals.values, domains);
    expand(source.principals.not_values, domains);
  }
  drop_if_always(out.to);
  drop_if_always(out.from);
  std::erase_if(out.when, [](const Condition& condition) { return !condition_exact_at_ztunnel(condition); });
  for (auto& condition : out.when) {
    if (!reads(condition, ConditionAttribute::SourcePrincipal)) continue;
    expand(condition.match.values, domains);
    expand(condition.match.not_values, domains);
  }
  return out;
}

void qualify_service_accounts(Rule& rule, const std::string& policy_namespace) {
  const auto qualify = [&](Values& values) {
    for (auto& value : values) {
      if (value.value.find('/') == std::string::npos) value.value = fmt::format("{}/{}", policy_namespace, value.value);
    }
  };
  for (auto& source : rule.from) {
    qualify(source.service_accounts.values);
    qualify(source.service_accounts.not_values);
  }
  for (auto& condition : rule.when) {
    if (!reads(condition, ConditionAttribute::SourceServiceAccount)) continue;
    qualify(condition.match.values);
    qualify(condition.match.not_values);
  }
}

Rule admit_waypoints(const std::vector<std::string>& principals) {
  Source source;
  source.principals.values = spanned(principals);
  Rule rule;
  rule.from.push_back(std::move(source));
  return rule;
}

void exempt_waypoints(Rule& rule, const std::vector<std::string>& principals) {
  if (principals.empty()) return;
  Condition condition;
  condition.key.value = "source.principal";
  condition.match.not_values = spanned(principals);
  rule.when.push_back(std::move(condition));
}

}  // namespace s2a
