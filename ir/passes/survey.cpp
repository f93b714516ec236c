// Who moves, who stays, and why.
#include "ir/passes/survey.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/authz/trust_domains.h"
#include "ir/mesh/well_known.h"
#include "ir/passes/blockers.h"
#include "ir/passes/rule_at_ztunnel.h"

namespace s2a {
namespace {

/// The waypoint that the namespace names, else one that it has, else the default name.
std::string waypoint_name(const MeshModel& mesh, const std::string& ns, const PassOptions& options) {
  if (const auto* manifest = mesh.namespace_manifest(ns)) {
    const auto label = manifest->labels.find(kUseWaypoint);
    if (label != manifest->labels.end()) return label->second.value;
  }
  const auto own = std::ranges::find(mesh.waypoints(), ns, &Waypoint::ns);
  return own == mesh.waypoints().end() ? options.waypoint_name : own->name;
}

/// Whether a waypoint could stand in front of this pod: a Service with an address of its own, or, where no Service is known at all, the Gateway itself (product.md 2).
bool can_have_waypoint(const MeshModel& mesh, WorkloadId id) {
  const auto& ways = mesh.fronts(id);
  return std::ranges::any_of(ways, [&](const Delivery& way) { return !mesh[way.service].spec.headless(); }) || (mesh[id].assumed && mesh[id].labels.empty() && ways.empty());
}

/// What of a resource is beyond ztunnel: a rule, or a RequestAuthentication or an extension as a whole (kNoNode); nothing where ztunnel enforces it as sidecars do.
std::optional<NodeId> beyond_ztunnel(const MeshModel& mesh, const Resource& resource) {
  if (const auto* extension = std::get_if<Extension>(&resource.spec)) return extension->asks_for_waypoint() ? std::optional(kNoNode) : std::nullopt;
  if (const auto* tokens = std::get_if<RequestAuthentication>(&resource.spec)) return tokens->jwt_rules.empty() ? std::nullopt : std::optional(kNoNode);
  const auto* rule = beyond_ztunnel(std::get<AuthorizationPolicy>(resource.spec), trust_domains(mesh));
  return rule == nullptr ? std::nullopt : std::optional(rule->node);
}

/// The first of them, in order of file and place, for pods of this namespace, or else a route that only a waypoint follows.
void find_need(const MeshModel& mesh, MovingNamespace& moving) {
  for (const auto id : moving.workloads) {
    if (!can_have_waypoint(mesh, id)) continue;
    auto resources = mesh.policies_at_sidecar(id);
    for (const auto& others : {mesh.authentications_at_sidecar(id), mesh.extensions_at_sidecar(id)}) resources.insert(resources.end(), others.begin(), others.end());
    for (const auto* resource : resources) {
      if (moving.needs_waypoint != nullptr && moving.needs_waypoint->id <= resource->id) continue;
      const auto node = beyond_ztunnel(mesh, *resource);
      if (!node) continue;
      moving.needs_waypoint = resource;
      moving.needs_waypoint_node = *node;
    }
  }
  for (const auto kind : {Kind::HTTPRoute, Kind::GRPCRoute})
    for (const auto* resource : mesh.all(kind))
      if (moving.needs_waypoint == nullptr && resource->ns.value == moving.name && mesh_route_goes_along(*resource)) moving.needs_waypoint = resource;
}

void tell_not_in_mesh(const MeshModel& mesh, Diagnostics& out) {
  for (const auto* resource : mesh.all(Kind::AuthorizationPolicy)) {
    const auto selected = mesh.selected_by(*resource);
    if (selected.empty() || !std::ranges::all_of(selected, [&](WorkloadId id) { return mesh[id].dataplane == Dataplane::Outside; })) continue;
    const auto& pod = mesh[selected.front()];
    out.add(mesh.store().about(*resource, kNoNode, Code::NotInMesh,
                               fmt::format("nothing enforces it: the pods in {} that it selects have no sidecar, because {}", pod.ns, pod.dataplane_reason),
                               "label the namespace `istio-injection: enabled` if its pods do have sidecars"));
  }
}

}  // namespace

Survey survey(const MeshModel& mesh, const PassOptions& options, const std::set<std::string, std::less<>>& excluded) {
  Survey out;
  std::vector<Diagnostic> blockers;
  find_input_blockers(mesh, blockers);
  find_policy_blockers(mesh, blockers);
  find_traffic_blockers(mesh, blockers);
  find_proxy_blockers(mesh, blockers);
  find_workload_blockers(mesh, blockers);
  for (auto& blocker : blockers) {
    if (blocker.keeps.empty()) continue;  // it touches no sidecar of this mesh
    out.staying.insert(blocker.keeps.begin(), blocker.keeps.end());
    out.diagnostics.add(std::move(blocker));
  }
  for (const auto& workload : mesh.workloads()) {
    if (workload.dataplane != Dataplane::Sidecar || workload.ns == kAnyNamespace) continue;
    if (excluded.contains(workload.ns)) out.staying.insert(workload.ns);
    if (out.staying.contains(workload.ns)) continue;
    auto& moving = out.moving[workload.ns];
    moving.name = workload.ns;
    moving.workloads.push_back(workload.id);
    if (auto ports = mesh.uncaptured_ports(workload.id); !ports.empty()) moving.uncaptured.emplace(workload.id, std::move(ports));
  }
  hold_back_for_staying(mesh, out);
  for (auto& entry : out.moving) {
    auto& moving = entry.second;
    find_need(mesh, moving);
    const bool has_one = std::ranges::any_of(mesh.services(), [&](const MeshService& s) { return s.ns == moving.name && mesh.waypoint_of(s.id) != nullptr; });
    if (has_one || moving.needs_waypoint != nullptr) moving.waypoint = waypoint_name(mesh, moving.name, options);
  }
  hold_back_for_waypoints(mesh, out);
  tell_not_in_mesh(mesh, out.diagnostics);
  tell_without_effect(mesh, out.moving, out.diagnostics);
  return out;
}

}  // namespace s2a
