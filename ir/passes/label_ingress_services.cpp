// A gateway's traffic goes past the waypoint unless the Service asks for it; where rules have moved to the waypoint, it must. authorization.md F8, 5; failures.md 1, row 16
//
//   kind: Service               kind: Service
//   metadata:            ->     metadata:
//     name: productpage           name: productpage
//                                 labels:
//                                   istio.io/ingress-use-waypoint: "true"
#include <fmt/format.h>

#include <algorithm>

#include "ir/mesh/well_known.h"
#include "ir/passes/context.h"
#include "ir/passes/passes.h"
#include "ir/passes/reconcile.h"
#include "ir/passes/survey.h"

namespace s2a {
namespace {

/// Whether a route in namespace `from` means this Service by `host`: short, with its namespace, with `.svc`, or in full.
bool names_service(std::string_view host, std::string_view from, const MeshService& service, std::string_view cluster_domain) {
  const auto qualified = fmt::format("{}.{}", service.name, service.ns);
  return (host == service.name && from == service.ns) || host == qualified || host == qualified + ".svc" || host == fmt::format("{}.svc.{}", qualified, cluster_domain);
}

/// The first route by which a gateway reaches the Service.
const Resource* gateway_route(const MeshModel& mesh, const MeshService& service) {
  for (const auto* resource : mesh.all(Kind::VirtualService)) {
    const auto& route = std::get<VirtualService>(resource->spec);
    if (!route.delegate && std::ranges::all_of(route.gateways, [](const auto& g) { return g.value == "mesh"; })) continue;
    if (std::ranges::any_of(route.destinations, [&](const RouteDestination& d) { return names_service(d.host.value, resource->ns.value, service, mesh.cluster_domain()); }))
      return resource;
  }
  for (const auto kind : {Kind::HTTPRoute, Kind::GRPCRoute, Kind::TCPRoute, Kind::TLSRoute}) {
    for (const auto* resource : mesh.all(kind)) {
      const auto& route = std::get<Route>(resource->spec);
      if (std::ranges::none_of(route.parents, [](const ObjectRef& p) { return p.kind.value.empty() || p.kind.value == "Gateway"; })) continue;
      const auto leads_here = [&](const ObjectRef& b) {
        return (b.kind.value.empty() || b.kind.value == "Service") && b.name.value == service.name && (b.ns.empty() ? resource->ns.value : b.ns) == service.ns;
      };
      if (std::ranges::any_of(route.backends, leads_here)) return resource;
    }
  }
  return nullptr;
}

}  // namespace

void label_ingress_services(PassContext& ctx) {
  for (const auto& service : ctx.now.services()) {
    const auto moving = ctx.survey.moving.find(service.ns);
    if (moving == ctx.survey.moving.end() || !service.resource || ctx.now.waypoint_of(service.id) == nullptr) continue;
    const auto& resource = ctx.now.store()[*service.resource];
    const auto* route = gateway_route(ctx.now, service);
    const bool in_context = ctx.now.store().file_of(resource).access == Access::Context;  // not ours to edit: the comparison shows what it costs
    if (route == nullptr || in_context || resource.labels.contains(kIngressUseWaypoint)) continue;
    auto wanted = to_value(ctx.now.store()[resource.document], resource.node);
    set(child(child(wanted, "metadata"), "labels"), kIngressUseWaypoint, "true");
    ctx.plan.actions.push_back(action_on(ctx, resource, Code::IngressUseWaypoint, service.ns, "label ingress-use-waypoint",
                                         fmt::format("{} leads a gateway here", route->subject()), reconcile(ctx.now.store(), resource, wanted)));
  }
}

}  // namespace s2a
