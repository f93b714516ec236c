// What keeps namespaces on sidecars that would otherwise be free to move, because of others.
#include <fmt/format.h>

#include <algorithm>

#include "ir/passes/blockers.h"
#include "ir/passes/survey.h"

namespace s2a {

void hold_back_for_staying(const MeshModel& mesh, Survey& out) {
  std::set<std::string> all;
  for (const auto& [name, moving] : out.moving) all.insert(name);
  if (all.empty()) return;
  for (const auto kind : {Kind::HTTPRoute, Kind::GRPCRoute}) {
    for (const auto* resource : mesh.all(kind)) {
      if (!mesh_route_goes_along(*resource) || !out.staying.contains(resource->ns.value)) continue;
      out.diagnostics.add(block(mesh, *resource, kNoNode, Code::StaysOnSidecars,
                                fmt::format("{} stays on sidecars, without a waypoint that would follow the route for ambient callers", resource->ns.value), all,
                                "no namespace moves before this one does"));
      out.moving.clear();
    }
  }
  if (out.moving.empty()) out.staying.merge(all);
}

void hold_back_clashes(const MeshModel& mesh, Survey& out) {
  const auto hold = [&](const std::string& ns, const std::optional<ResourceId>& resource, Code code, std::string message) {
    if (!resource) return;
    out.diagnostics.add(block(mesh, mesh.store()[*resource], kNoNode, code, std::move(message), {ns}, "choose another name with `--waypoint-name`"));
    out.staying.insert(ns);
    out.moving.erase(ns);
  };
  const auto waypoint_of = [&](const std::string& ns) {
    const auto moving = out.moving.find(ns);
    return moving == out.moving.end() ? std::string() : moving->second.waypoint;
  };
  for (const auto& workload : mesh.workloads()) {
    if (const auto name = waypoint_of(workload.ns); !name.empty() && workload.service_account == name && !workload.waypoint)
      hold(workload.ns, workload.resource, Code::UnsupportedWorkload, fmt::format("the pods run as service account `{}`, which is to be the waypoint's", name));
  }
  for (const auto& service : mesh.services()) {
    const auto name = waypoint_of(service.ns);
    const bool there = std::ranges::any_of(mesh.waypoints(), [&](const Waypoint& w) { return w.ns == service.ns && w.name == name; });
    if (service.name == name && !there) hold(service.ns, service.resource, Code::UnsupportedWaypoint, fmt::format("the waypoint's own Service would be called `{}` as well", name));
  }
}

}  // namespace s2a
