// Asking every resource of every pod.
#include "ir/passes/layer_seven.h"

#include <algorithm>
#include <array>

#include "ir/authz/trust_domains.h"
#include "ir/mesh/well_known.h"
#include "ir/passes/blockers.h"
#include "ir/passes/rule_at_ztunnel.h"

namespace s2a {

std::vector<const Resource*> enforced_at_sidecar(const MeshModel& mesh, WorkloadId workload) {
  auto out = mesh.policies_at_sidecar(workload);
  for (const auto& others : {mesh.authentications_at_sidecar(workload), mesh.extensions_at_sidecar(workload)}) out.insert(out.end(), others.begin(), others.end());
  return out;
}

std::optional<NodeId> beyond_ztunnel(const MeshModel& mesh, const Resource& resource) {
  if (const auto* extension = std::get_if<Extension>(&resource.spec)) return extension->asks_for_waypoint() ? std::optional(kNoNode) : std::nullopt;
  if (const auto* tokens = std::get_if<RequestAuthentication>(&resource.spec)) return tokens->jwt_rules.empty() ? std::nullopt : std::optional(kNoNode);
  const auto* rule = beyond_ztunnel(authorization_of(resource), trust_domains(mesh));
  return rule == nullptr ? std::nullopt : std::optional(rule->node);
}

bool layer_4_only(const MeshModel& mesh, std::string_view ns) {
  const auto is_beyond = [&](const Resource* resource) { return !resource->translatable || beyond_ztunnel(mesh, *resource).has_value(); };
  const auto needs_it = [&](const MeshWorkload& workload) { return workload.ns == ns && std::ranges::any_of(enforced_at_sidecar(mesh, workload.id), is_beyond); };
  const auto is_here = [&](Kind kind) { return std::ranges::any_of(mesh.all(kind), [&](const Resource* route) { return route->ns.value == ns; }); };
  const auto* manifest = mesh.namespace_manifest(ns);
  return std::ranges::none_of(mesh.workloads(), needs_it) && std::ranges::none_of(mesh.waypoints(), [&](const Waypoint& w) { return w.ns == ns; }) &&
         (manifest == nullptr || !manifest->labels.contains(kUseWaypoint)) &&
         std::ranges::none_of(std::array{Kind::VirtualService, Kind::HTTPRoute, Kind::GRPCRoute, Kind::TCPRoute, Kind::TLSRoute}, is_here);
}

}  // namespace s2a
