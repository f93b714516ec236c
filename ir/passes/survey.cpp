// Who moves, who stays, and why.
#include "ir/passes/survey.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/authz/expressible.h"
#include "ir/mesh/conventions.h"
#include "ir/mesh/selection.h"

namespace s2a {
namespace {

/// The waypoint that the namespace names, else one that it has, else the default name.
std::string waypoint_name(const MeshModel& mesh, const std::string& ns, const PassOptions& options) {
  if (const auto* manifest = mesh.namespace_manifest(ns)) {
    const auto label = manifest->labels.find("istio.io/use-waypoint");
    if (label != manifest->labels.end()) return label->second.value;
  }
  const auto own = std::ranges::find(mesh.waypoints(), ns, &Waypoint::ns);
  return own == mesh.waypoints().end() ? options.waypoint_name : own->name;
}

/// Whether a waypoint could stand in front of this pod: a Service with an address of its own, or, where no Service is known at all, the Gateway itself (product.md 2).
bool can_have_waypoint(const MeshModel& mesh, WorkloadId id) {
  const auto services = mesh.services_of(id);
  return std::ranges::any_of(services, [&](ServiceId s) { return !mesh[s].spec.headless(); }) || (mesh[id].assumed && mesh[id].labels.empty() && services.empty());
}

/// The first rule, in order of file and place, that ztunnel alone cannot enforce for pods of this namespace.
void find_need(const MeshModel& mesh, MovingNamespace& moving) {
  for (const auto id : moving.workloads) {
    if (!can_have_waypoint(mesh, id)) continue;
    for (const auto* resource : mesh.policies_at_sidecar(id)) {
      if (moving.needs_waypoint != nullptr && moving.needs_waypoint->id <= resource->id) continue;
      const auto& rules = std::get<AuthorizationPolicy>(resource->spec).rules;
      const auto rule = std::ranges::find_if_not(rules, exact_at_ztunnel);
      if (rule == rules.end()) continue;
      moving.needs_waypoint = resource;
      moving.needs_waypoint_node = rule->node;
    }
  }
}

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

/// A namespace that stays is still a destination for those that move: where it would let them in, nobody moves.
void hold_back_for_staying(const MeshModel& mesh, Survey& out) {
  if (out.moving.empty()) return;
  bool held = false;
  for (const auto* resource : mesh.all(Kind::AuthorizationPolicy)) {
    const auto& policy = std::get<AuthorizationPolicy>(resource->spec);
    const auto node = opens_over_hbone(policy);
    if (!node) continue;
    const auto selected = mesh.selected_by(*resource);
    const auto stays = std::ranges::find_if(selected, [&](WorkloadId id) { return mesh[id].dataplane == Dataplane::Sidecar && out.staying.contains(mesh[id].ns); });
    if (stays == selected.end()) continue;
    held = true;
    out.diagnostics.add(block(mesh, *resource, *node, Code::StaysOnSidecars, fmt::format("{} stays on sidecars, and over HBONE they do not see a caller's address", mesh[*stays].ns), {},
                              "no namespace moves before this one does").diagnostic);
  }
  for (const auto& service : mesh.services()) {
    const auto* waypoint = mesh.waypoint_of(service.id);
    if (waypoint == nullptr || !waypoint->resource || !out.staying.contains(service.ns)) continue;
    held = true;
    out.diagnostics.add(block(mesh, mesh.store()[*waypoint->resource], kNoNode, Code::StaysOnSidecars,
                              fmt::format("{} stays on sidecars, and ambient callers of Service `{}` would reach them with the waypoint's identity", service.ns, service.name), {},
                              "remove its use-waypoint label until its pods move").diagnostic);
  }
  if (!held) return;
  for (const auto& [name, moving] : out.moving) out.staying.insert(name);
  out.moving.clear();
}

/// A pod that runs as the waypoint's service account would pass for it at ztunnel. 8.6
void hold_back_impostors(const MeshModel& mesh, Survey& out) {
  for (const auto& workload : mesh.workloads()) {
    const auto moving = out.moving.find(workload.ns);
    if (moving == out.moving.end() || moving->second.waypoint.empty() || workload.service_account != moving->second.waypoint || !workload.resource) continue;
    const auto found = block(mesh, mesh.store()[*workload.resource], kNoNode, Code::UnsupportedWorkload, fmt::format("the pods run as service account `{}`, which is to be the waypoint's", workload.service_account),
                             {}, "choose another name with `--waypoint-name`");
    out.diagnostics.add(found.diagnostic);
    out.staying.insert(workload.ns);
    out.moving.erase(moving);
  }
}

void tell_not_in_mesh(const MeshModel& mesh, Diagnostics& out) {
  for (const auto* resource : mesh.all(Kind::AuthorizationPolicy)) {
    const auto selected = mesh.selected_by(*resource);
    if (selected.empty() || !std::ranges::all_of(selected, [&](WorkloadId id) { return mesh[id].dataplane == Dataplane::Outside; })) continue;
    out.add(block(mesh, *resource, kNoNode, Code::NotInMesh, fmt::format("the pods in {} that it selects have no sidecar, so nothing enforces it", mesh[selected.front()].ns), {},
                  "label the namespace `istio-injection: enabled` if its pods do have sidecars").diagnostic);
  }
}

}  // namespace

Blocker block(const MeshModel& mesh, const Resource& resource, NodeId node, Code code, std::string message, std::set<std::string> namespaces, std::string help) {
  return {.diagnostic = {.code = code, .subject = resource.subject(), .message = std::move(message), .labels = {mesh.store().label(resource, node == kNoNode ? resource.name.node : node)},
                         .help = std::move(help), .notes = {}},
          .namespaces = std::move(namespaces)};
}

std::set<std::string> sidecar_namespaces(const MeshModel& mesh, const std::string& ns, const Labels* labels) {
  std::set<std::string> out;
  bool known = labels == nullptr || conventional_gateway(*labels);
  for (const auto& workload : mesh.workloads()) {
    if ((ns != mesh.root_namespace() && ns != workload.ns) || (labels != nullptr && !picks(*labels, workload.labels))) continue;
    known = known || !workload.assumed;
    if (workload.dataplane == Dataplane::Sidecar) out.insert(workload.ns);
  }
  return known ? out : sidecar_namespaces(mesh, ns, nullptr);
}

Survey survey(const MeshModel& mesh, const PassOptions& options, const std::set<std::string, std::less<>>& excluded) {
  Survey out;
  std::vector<Blocker> blockers;
  find_input_blockers(mesh, blockers);
  find_policy_blockers(mesh, blockers);
  find_traffic_blockers(mesh, blockers);
  find_workload_blockers(mesh, blockers);
  for (auto& blocker : blockers) {
    if (blocker.namespaces.empty()) continue;  // it touches no sidecar of this mesh
    out.staying.insert(blocker.namespaces.begin(), blocker.namespaces.end());
    blocker.diagnostic.notes.push_back(fmt::format("stays on sidecars: {}", fmt::join(blocker.namespaces, ", ")));
    out.diagnostics.add(std::move(blocker.diagnostic));
  }
  for (const auto& workload : mesh.workloads()) {
    if (workload.dataplane != Dataplane::Sidecar) continue;
    if (excluded.contains(workload.ns)) out.staying.insert(workload.ns);
    if (out.staying.contains(workload.ns)) continue;
    auto& moving = out.moving[workload.ns];
    moving.name = workload.ns;
    moving.workloads.push_back(workload.id);
  }
  hold_back_for_staying(mesh, out);
  for (auto& entry : out.moving) {
    auto& moving = entry.second;
    find_need(mesh, moving);
    const bool has_one = std::ranges::any_of(mesh.services(), [&](const MeshService& s) { return s.ns == moving.name && mesh.waypoint_of(s.id) != nullptr; });
    if (has_one || moving.needs_waypoint != nullptr) moving.waypoint = waypoint_name(mesh, moving.name, options);
  }
  hold_back_impostors(mesh, out);
  tell_not_in_mesh(mesh, out.diagnostics);
  tell_without_effect(mesh, out.moving, out.diagnostics);
  return out;
}

}  // namespace s2a
