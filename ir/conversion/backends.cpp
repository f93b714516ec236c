// Destinations as backendRefs. routing.md 1.3, 4.2, 5.3
//
//   - destination: {host: reviews, subset: v1}           - group: ""
//     weight: 90                                   ->      kind: Service
//                                                          name: reviews-v1
//                                                          port: 80
//                                                          weight: 90
#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "ir/conversion/rule_action.h"

namespace s2a {
namespace {

constexpr std::size_t kMostBackends = 16;
constexpr std::int64_t kHeaviest = 1'000'000;

tl::unexpected<RouteRefusal> refused(Obstacle obstacle, const FlatRule& rule, std::string_view field, NodeId node, std::string detail) {
  return tl::make_unexpected(RouteRefusal{.obstacle = obstacle, .resource = &rule.holder_of(field), .node = node, .detail = std::move(detail)});
}

/// Settings of a port pick the endpoint only where the rule names the port, which a route always does. routing.md 4.3
bool hash_changes(const RoutedHost& host, const RouteDestination& to, std::uint16_t port, const ConversionPlace& place) {
  const auto proxy = RoutingProxy{.ns = host.ns, .labels = {}, .waypoint = true};
  const auto& destinations = place.routing.destinations;
  return !to.port && destinations.hash(host.host, to.subset, std::nullopt, proxy) != destinations.hash(host.host, to.subset, port, proxy);
}

}  // namespace

OrRefused<Value> backend_ref(const RouteDestination& to, const FlatRule& rule, std::string_view field, const ConversionPlace& place, Needs& needs) {
  const auto& hosts = place.routing.hosts;
  const auto* host = hosts.find(to.host.value);
  if (host == nullptr) return refused(Obstacle::UnknownDestination, rule, field, to.host.node, to.host.value);
  const auto port = to.port.value_or(place.port);
  if (hosts.port(*host, port) == nullptr) return refused(Obstacle::DestinationPort, rule, field, to.node, fmt::format("{} port {}", to.host.value, port));
  if (hash_changes(*host, to, port, place)) return refused(Obstacle::HashOfPort, rule, field, to.node, fmt::format("{} port {}", to.host.value, port));
  const auto* id = std::get_if<ServiceId>(&host->is);
  std::string name = id != nullptr ? (*place.routing.mesh)[*id].name : std::string();
  if (!to.subset.empty()) {
    const auto subset = place.subsets.find(*host, to.subset);
    if (!subset) return refused(subset.error().obstacle, rule, field, to.node, subset.error().detail);
    name = subset->name;
    if (!subset->exists) needs.subsets.insert({.service = *id, .subset = to.subset});
    if (subset->assumed) needs.assumed.insert(fmt::format("{} {}", to.host.value, to.subset));
  }
  if (id == nullptr) return Value::Map{{"group", "networking.istio.io"}, {"kind", "Hostname"}, {"name", to.host.value}, {"port", port}};
  Value::Map out{{"group", ""}, {"kind", "Service"}, {"name", name}};
  if (host->ns != place.host.ns) out.emplace_back("namespace", host->ns);
  out.emplace_back("port", port);
  return out;
}

OrRefused<Value::Sequence> weighted_backends(const std::vector<WeightedDestination>& route, const FlatRule& rule, const ConversionPlace& place, Needs& needs) {
  const bool several = route.size() > 1;
  const auto weighted = [&](const WeightedDestination& to) { return !several || to.weight > 0; };
  const auto positive = std::ranges::count_if(route, weighted);
  if (positive == 0) return refused(Obstacle::WeightAction, rule, "route", rule.rule.node, "all are 0");
  if (route.size() > kMostBackends) return refused(Obstacle::WeightAction, rule, "route", rule.rule.node, fmt::format("{} destinations", route.size()));
  std::int64_t unit = 1;
  if (std::ranges::any_of(route, [](const WeightedDestination& to) { return to.weight > kHeaviest; })) {
    unit = 0;
    for (const auto& to : route) unit = std::gcd(unit, to.weight);
  }
  Value::Sequence out;
  for (const auto& to : route) {
    auto ref = backend_ref(to.destination, rule, "route", place, needs);
    if (!ref) {
      if (!weighted(to)) continue;  // nothing is sent there
      return tl::make_unexpected(ref.error());
    }
    auto& entries = std::get<Value::Map>(ref->content);
    if (several && to.weight / unit > kHeaviest) return refused(Obstacle::WeightAction, rule, "route", to.destination.node, std::to_string(to.weight));
    if (several) entries.emplace_back("weight", to.weight / unit);
    if (several && positive == 1 && weighted(to)) {  // Envoy's order of both levels depends on how many destinations there are
      const auto own = changed_headers(to.headers);
      for (const auto& name : changed_headers(rule.rule.headers.value_or(HeaderChanges{})))
        if (own.contains(name)) return refused(Obstacle::HeaderTwice, rule, "route", to.headers.node, name);
    }
    auto filters = header_filters(to.headers);
    if (!filters) return refused(filters.error().obstacle, rule, "route", to.headers.node, filters.error().detail);
    if (!filters->empty()) entries.emplace_back("filters", *std::move(filters));
    out.push_back(*std::move(ref));
  }
  return out;
}

}  // namespace s2a
