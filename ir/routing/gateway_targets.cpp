// Destinations and backends, mirrors included.
#include "ir/routing/gateway_targets.h"

#include <algorithm>
#include <array>

namespace s2a {

std::set<Dialled> gateway_targets(const MeshModel& mesh, const Hosts& hosts) {
  std::set<Dialled> out;
  const auto add = [&](const std::string& host, const std::string& ns) {
    if (const auto* found = hosts.find(hosts.resolved(host, ns))) out.insert(found->is);
  };
  for (const auto* resource : mesh.all(Kind::VirtualService)) {
    const auto& service = std::get<VirtualService>(resource->spec);
    if (!service.delegate() && std::ranges::all_of(service.gateways, [](const auto& gateway) { return gateway.value == "mesh"; })) continue;
    for (const auto* to : service.destinations()) add(to->host.value, resource->ns.value);
  }
  for (const auto kind : std::array{Kind::HTTPRoute, Kind::GRPCRoute, Kind::TCPRoute, Kind::TLSRoute}) {
    for (const auto* resource : mesh.all(kind)) {
      const auto& route = std::get<Route>(resource->spec);
      if (std::ranges::all_of(route.parents, [](const ObjectRef& p) { return p.kind.value == "Service" || p.kind.value == "ServiceEntry"; })) continue;
      for (const auto* to : route.backends())
        if (to->kind.value.empty() || to->kind.value == "Service")
          add(service_host(to->name.value, to->ns.empty() ? resource->ns.value : to->ns, mesh.cluster_domain()), resource->ns.value);
    }
  }
  return out;
}

}  // namespace s2a
