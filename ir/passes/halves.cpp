// Building the halves.
#include "ir/passes/halves.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/mesh/rule_shape.h"
#include "ir/passes/rule_text.h"

namespace s2a {
namespace {

constexpr std::size_t kMostRules = 512;  // CRD limit, authorization.md 2.11
constexpr std::string_view kDryRun = "istio.io/dry-run";

/// The policy's own text, with other rules, as often as it takes to hold them all.
template <class Adapt>
std::vector<Value> objects(const Store& store, const Resource& policy, AuthorizationAction action, const std::vector<Rule>& rules, Adapt adapt) {
  std::vector<Value> out;
  for (std::size_t first = 0; first == 0 || first < rules.size(); first += kMostRules) {
    auto value = to_value(store[policy.document], policy.node);
    auto& spec = child(value, "spec");
    if (action != authorization_of(policy).action) {
      set(spec, "action", to_string(action));
      erase(spec, "provider");
    }
    adapt(spec);
    const auto begin = rules.begin() + static_cast<std::ptrdiff_t>(first);
    const std::vector<Rule> some(begin, begin + static_cast<std::ptrdiff_t>(std::min(kMostRules, rules.size() - first)));
    if (!some.empty())
      set(spec, "rules", to_value(some, &store[policy.document]));
    else if (!authorization_of(policy).rules.empty())
      erase(spec, "rules");
    out.push_back(std::move(value));
  }
  return out;
}

Value target(std::string_view group, std::string_view kind, std::string_view name) { return Value::Map{{"group", group}, {"kind", kind}, {"name", name}}; }

Value target_refs(const WaypointHalf& half) {
  Value::Sequence out;
  for (const auto& service : half.services) out.push_back(service_target(service));
  if (half.services.empty()) out.push_back(target("gateway.networking.k8s.io", "Gateway", half.gateway));
  return out;
}

std::vector<Rule> own_rules(const Resource& policy) {
  auto rules = authorization_of(policy).rules;
  for (auto& rule : rules) qualify_service_accounts(rule, policy.ns.value);
  return rules;
}

}  // namespace

std::vector<Rule> rules_at(const Resource& policy, const Front& front) {
  std::vector<Rule> out;
  for (const auto& rule : front.ns == policy.ns.value ? authorization_of(policy).rules : own_rules(policy))
    for (auto& told : rules_at_waypoint(rule, authorization_of(policy).action, front.ports).rules) out.push_back(std::move(told));
  if (front.opens == policy.id) out.push_back(for_ports(uncaptured_ports(front)));
  return out;
}

void add_front(std::vector<WaypointHalf>& halves, const Resource& policy, const Front& front) {
  const auto& spec = authorization_of(policy);
  const auto action = spec.action == AuthorizationAction::Custom && front.several_providers ? AuthorizationAction::Deny : spec.action;
  auto rules = rules_at(policy, front);
  auto written = to_value(rules);
  if (front.to_pods) {
    halves.push_back({.action = action, .rules = std::move(rules), .written = std::move(written), .services = {}, .gateway = front.name});
    return;
  }
  const auto same =
      std::ranges::find_if(halves, [&](const WaypointHalf& h) { return h.gateway.empty() && h.action == action && h.written == written && h.services.size() < kMostTargets; });
  if (same != halves.end())
    same->services.push_back(front.name);
  else
    halves.push_back({.action = action, .rules = std::move(rules), .written = std::move(written), .services = {front.name}, .gateway = {}});
}

void add_gateway(std::vector<WaypointHalf>& halves, const Resource& policy, const Waypoint& waypoint) {
  auto rules = own_rules(policy);
  auto written = to_value(rules);
  halves.push_back({.action = authorization_of(policy).action, .rules = std::move(rules), .written = std::move(written), .services = {}, .gateway = waypoint.name});
}

ZtunnelHalf ztunnel_half(const Resource& policy, const Exempt& exempt, const ZtunnelScope& scope, bool stays) {
  const auto& spec = authorization_of(policy);
  const bool custom = spec.action == AuthorizationAction::Custom;
  ZtunnelHalf out{.action = custom ? AuthorizationAction::Deny : spec.action, .rules = {}};
  for (const auto& rule : stays ? own_rules(policy) : spec.rules) {
    auto told = rules_at_ztunnel(rule, spec.action, scope);
    if (stays && !custom && told.exact && to_value(told.rules) == to_value({rule})) continue;  // said already
    for (auto& one : told.rules) {
      const bool said_again = !told.exact && std::ranges::any_of(out.rules, [&](const Rule& r) { return to_value({r}) == to_value({one}); });
      if (!said_again) out.rules.push_back(std::move(one));
    }
  }
  if (out.action == AuthorizationAction::Deny) {
    for (auto& rule : out.rules) {
      exempt_waypoints(rule, exempt.waypoints);
      exempt_ports(rule, exempt.ports);
    }
    return out;
  }
  if (!exempt.waypoints.empty()) out.rules.push_back(admit_waypoints(exempt.waypoints));
  if (!exempt.ports.empty()) out.rules.push_back(for_ports(exempt.ports));
  return out;
}

bool same_as(const Resource& policy, const ZtunnelHalf& half) {
  return half.action == authorization_of(policy).action && to_value(half.rules) == to_value(authorization_of(policy).rules);
}

std::vector<Value> as_waypoint_half(const Store& store, const Resource& policy, const WaypointHalf& half) {
  return objects(store, policy, half.action, half.rules, [&](Value& spec) { set_targets(spec, target_refs(half)); });
}

std::vector<Value> as_ztunnel_half(const Store& store, const Resource& policy, const ZtunnelHalf& half, const Labels* labels) {
  return objects(store, policy, half.action, half.rules, [&](Value& spec) {
    if (labels != nullptr) set(spec, "selector", match_labels(*labels));
  });
}

Value as_copy(Value half, std::string_view name, std::string_view ns) {
  auto& metadata = child(half, "metadata");
  auto* annotations = find(metadata, "annotations");
  const auto* dry_run = annotations == nullptr ? nullptr : find(*annotations, kDryRun);
  const auto kept = dry_run == nullptr ? std::nullopt : std::optional(*dry_run);
  erase(metadata, "annotations");
  erase_what_clusters_write(half);
  set(metadata, "name", name);
  if (!ns.empty()) set(metadata, "namespace", ns);
  if (kept) set(metadata, "annotations", Value::Map{{std::string(kDryRun), *kept}});
  return half;
}

std::string policy_version(const Resource& cause) {
  constexpr std::string_view kGroup = "security.istio.io/";
  return cause.api_version.value.starts_with(kGroup) ? cause.api_version.value : fmt::format("{}v1", kGroup);
}

Value service_target(std::string_view name) { return target("", "Service", name); }

Value match_labels(const Labels& labels) {
  Value::Map out;
  for (const auto& [key, value] : labels) out.emplace_back(key, value.value);
  return Value::Map{{"matchLabels", std::move(out)}};
}

void set_targets(Value& spec, Value targets) {
  auto& entries = std::get<Value::Map>(spec.content);
  const auto selector = std::ranges::find(entries, "selector", &Value::Map::value_type::first);
  if (selector != entries.end()) {
    targets.origin = selector->second.origin;
    *selector = {"targetRefs", std::move(targets)};
    return;
  }
  const auto action = std::ranges::find(entries, "action", &Value::Map::value_type::first);
  entries.insert(action == entries.end() ? entries.begin() : action + 1, {"targetRefs", std::move(targets)});
}

std::string describe(const std::vector<std::string>& services) { return fmt::format("targetRefs[Service/{}]", fmt::join(services, ", Service/")); }

std::string describe(const WaypointHalf& half) { return half.services.empty() ? fmt::format("targetRefs[Gateway/{}]", half.gateway) : describe(half.services); }

std::string selected(const std::optional<Selector>& selector) {
  if (!selector || selector->empty()) return "the whole namespace";
  return "selector " + selector_text(*selector->match_labels);
}

std::string reason(const Resource& policy, const std::vector<std::string>& domains) {
  const auto& spec = authorization_of(policy);
  if (spec.action == AuthorizationAction::Custom) return "ztunnel asks no provider";
  if (!decides(spec)) return "a waypoint does not read selectors";
  for (const auto& rule : spec.rules) {
    for (const auto& operation : rule.to) {
      if (constrains(operation.methods)) return "HTTP methods need a waypoint";
      if (constrains(operation.paths)) return "HTTP paths need a waypoint";
      if (constrains(operation.hosts)) return "HTTP hosts need a waypoint";
    }
    for (const auto& source : rule.from) {
      if (constrains(source.request_principals)) return "tokens need a waypoint";
      if (constrains(source.remote_ip_blocks)) return "forwarded addresses need a waypoint";
    }
    for (const auto& when : rule.when) {
      if (when.key.value.starts_with("request.auth.")) return "tokens need a waypoint";
      if (reads_http(when)) return "HTTP headers need a waypoint";
    }
    if (!exact_at_ztunnel(rule, spec.action, domains)) return "ztunnel reads a value of it otherwise";
  }
  return "the waypoint hides the callers from ztunnel";
}

std::string ztunnel_reason(const Resource& policy) {
  return authorization_of(policy).action == AuthorizationAction::Allow ? "lets the waypoint in, and direct callers where layer 4 says so"
                                                                       : "denies direct callers; the waypoint has judged its own";
}

}  // namespace s2a
