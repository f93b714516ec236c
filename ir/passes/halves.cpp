// Building the halves.
#include "ir/passes/halves.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/authz/expressible.h"
#include "ir/mesh/rule_shape.h"
#include "ir/passes/names.h"

namespace s2a {
namespace {

constexpr std::size_t kMostTargets = 16;  // CRD limit, authorization.md 2.11

const AuthorizationPolicy& spec_of(const Resource& policy) { return std::get<AuthorizationPolicy>(policy.spec); }

void set_rules(Value& spec, const AuthorizationPolicy& policy, const std::vector<Rule>& rules) {
  if (!rules.empty())
    set(spec, "rules", to_value(rules));
  else if (!policy.rules.empty())
    erase(spec, "rules");
}

Value target(std::string_view group, std::string_view kind, std::string_view name) { return Value::Map{{"group", group}, {"kind", kind}, {"name", name}}; }

Value target_refs(const WaypointHalf& half) {
  Value::Sequence out;
  for (const auto& service : half.services) out.push_back(target("", "Service", service));
  if (half.services.empty()) out.push_back(target("gateway.networking.k8s.io", "Gateway", half.gateway));
  return out;
}

/// In the place of the selector; else behind the action.
void set_targets(Value& spec, Value targets) {
  auto& entries = std::get<Value::Map>(spec.content);
  const auto selector = std::ranges::find(entries, "selector", &Value::Map::value_type::first);
  if (selector != entries.end()) {
    *selector = {"targetRefs", std::move(targets)};
    return;
  }
  const auto action = std::ranges::find(entries, "action", &Value::Map::value_type::first);
  entries.insert(action == entries.end() ? entries.begin() : action + 1, {"targetRefs", std::move(targets)});
}

std::vector<Rule> own_rules(const Resource& policy) {
  auto rules = spec_of(policy).rules;
  for (auto& rule : rules) qualify_service_accounts(rule, policy.ns.value);
  return rules;
}

}  // namespace

void add_service(std::vector<WaypointHalf>& halves, const MeshModel& mesh, const Resource& policy, ServiceId service) {
  const auto action = spec_of(policy).action;
  const auto ports = mapped_ports(mesh, service);
  std::vector<Rule> rules;
  for (const auto& rule : mesh[service].ns == policy.ns.value ? spec_of(policy).rules : own_rules(policy)) {
    if (auto mapped = waypoint_rule(rule, action, ports)) rules.push_back(std::move(*mapped));
  }
  if (rules.empty() && action == AuthorizationAction::Deny) return;
  auto written = to_value(rules);
  const auto same = std::ranges::find_if(halves, [&](const WaypointHalf& h) { return h.written == written && h.services.size() < kMostTargets; });
  if (same != halves.end())
    same->services.push_back(mesh[service].name);
  else
    halves.push_back({.rules = std::move(rules), .written = std::move(written), .services = {mesh[service].name}, .gateway = {}});
}

void add_gateway(std::vector<WaypointHalf>& halves, const Resource& policy, const Waypoint& waypoint) {
  auto rules = own_rules(policy);
  auto written = to_value(rules);
  halves.push_back({.rules = std::move(rules), .written = std::move(written), .services = {}, .gateway = waypoint.name});
}

std::vector<Rule> ztunnel_rules(const Resource& policy, const std::vector<std::string>& waypoints, const std::vector<std::string>& domains, ZtunnelScope scope) {
  const auto action = spec_of(policy).action;
  std::vector<Rule> out;
  if (scope == ZtunnelScope::Own) {
    for (const auto& rule : spec_of(policy).rules) {
      if (auto kept = ztunnel_rule(rule, action, domains)) out.push_back(std::move(*kept));
    }
  }
  if (action == AuthorizationAction::Deny) {
    for (auto& rule : out) exempt_waypoints(rule, waypoints);
  } else if (!waypoints.empty()) {
    out.push_back(admit_waypoints(waypoints));
  }
  return out;
}

bool needs_ztunnel_half(const Resource& policy, const std::vector<Rule>& rules) { return spec_of(policy).action == AuthorizationAction::Allow || !rules.empty(); }

Value as_waypoint_half(const Store& store, const Resource& policy, const WaypointHalf& half) {
  auto value = to_value(store[policy.document], policy.node);
  auto& spec = child(value, "spec");
  set_targets(spec, target_refs(half));
  set_rules(spec, spec_of(policy), half.rules);
  return value;
}

Value as_ztunnel_half(const Store& store, const Resource& policy, const std::vector<Rule>& rules) {
  auto value = to_value(store[policy.document], policy.node);
  if (!rules.empty() || !spec_of(policy).rules.empty()) set_rules(child(value, "spec"), spec_of(policy), rules);
  return value;
}

Value as_copy(Value half, std::string_view name, std::string_view ns) {
  auto& metadata = child(half, "metadata");
  for (const auto* key : {"annotations", "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "ownerReferences", "finalizers", "generateName"})
    erase(metadata, key);
  erase(half, "status");
  set(metadata, "name", name);
  if (!ns.empty()) set(metadata, "namespace", ns);
  return half;
}

Value allow_nothing_at(const MeshService& service, std::string_view name, const Resource& like) {
  return Value::Map{{"apiVersion", like.api_version.value},
                    {"kind", "AuthorizationPolicy"},
                    {"metadata", Value::Map{{"name", name}, {"namespace", service.ns}}},
                    {"spec", Value::Map{{"targetRefs", Value::Sequence{target("", "Service", service.name)}}}}};
}

std::string describe(const WaypointHalf& half) {
  if (half.services.empty()) return fmt::format("targetRefs[Gateway/{}]", half.gateway);
  return fmt::format("targetRefs[Service/{}]", fmt::join(half.services, ", Service/"));
}

std::string selected(const Resource& policy) {
  const auto& selector = spec_of(policy).selector;
  if (!selector || selector->empty()) return "the whole namespace";
  return "selector " + selector_text(*selector->match_labels);
}

std::string reason(const Resource& policy) {
  for (const auto& rule : spec_of(policy).rules) {
    for (const auto& operation : rule.to) {
      if (constrains(operation.methods)) return "HTTP methods need a waypoint";
      if (constrains(operation.paths)) return "HTTP paths need a waypoint";
      if (constrains(operation.hosts)) return "HTTP hosts need a waypoint";
    }
    if (std::ranges::any_of(rule.when, [](const Condition& c) { return reads_http(c); })) return "HTTP headers need a waypoint";
    if (!std::ranges::all_of(rule.when, [](const Condition& c) { return condition_exact_at_ztunnel(c); })) return "ztunnel does not know a condition";
    if (!exact_at_ztunnel(rule)) return "ztunnel reads these namespaces otherwise";
  }
  return "the waypoint hides the callers from ztunnel";
}

std::string ztunnel_reason(const Resource& policy) {
  return spec_of(policy).action == AuthorizationAction::Allow ? "lets the waypoint in, and direct callers where layer 4 says so"
                                                              : "denies direct callers; the waypoint has judged its own";
}

Names::Names(const MeshModel& mesh) {
  for (const auto* resource : mesh.all(Kind::AuthorizationPolicy)) taken_[resource->ns.value].insert(resource->name.value);
}

std::string Names::take(const std::string& ns, std::string_view base, std::string_view suffix) { return derive_name(base, suffix, taken_[ns]); }

}  // namespace s2a
