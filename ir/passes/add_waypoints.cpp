// A namespace in which something needs layer 7 gets a waypoint for its Services, unless it has one.
//
//   (nothing)    ->    kind: Gateway
//                      metadata: { name: waypoint, namespace: shop, labels: { istio.io/waypoint-for: service } }
//                      spec:
//                        gatewayClassName: istio-waypoint
//                        listeners:
//                        - { name: mesh, port: 15008, protocol: HBONE }
#include <fmt/format.h>

#include <algorithm>

#include "ir/mesh/well_known.h"
#include "ir/passes/context.h"
#include "ir/passes/names.h"
#include "ir/passes/passes.h"
#include "ir/passes/reconcile.h"
#include "ir/passes/survey.h"

namespace s2a {
namespace {

/// A waypoint on the way to pods judges by its own policies only. 8.1
void keep_to_services(PassContext& ctx, const MovingNamespace& moving) {
  for (const auto& own : ctx.now.waypoints()) {
    if (own.ns != moving.name || !own.serves_workloads || !own.resource) continue;
    const auto& resource = ctx.now.store()[*own.resource];
    auto wanted = to_value(ctx.now.store()[resource.document], resource.node);
    set(child(child(wanted, "metadata"), "labels"), kWaypointFor, "service");
    ctx.plan.actions.push_back(action_on(ctx, resource, Code::WaypointForServices, moving.name, "label waypoint-for: service",
                                         "on the way to a pod it would not ask the policies of Services", reconcile(ctx.now.store(), resource, wanted)));
  }
}

/// Its Services' own, or one elsewhere that the namespace names.
bool has_waypoint(const PassContext& ctx, const MovingNamespace& moving) {
  const auto* manifest = ctx.now.namespace_manifest(moving.name);
  const bool elsewhere = manifest != nullptr && manifest->labels.contains(kUseWaypointNamespace);
  return elsewhere || std::ranges::any_of(ctx.now.waypoints(), [&](const Waypoint& w) { return w.ns == moving.name && w.name == moving.waypoint; });
}

}  // namespace

void add_waypoints(PassContext& ctx) {
  for (const auto& entry : ctx.survey.moving) {
    const auto& moving = entry.second;
    const auto& name = moving.name;
    keep_to_services(ctx, moving);
    if (moving.needs_waypoint == nullptr || has_waypoint(ctx, moving)) continue;
    const auto* home = home_of(ctx.before, name);
    if (home == nullptr) continue;
    auto action =
        creation_of(ctx, fmt::format("Gateway {}/{}", name, moving.waypoint), *moving.needs_waypoint, Code::WaypointAdded, name, "a waypoint for the namespace's Services",
                    fmt::format("ztunnel alone {} {}", moving.only_for_routes ? "does not follow" : "cannot enforce", moving.needs_waypoint->subject()),
                    CreateFile{.path = new_file(ctx, *home, fmt::format("{}-{}", name, moving.waypoint)), .value = waypoint_manifest(name, moving.waypoint, "service")});
    action.place = ctx.before.store().label(*moving.needs_waypoint, moving.needs_waypoint_node);
    ctx.plan.actions.push_back(std::move(action));
  }
}

}  // namespace s2a
