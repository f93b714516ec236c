// Routes and client settings that sidecars follow and ztunnel does not: until they are translated, no caller may leave its sidecar.
#include <fmt/format.h>

#include <algorithm>

#include "ir/passes/blockers.h"

namespace s2a {
namespace {

/// A client's sidecar applies them, and every namespace may hold clients.
std::set<std::string> all_clients(const MeshModel& mesh) { return sidecar_namespaces(mesh, mesh.root_namespace(), nullptr); }

constexpr std::string_view kClients = "every sidecar may route by it: no namespace can leave its sidecars before it is translated";

void find_in_routes(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto* resource : mesh.all(Kind::VirtualService)) {
    const auto& service = std::get<VirtualService>(resource->spec);
    if (!service.in_mesh()) continue;
    const auto node = service.gateways.empty() ? (service.hosts.empty() ? kNoNode : service.hosts.front().node)
                                               : std::ranges::find(service.gateways, "mesh", [](const auto& g) { return g.value; })->node;
    out.push_back(block(mesh, *resource, node, Code::UnsupportedVirtualService, "routes of the mesh are not translated yet", all_clients(mesh), kClients));
  }
  for (const auto kind : {Kind::HTTPRoute, Kind::TCPRoute, Kind::TLSRoute, Kind::GRPCRoute}) {
    for (const auto* resource : mesh.all(kind)) {
      const auto& route = std::get<Route>(resource->spec);
      const auto parent = std::ranges::find_if(route.parents, [](const ObjectRef& p) { return p.kind.value == "Service" || p.kind.value == "ServiceEntry"; });
      if (parent == route.parents.end() || mesh_route_goes_along(*resource)) continue;
      out.push_back(block(mesh, *resource, route.rewrites == kNoNode ? parent->kind.node : route.rewrites, Code::UnsupportedMeshRoute,
                          route.rewrites == kNoNode ? "this route of the mesh is not translated yet" : "what the route rewrites, policies would see as it was before",
                          all_clients(mesh), kClients));
    }
  }
}

/// Sidecars follow a route on a headless Service; no waypoint ever stands before one.
void find_headless_parents(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto kind : {Kind::HTTPRoute, Kind::GRPCRoute}) {
    for (const auto* resource : mesh.all(kind)) {
      if (!mesh_route_goes_along(*resource)) continue;
      for (const auto& parent : std::get<Route>(resource->spec).parents) {
        const auto is_it = [&](const MeshService& s) { return s.ns == resource->ns.value && s.name == parent.name.value && s.spec.headless(); };
        if (std::ranges::any_of(mesh.services(), is_it))
          out.push_back(
              block(mesh, *resource, parent.name.node, Code::UnsupportedMeshRoute, "the Service is headless: no waypoint would follow the route", all_clients(mesh), kClients));
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

bool mesh_route_goes_along(const Resource& resource) {
  const auto& route = std::get<Route>(resource.spec);
  const auto on_own_service = [&](const ObjectRef& p) { return p.kind.value == "Service" && (p.ns.empty() || p.ns == resource.ns.value); };
  return (resource.kind == Kind::HTTPRoute || resource.kind == Kind::GRPCRoute) && route.rewrites == kNoNode && !route.parents.empty() &&
         std::ranges::all_of(route.parents, on_own_service);
}

void find_traffic_blockers(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  find_in_routes(mesh, out);
  find_headless_parents(mesh, out);
  find_in_destination_rules(mesh, out);
}

}  // namespace s2a
