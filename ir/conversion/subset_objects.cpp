// Writing Services and DestinationRules of subsets.
#include "ir/conversion/subset_objects.h"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "ir/mesh/short_name.h"
#include "ir/mesh/well_known.h"

namespace s2a {
namespace {

constexpr std::array kWaypointLabels{kUseWaypoint, kUseWaypointNamespace, kCanary, kCanaryNamespace};
constexpr std::array<std::string_view, 2> kAnnotations{"networking.istio.io/exportTo", "networking.istio.io/traffic-distribution"};

Labels selector_of(const Service& base, const Labels& labels) {
  auto out = base.selector;
  out.insert(labels.begin(), labels.end());
  return out;
}

bool same_labels(const Labels& a, const Labels& b) {
  return std::ranges::equal(a, b, [](const auto& x, const auto& y) { return x.first == y.first && x.second.value == y.second.value; });
}

auto fields_of(const ServicePort& port) { return std::tuple(port.name.value, port.port, port.target_port, port.protocol, port.app_protocol); }

Value::Map map_of(const Labels& labels) {
  Value::Map out;
  for (const auto& [key, value] : labels) out.emplace_back(key, value.value);
  return out;
}

template <class Keys>
Value::Map chosen(const Labels& from, const Keys& keys) {
  Value::Map out;
  for (const auto key : keys)
    if (const auto found = from.find(key); found != from.end()) out.emplace_back(key, found->second.value);
  return out;
}

Value port_value(const ServicePort& port) {
  Value::Map out;
  if (port.name.written()) out.emplace_back("name", port.name.value);
  out.emplace_back("port", port.port);
  if (const auto* number = std::get_if<std::uint16_t>(&port.target_port))
    out.emplace_back("targetPort", *number);
  else
    out.emplace_back("targetPort", std::get<std::string>(port.target_port));
  out.emplace_back("protocol", port.protocol);
  if (!port.app_protocol.empty()) out.emplace_back("appProtocol", port.app_protocol);
  return out;
}

Value service_value(const RoutingContext& routing, const MeshService& base, const SubsetService& as) {
  Value::Map metadata{{"name", as.name}, {"namespace", base.ns}};
  if (base.resource) {
    const auto& resource = routing.mesh->store()[*base.resource];
    if (auto labels = chosen(resource.labels, kWaypointLabels); !labels.empty()) metadata.emplace_back("labels", std::move(labels));
    if (auto annotations = chosen(resource.annotations, kAnnotations); !annotations.empty()) metadata.emplace_back("annotations", std::move(annotations));
  }
  Value::Sequence ports;
  for (const auto& port : base.spec.ports) ports.push_back(port_value(port));
  Value::Map spec{{"type", "ClusterIP"}, {"selector", map_of(selector_of(base.spec, as.labels))}, {"ports", std::move(ports)}};
  spec.insert(spec.end(), base.spec.settings.begin(), base.spec.settings.end());
  return Value::Map{{"apiVersion", "v1"}, {"kind", "Service"}, {"metadata", std::move(metadata)}, {"spec", std::move(spec)}};
}

Value::Map map_of(const TrafficPolicy::Settings& settings) { return {settings.begin(), settings.end()}; }

/// The settings of each port of the Service: at the top where they are the same for all. routing.md 4.3
OrRefused<Value::Map> policy_value(const RoutingContext& routing, const RoutedHost& host, const std::string& subset) {
  const auto proxy = subset_proxy(host);
  std::vector<std::pair<std::uint16_t, TrafficPolicy::Settings>> by_port;
  for (const auto& port : routing.hosts.ports(host)) by_port.emplace_back(port.port, routing.destinations.policy(host.host, subset, port.port, proxy));
  if (std::ranges::all_of(by_port, [&](const auto& entry) { return entry.second == by_port.front().second; }))
    return by_port.empty() ? Value::Map{} : map_of(by_port.front().second);
  Value::Sequence ports;
  for (const auto& [port, settings] : by_port) {
    for (const auto field : {"tunnel", "proxyProtocol", "retryBudget"})
      if (settings.contains(field)) return refused(Obstacle::SubsetPolicy, field);
    if (settings.empty()) continue;
    Value::Map entry{{"port", Value::Map{{"number", port}}}};
    for (const auto& [field, value] : settings) entry.emplace_back(field, value);
    ports.emplace_back(std::move(entry));
  }
  return Value::Map{{"portLevelSettings", std::move(ports)}};
}

}  // namespace

RoutingProxy subset_proxy(const RoutedHost& host) { return {.ns = host.ns, .labels = {}, .waypoint = true}; }

bool stands_for(const Service& service, const Service& base, const Labels& labels) {
  const bool ports = std::ranges::equal(service.ports, base.ports, [](const ServicePort& a, const ServicePort& b) { return fields_of(a) == fields_of(b); });
  return ports && service.type == "ClusterIP" && !service.headless() && same_labels(service.selector, selector_of(base, labels));
}

OrRefused<SubsetObjects> subset_objects(const RoutingContext& routing, const RoutedHost& host, const std::string& subset, const SubsetService& as) {
  const auto& base = (*routing.mesh)[std::get<ServiceId>(host.is)];
  SubsetObjects out{.service = service_value(routing, base, as), .destination_rule = {}};
  const auto rules = routing.destinations.rules(host.host, subset_proxy(host));
  for (const auto* rule : rules) {
    const auto& subsets = std::get<DestinationRule>(rule->spec).subsets;
    const bool defines = std::ranges::any_of(subsets, [&](const Subset& s) { return s.name.value == subset; });
    if (out.from == nullptr && defines) out.from = rule;
  }
  auto policy = policy_value(routing, host, subset);
  if (!policy) return tl::make_unexpected(policy.error());
  const auto new_host = fmt::format("{}.{}.svc.{}", as.name, base.ns, routing.mesh->cluster_domain());
  const bool other_rule = !routing.destinations.rules(new_host, subset_proxy(host)).empty();  // a wildcard that does not apply to the subset
  if (policy->empty() && !other_rule) return out;
  const auto* source = rules.empty() ? nullptr : rules.front();
  const auto& ns = source != nullptr ? source->ns.value : base.ns;
  const bool taken = std::ranges::any_of(routing.mesh->all(Kind::DestinationRule), [&](const Resource* r) { return r->ns.value == ns && r->name.value == as.name; });
  Value::Map spec{{"host", new_host}};
  if (!policy->empty()) spec.emplace_back("trafficPolicy", *std::move(policy));
  if (source != nullptr && !std::get<DestinationRule>(source->spec).export_to.empty()) {
    Value::Sequence to;
    for (const auto& name : std::get<DestinationRule>(source->spec).export_to) to.emplace_back(name);
    spec.emplace_back("exportTo", std::move(to));
  }
  out.destination_rule = Value::Map{{"apiVersion", source != nullptr ? source->api_version.value : "networking.istio.io/v1"},
                                    {"kind", "DestinationRule"},
                                    {"metadata", Value::Map{{"name", taken ? name_with_checksum(as.name, host.host) : as.name}, {"namespace", ns}}},
                                    {"spec", std::move(spec)}};
  return out;
}

}  // namespace s2a
