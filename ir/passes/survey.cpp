// Who moves, who stays, and why.
#include "ir/passes/survey.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/mesh/well_known.h"
#include "ir/passes/blockers.h"
#include "ir/passes/layer_seven.h"
#include "ir/routing/routing.h"

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

/// The first resource that is beyond ztunnel, in order of file and place, for pods of this namespace, or else a VirtualService or route that only a waypoint follows.
void find_need(const MeshModel& mesh, const Routing& routing, MovingNamespace& moving) {
  for (const auto id : moving.workloads) {
    if (!can_have_waypoint(mesh, id)) continue;
    for (const auto* resource : enforced_at_sidecar(mesh, id)) {
      if (moving.needs_waypoint != nullptr && moving.needs_waypoint->id <= resource->id) continue;
      const auto node = beyond_ztunnel(mesh, *resource);
      if (!node) continue;
      moving.needs_waypoint = resource;
      moving.needs_waypoint_node = *node;
    }
  }
  for (const auto& service : mesh.services()) {
    const auto* host = service.ns == moving.name && !service.spec.headless() ? routing.hosts().find(service.id) : nullptr;
    if (moving.needs_waypoint != nullptr || host == nullptr) continue;
    moving.needs_waypoint = routing.oldest_object(*host);
    moving.only_for_routes = true;
  }
  for (const auto* entry : mesh.all(Kind::ServiceEntry)) {
    if (entry->ns.value != moving.name || !has_address(*entry)) continue;
    for (const auto& written : std::get<ServiceEntry>(entry->spec).hosts) {
      const auto* host = routing.hosts().find(written.value);
      if (moving.needs_waypoint != nullptr || host == nullptr || host->is != Dialled(entry->id)) continue;
      moving.needs_waypoint = routing.oldest_object(*host);
      if (moving.needs_waypoint == nullptr) moving.needs_waypoint = routing.destinations().begins_tls(host->host);
      moving.only_for_routes = true;
    }
  }
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
  const Routing routing(mesh);
  for (auto& entry : out.moving) {
    auto& moving = entry.second;
    find_need(mesh, routing, moving);
    const bool has_one = std::ranges::any_of(mesh.services(), [&](const MeshService& s) { return s.ns == moving.name && mesh.waypoint_of(s.id) != nullptr; });
    if (has_one || moving.needs_waypoint != nullptr) moving.waypoint = waypoint_name(mesh, moving.name, options);
  }
  hold_back_for_waypoints(mesh, out);
  tell_not_in_mesh(mesh, out.diagnostics);
  tell_without_effect(mesh, out.moving, out.diagnostics);
  return out;
}

}  // namespace s2a
