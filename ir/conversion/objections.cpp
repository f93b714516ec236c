// Hosts that no route can stand for. routing.md 1.1, 5.4
#include <algorithm>

#include <fmt/format.h>

#include "ir/conversion/conversion.h"
#include "ir/conversion/meant_hosts.h"
#include "ir/routing/routes.h"

namespace s2a {
namespace {

bool same_parent(const ObjectRef& parent, const Resource& route, const RoutedHost& host, const RoutingContext& routing) {
  return host_of(parent, parent.ns.empty() ? route.ns.value : parent.ns, routing) == host.host;
}

/// A route that is there already for the same Service; nullptr: none.
const Resource* other_route(const RoutedHost& host, const RoutingContext& routing) {
  for (const auto kind : {Kind::HTTPRoute, Kind::GRPCRoute, Kind::TCPRoute, Kind::TLSRoute})
    for (const auto* resource : routing.mesh->all(kind)) {
      const auto* route = std::get_if<Route>(&resource->spec);
      if (route != nullptr && std::ranges::any_of(route->parents, [&](const ObjectRef& p) { return same_parent(p, *resource, host, routing); })) return resource;
    }
  return nullptr;
}

}  // namespace

bool for_all_namespaces(const Resource& virtual_service, const MeshModel& mesh) {
  const auto& own = std::get<VirtualService>(virtual_service.spec).export_to;
  const auto& to = own.empty() ? mesh.default_virtual_service_export_to() : own;
  return to.empty() || std::ranges::find(to, "*") != to.end();
}

Refusals objections(const Resource& virtual_service, const Spanned<std::string>& written, const RoutingContext& routing) {
  Refusals out;
  const auto object = [&](Obstacle obstacle, std::string detail) {
    out.push_back({.obstacle = obstacle, .resource = &virtual_service, .node = written.node, .detail = std::move(detail)});
  };
  if (written.value.find('*') != std::string::npos) {
    object(Obstacle::WildcardHost, written.value);
    return out;
  }
  const auto full = routing.hosts.resolved(written.value, virtual_service.ns.value);
  const auto* host = routing.hosts.find(full);
  if (host == nullptr) {
    object(Obstacle::UnknownHost, full);
    return out;
  }
  if (const auto* id = std::get_if<ServiceId>(&host->is)) {
    const auto& service = (*routing.mesh)[*id].spec;
    if (service.headless()) object(Obstacle::HeadlessHost, full);
    if (service.external_name()) object(Obstacle::ExternalName, full);
  } else {
    const auto& entry = std::get<ServiceEntry>(routing.mesh->store()[std::get<ResourceId>(host->is)].spec);
    if (entry.hosts.size() > 1) object(Obstacle::PartOfServiceEntry, fmt::format("{} hosts", entry.hosts.size()));
  }
  if (!for_all_namespaces(virtual_service, *routing.mesh)) object(Obstacle::LimitedExport, {});
  if (const auto* other = rival(*routing.mesh, routing.hosts, virtual_service, full)) object(Obstacle::SeveralVirtualServices, other->subject());
  if (const auto* other = other_route(*host, routing)) object(Obstacle::OtherRoutes, other->subject());
  return out;
}

}  // namespace s2a
