// Pods that only a headless Service leads to are called by their own addresses, where no waypoint for Services stands. Those with policies on HTTP get a waypoint for them. 9.1
//
//   kind: StatefulSet                             kind: StatefulSet                                  kind: Gateway
//   metadata: { name: db }                        metadata: { name: db }                             metadata:
//   spec:                                         spec:                                                name: waypoint-db
//     template:                          ->         template:                                   +      labels: { istio.io/waypoint-for: workload }
//       metadata:                                     metadata:                                      spec: ...
//         labels: { app: db }                           labels: { app: db, istio.io/use-waypoint: waypoint-db }
//
// Pods with the same policies share one: it asks those of its Gateway for all of them.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "ir/authz/trust_domains.h"
#include "ir/mesh/well_known.h"
#include "ir/passes/context.h"
#include "ir/passes/fronts.h"
#include "ir/passes/names.h"
#include "ir/passes/passes.h"
#include "ir/passes/rule_at_ztunnel.h"

namespace s2a {
namespace {

bool only_headless(const MeshModel& mesh, WorkloadId id) {
  const auto& ways = mesh.fronts(id);
  return !ways.empty() && std::ranges::all_of(ways, [&](const Delivery& way) { return mesh[way.service].spec.headless(); });
}

/// On the way to a pod a waypoint finds out by itself what is spoken: only where all is HTTP at the sidecar as well is it the same.
bool all_http(const MeshModel& mesh, WorkloadId id) {
  const auto ports = mesh.ports_of(id);
  return !ports.empty() && std::ranges::all_of(ports, [&](std::uint16_t port) { return mesh.protocol_at_sidecar(id, port) == AppProtocol::Http; });
}

/// Whether nothing but AuthorizationPolicies looks at what the pod gets: tokens and extensions are moved to Services only.
bool policies_only(const MeshModel& mesh, WorkloadId id) {
  const auto harmless = [](const Resource* tokens) { return std::get<RequestAuthentication>(tokens->spec).jwt_rules.empty(); };
  return std::ranges::all_of(mesh.authentications_at_sidecar(id), harmless) && mesh.extensions_at_sidecar(id).empty();
}

class Binder {
 public:
  Binder(PassContext& ctx, const MovingNamespace& moving) : ctx_(ctx), moving_(moving) {
    for (const auto* gateway : ctx.now.all(Kind::K8sGateway))
      if (gateway->ns.value == moving.name) taken_.insert(gateway->name.value);
    for (const auto& service : ctx.now.services())
      if (service.ns == moving.name) taken_.insert(service.name);  // istiod makes a Service of the waypoint's name
    for (const auto& workload : ctx.now.workloads())
      if (workload.ns == moving.name) taken_.insert(workload.service_account);  // and a service account: whoever runs as that would pass for it (8.6)
  }

  void bind_all() {
    std::map<std::vector<ResourceId>, std::vector<WorkloadId>> groups;
    for (const auto id : moving_.workloads) {
      if (!fit(id)) continue;
      std::vector<ResourceId> policies;
      for (const auto* policy : ctx_.now.policies_at_sidecar(id)) policies.push_back(policy->id);
      groups[policies].push_back(id);
    }
    for (const auto& [policies, pods] : groups) bind(pods);
  }

 private:
  [[nodiscard]] const Rule* beyond(const Resource& policy) const { return beyond_ztunnel(authorization_of(policy), trust_domains(ctx_.now)); }

  [[nodiscard]] bool fit(WorkloadId id) const {
    const auto& pod = ctx_.now[id];
    if (!pod.resource || pod.labels.contains(kUseWaypoint) || moving_.uncaptured.contains(id)) return false;
    const auto& resource = ctx_.now.store()[*pod.resource];
    if (!ctx_.now.store().may_edit(resource) || std::get<Workload>(resource.spec).pod_metadata == kNoNode) return false;
    const auto policies = ctx_.now.policies_at_sidecar(id);
    return std::ranges::any_of(policies, [&](const Resource* policy) { return beyond(*policy) != nullptr; }) && !asks_several(ctx_.now, id) && only_headless(ctx_.now, id) &&
           all_http(ctx_.now, id) && policies_only(ctx_.now, id);
  }

  void bind(const std::vector<WorkloadId>& pods) {
    const auto* home = home_of(ctx_.before, moving_.name);
    if (home == nullptr) return;
    const auto policies = ctx_.now.policies_at_sidecar(pods.front());
    const auto& cause = **std::ranges::find_if(policies, [&](const Resource* policy) { return beyond(*policy) != nullptr; });
    const auto name = derive_name(fmt::format("{}-{}", ctx_.options.waypoint_name, ctx_.now[pods.front()].name), "", taken_);
    auto waypoint = creation_of(ctx_, fmt::format("Gateway {}/{}", moving_.name, name), cause, Code::WaypointForPods, moving_.name, "a waypoint for pods behind headless Services",
                                "ztunnel alone cannot enforce " + cause.subject(),
                                CreateFile{.path = new_file(ctx_, *home, fmt::format("{}-{}", moving_.name, name)), .value = waypoint_manifest(moving_.name, name, "workload")});
    waypoint.place = ctx_.before.store().label(original(ctx_, cause), beyond(cause)->node);
    ctx_.plan.actions.push_back(std::move(waypoint));
    for (const auto id : pods) {
      const auto& resource = ctx_.now.store()[*ctx_.now[id].resource];
      ctx_.plan.actions.push_back(action_on(ctx_, resource, Code::WaypointForPods, moving_.name, "label the pods use-waypoint " + name, "they are called by their own addresses",
                                            label_pods(ctx_, resource, {{std::string(kUseWaypoint), name}})));
    }
  }

  PassContext& ctx_;
  const MovingNamespace& moving_;
  std::set<std::string> taken_;
};

}  // namespace

void bind_pods(PassContext& ctx) {
  for (const auto& [name, moving] : ctx.survey.moving) Binder(ctx, moving).bind_all();
}

}  // namespace s2a
