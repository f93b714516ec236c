// Routes and client settings that sidecars follow, and neither ztunnel nor a waypoint does: no caller may leave its sidecar.
#include <fmt/format.h>

#include "ir/passes/blockers.h"
#include "ir/routing/hosts.h"

namespace s2a {
namespace {

/// A client's sidecar applies them, and every namespace may hold clients.
std::set<std::string> all_clients(const MeshModel& mesh) { return sidecar_namespaces(mesh, mesh.root_namespace(), nullptr); }

constexpr std::string_view kClients = "every sidecar may route by it: no namespace can leave its sidecars before that is settled";

/// Whether a waypoint can stand before what an object of that namespace calls so: a Service with an address of its own.
bool can_have_waypoint(const MeshModel& mesh, const Hosts& hosts, const std::string& host, const std::string& ns) {
  const auto* found = hosts.find(hosts.resolved(host, ns));
  const auto* service = found != nullptr ? std::get_if<ServiceId>(&found->is) : nullptr;
  return service != nullptr && !mesh[*service].spec.headless() && !mesh[*service].spec.external_name();
}

void find_in_virtual_services(const MeshModel& mesh, const Hosts& hosts, std::vector<Diagnostic>& out) {
  for (const auto* resource : mesh.all(Kind::VirtualService)) {
    const auto& service = std::get<VirtualService>(resource->spec);
    if (!service.in_mesh()) continue;
    for (const auto& host : service.hosts)
      if (!can_have_waypoint(mesh, hosts, host.value, resource->ns.value))
        out.push_back(block(mesh, *resource, host.node, Code::UnsupportedVirtualService,
                            fmt::format("`{}` is no Service with an address: no waypoint would route for it", host.value), all_clients(mesh), kClients));
  }
}

void find_in_routes(const MeshModel& mesh, const Hosts& hosts, std::vector<Diagnostic>& out) {
  for (const auto kind : {Kind::HTTPRoute, Kind::TCPRoute, Kind::TLSRoute, Kind::GRPCRoute}) {
    for (const auto* resource : mesh.all(kind)) {
      for (const auto& parent : std::get<Route>(resource->spec).parents) {
        if (parent.kind.value != "Service" && parent.kind.value != "ServiceEntry") continue;
        const auto& ns = parent.ns.empty() ? resource->ns.value : parent.ns;
        if (parent.kind.value == "Service" && can_have_waypoint(mesh, hosts, parent.name.value, ns)) continue;
        out.push_back(block(mesh, *resource, parent.name.node, Code::UnsupportedMeshRoute,
                            fmt::format("{} {} is no Service with an address: no waypoint would follow the route", parent.kind.value, parent.name.value), all_clients(mesh),
                            kClients));
      }
    }
  }
}

void find_in_destination_rules(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto* resource : mesh.all(Kind::DestinationRule)) {
    const auto& rule = std::get<DestinationRule>(resource->spec);
    if (!rule.tls_mode.value.empty() && rule.tls_mode.value != "ISTIO_MUTUAL") {
      out.push_back(block(mesh, *resource, rule.tls_mode.node, Code::UnsupportedDestinationRuleTls,
                          fmt::format("TLS mode {} of a client is not translated yet", rule.tls_mode.value), all_clients(mesh), kClients));
    }
  }
}

}  // namespace

void find_traffic_blockers(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  const Hosts hosts(mesh);
  find_in_virtual_services(mesh, hosts, out);
  find_in_routes(mesh, hosts, out);
  find_in_destination_rules(mesh, out);
}

}  // namespace s2a
