// Looking from a moving namespace.
#include "ir/passes/reach.h"

#include <algorithm>
#include <set>

namespace s2a {
namespace {

bool moves(const MovingNamespace& moving, WorkloadId id) { return std::ranges::binary_search(moving.workloads, id); }  // they are in order

/// Who enforces policies besides the pods that move; those of other namespaces count with the resource's own namespace.
bool reads_policies(const MeshWorkload& pod) { return pod.dataplane != Dataplane::Outside; }

}  // namespace

Reach reach_of(const MeshModel& mesh, const Resource& resource, const MovingNamespace& moving) {
  Reach out{.pods = {}, .stays = resource.ns.value != moving.name, .waypoints = {}, .uncaptured = {}};
  for (const auto id : mesh.selected_by(resource)) {
    if (moves(moving, id))
      out.pods.push_back(id);
    else
      out.stays = out.stays || reads_policies(mesh[id]);
  }
  out.waypoints = waypoints_of(mesh, moving, out.pods);
  out.uncaptured = common_uncaptured(moving, out.pods);
  return out;
}

std::vector<std::string> waypoints_of(const MeshModel& mesh, const MovingNamespace& moving, const std::vector<WorkloadId>& pods) {
  std::set<std::string> out;
  for (const auto id : pods) {
    for (const auto& way : mesh.fronts(id))
      for (const auto* waypoint : {mesh.waypoint_of(way.service), mesh.canary_of(way.service)})
        if (waypoint != nullptr) out.insert(waypoint->principal);
    if (const auto* waypoint = mesh.waypoint_of(id); waypoint != nullptr && waypoint->ns == moving.name) out.insert(waypoint->principal);
    if (const auto* waypoint = gateway_target(mesh, moving, id)) out.insert(waypoint->principal);
  }
  return {out.begin(), out.end()};
}

const Waypoint* gateway_target(const MeshModel& mesh, const MovingNamespace& moving, WorkloadId pod) {
  if (!mesh[pod].assumed || !mesh[pod].labels.empty() || !mesh.fronts(pod).empty()) return nullptr;
  const auto found = std::ranges::find_if(mesh.waypoints(), [&](const Waypoint& w) { return w.ns == moving.name && w.name == moving.waypoint; });
  return found == mesh.waypoints().end() ? nullptr : &*found;
}

std::vector<std::uint16_t> common_ports(const MeshModel& mesh, const std::vector<WorkloadId>& pods, AppProtocol protocol) {
  std::vector<std::uint16_t> out;
  if (pods.empty()) return out;
  for (const auto port : mesh.ports_of(pods.front()))
    if (std::ranges::all_of(pods, [&](WorkloadId id) { return mesh.protocol_at_sidecar(id, port) == protocol; })) out.push_back(port);
  return out;
}

std::vector<std::uint16_t> common_uncaptured(const MovingNamespace& moving, const std::vector<WorkloadId>& pods) {
  std::vector<std::uint16_t> out;
  for (const auto id : pods) {
    const auto found = moving.uncaptured.find(id);
    if (found == moving.uncaptured.end()) return {};
    if (id == pods.front()) out = found->second;
    std::erase_if(out, [&](std::uint16_t port) { return std::ranges::find(found->second, port) == found->second.end(); });
  }
  return out;
}

std::vector<const Labels*> selectors_for(const MeshModel& mesh, const Resource& resource, const MovingNamespace& moving) {
  std::vector<const Labels*> out;
  const auto selected = mesh.selected_by(resource);
  const auto others_here = [&](WorkloadId id) { return mesh[id].ns == moving.name && !moves(moving, id) && reads_policies(mesh[id]); };
  if (std::ranges::none_of(selected, others_here)) return {nullptr};
  const auto picks_others = [&](const Labels& labels) {
    return std::ranges::any_of(mesh.workloads(), [&](const MeshWorkload& pod) { return pod.ns == moving.name && others_here(pod.id) && picks(labels, pod.labels); });
  };
  for (const auto id : selected) {
    if (!moves(moving, id)) continue;
    const auto* own = mesh[id].resource ? &std::get<Workload>(mesh.store()[*mesh[id].resource].spec).selector : nullptr;  // the labels of a template change with its releases
    const auto* labels = own != nullptr && !own->empty() && !picks_others(*own) ? own : &mesh[id].labels;
    if (std::ranges::none_of(out, [&](const Labels* seen) { return picks(*seen, *labels); })) out.push_back(labels);
  }
  return out;
}

}  // namespace s2a
