// In a namespace with a waypoint, a Service whose pods ztunnel alone enforces, and whose rules a waypoint would blur, is kept off it. authorization.md 9.6, V28
//
//   kind: Service            kind: Service
//   metadata:                metadata:
//     name: db        ->       name: db
//                              labels:
//                                istio.io/use-waypoint: none
#include <algorithm>

#include "ir/authz/trust_domains.h"
#include "ir/mesh/well_known.h"
#include "ir/passes/context.h"
#include "ir/passes/fronts.h"
#include "ir/passes/passes.h"
#include "ir/passes/reconcile.h"
#include "ir/passes/rule_at_ztunnel.h"
#include "ir/passes/unseen_pods.h"

namespace s2a {
namespace {

/// Every policy that decides about a pod of the Service.
std::set<ResourceId> all_policies(const Front& front) {
  auto out = front.policies;
  out.insert(front.allowing.begin(), front.allowing.end());
  return out;
}

bool ztunnel_suffices(const MeshModel& mesh, const Front& front) {
  return front.authentications.empty() && front.extensions.empty() &&
         std::ranges::all_of(all_policies(front), [&](ResourceId id) { return beyond_ztunnel(authorization_of(mesh.store()[id]), trust_domains(mesh)) == nullptr; });
}

/// The first policy that loses something at the waypoint; nullopt: none.
std::optional<ResourceId> blurred(const MeshModel& mesh, const Front& front) {
  for (const auto id : all_policies(front)) {
    const auto& policy = authorization_of(mesh.store()[id]);
    if (!decides(policy)) continue;
    const bool of_all = front.policies.contains(id) && std::ranges::all_of(front.pods, [&](WorkloadId pod) {
                          const auto policies = mesh.policies_at_sidecar(pod);
                          return std::ranges::find(policies, id, &Resource::id) != policies.end();
                        });
    if (!of_all || std::ranges::any_of(policy.rules, [&](const Rule& rule) { return !rules_at_waypoint(rule, policy.action, front.ports).exact; })) return id;
  }
  return std::nullopt;
}

/// Only a waypoint follows them.
bool has_routes(const MeshModel& mesh, const MeshService& service) {
  const auto is_parent = [&](const Resource* resource) {
    const auto* route = std::get_if<Route>(&resource->spec);
    return route != nullptr && std::ranges::any_of(route->parents, [&](const ObjectRef& parent) {
             return parent.kind.value == "Service" && parent.name.value == service.name && (parent.ns.empty() ? resource->ns.value : parent.ns) == service.ns;
           });
  };
  return std::ranges::any_of(mesh.all(Kind::HTTPRoute), is_parent) || std::ranges::any_of(mesh.all(Kind::GRPCRoute), is_parent);
}

/// With the label that keeps it off.
void keep_off(PassContext& ctx, const Resource& resource, std::string why) {
  auto wanted = to_value(ctx.now.store()[resource.document], resource.node);
  set(child(child(wanted, "metadata"), "labels"), kUseWaypoint, "none");
  ctx.plan.actions.push_back(
      action_on(ctx, resource, Code::KeptOffWaypoint, resource.ns.value, "label use-waypoint none", std::move(why), reconcile(ctx.now.store(), resource, wanted)));
}

/// What may lead to pods, in a namespace that has a waypoint.
void keep_off_unseen(PassContext& ctx) {
  const auto is_behind = [&](const Resource& resource) {
    const auto moving = ctx.survey.moving.find(resource.ns.value);
    return moving != ctx.survey.moving.end() && !moving->second.waypoint.empty() && value_of(resource.labels, kUseWaypoint) != "none";
  };
  constexpr std::string_view kWhy = "its endpoints may be pods, whose policies the waypoint would not ask";
  for (const auto* resource : ctx.now.all(Kind::ServiceEntry)) {
    const auto* entry = std::get_if<ServiceEntry>(&resource->spec);
    if (entry != nullptr && is_behind(*resource) && may_be_guarded_pods(ctx.now, *entry)) keep_off(ctx, *resource, std::string(kWhy));
  }
  for (const auto& service : ctx.now.services()) {
    const auto* resource = service.resource && ctx.now.waypoint_of(service.id) != nullptr ? &ctx.now.store()[*service.resource] : nullptr;
    if (resource != nullptr && is_behind(*resource) && may_be_guarded_pods(ctx.now, service)) keep_off(ctx, *resource, std::string(kWhy));
  }
}

}  // namespace

void keep_off_waypoints(PassContext& ctx) {
  keep_off_unseen(ctx);
  for (const auto& service : ctx.now.services()) {
    const auto moving = ctx.survey.moving.find(service.ns);
    if (has_routes(ctx.now, service) || moving == ctx.survey.moving.end() || !service.resource || ctx.now.reach(service.id).empty() || ctx.now.waypoint_of(service.id) == nullptr)
      continue;
    const auto& resource = ctx.now.store()[*service.resource];
    if (!ctx.now.store().may_edit(resource)) continue;
    const auto front = front_of(ctx.now, service, moving->second);
    const auto loses = ztunnel_suffices(ctx.now, front) ? blurred(ctx.now, front) : std::nullopt;
    if (!loses) continue;
    keep_off(ctx, resource, ctx.now.store()[*loses].subject() + " is enforced by ztunnel alone, and a waypoint would blur it");
  }
}

}  // namespace s2a
