// What keeps namespaces on sidecars that would otherwise be free to move, because of others.
#include <fmt/format.h>

#include <algorithm>

#include "ir/passes/blockers.h"
#include "ir/passes/survey.h"

namespace s2a {
namespace {

/// Over HBONE a sidecar sees no client address: a DENY on one is passed by, an ALLOW that excludes one lets in. 2.10
std::optional<NodeId> opens_over_hbone(const AuthorizationPolicy& policy) {
  const bool allow = policy.action == AuthorizationAction::Allow;
  const auto opening = [&](const Match& match) { return allow ? match.not_values_node : match.values_node; };
  const auto counts = [&](const Match& match) { return allow ? !match.not_values.empty() : !match.values.empty(); };
  for (const auto& rule : policy.rules) {
    for (const auto& source : rule.from) {
      if (counts(source.ip_blocks)) return opening(source.ip_blocks);
    }
    for (const auto& condition : rule.when) {
      if (condition.key.value == "source.ip" && counts(condition.match)) return opening(condition.match);
    }
  }
  return std::nullopt;
}

}  // namespace

void hold_back_for_staying(const MeshModel& mesh, Survey& out) {
  std::set<std::string> all;
  for (const auto& [name, moving] : out.moving) all.insert(name);
  if (all.empty()) return;
  const auto hold = [&](const Resource& resource, NodeId node, std::string message, std::string_view help) {
    out.diagnostics.add(block(mesh, resource, node, Code::StaysOnSidecars, std::move(message), all, help));
    out.moving.clear();
  };
  for (const auto* resource : mesh.all(Kind::AuthorizationPolicy)) {
    const auto& policy = std::get<AuthorizationPolicy>(resource->spec);
    const auto node = opens_over_hbone(policy);
    if (!node) continue;
    const auto selected = mesh.selected_by(*resource);
    const auto stays = std::ranges::find_if(selected, [&](WorkloadId id) { return mesh[id].dataplane == Dataplane::Sidecar && out.staying.contains(mesh[id].ns); });
    if (stays != selected.end())
      hold(*resource, *node, fmt::format("{} stays on sidecars, and over HBONE they do not see a caller's address", mesh[*stays].ns), "no namespace moves before this one does");
  }
  for (const auto kind : {Kind::HTTPRoute, Kind::GRPCRoute})
    for (const auto* resource : mesh.all(kind))
      if (mesh_route_goes_along(*resource) && out.staying.contains(resource->ns.value))
        hold(*resource, kNoNode, fmt::format("{} stays on sidecars, without a waypoint that would follow the route for ambient callers", resource->ns.value),
             "no namespace moves before this one does");
  for (const auto& service : mesh.services()) {
    const auto* waypoint = mesh.waypoint_of(service.id);
    if (waypoint != nullptr && waypoint->resource && out.staying.contains(service.ns))
      hold(mesh.store()[*waypoint->resource], kNoNode,
           fmt::format("{} stays on sidecars, and ambient callers of Service `{}` would reach them with the waypoint's identity", service.ns, service.name),
           "remove its use-waypoint label until its pods move");
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
