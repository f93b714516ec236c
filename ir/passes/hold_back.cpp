// What keeps namespaces on sidecars that would otherwise be free to move, because of others.
#include <fmt/format.h>

#include <algorithm>

#include "ir/mesh/well_known.h"
#include "ir/passes/blockers.h"
#include "ir/passes/survey.h"

namespace s2a {

namespace {

/// Holds back the namespaces of whose waypoints something is wrong.
class WaypointChecks {
 public:
  WaypointChecks(const MeshModel& mesh, Survey& out) : mesh_(mesh), out_(out) {}

  /// A label that names nothing which is known to be a waypoint, and nothing that is to be made: the cluster may have it.
  void find_unknown(const MovingNamespace& moving) {
    if (const auto* manifest = mesh_.namespace_manifest(moving.name)) look_at(moving, *manifest, manifest->labels);
    for (const auto& service : mesh_.services())
      if (service.ns == moving.name && service.resource) look_at(moving, mesh_.store()[*service.resource], mesh_.store()[*service.resource].labels);
    for (const auto* entry : mesh_.all(Kind::ServiceEntry))
      if (entry->ns.value == moving.name) look_at(moving, *entry, entry->labels);
    for (const auto id : moving.workloads)
      if (mesh_[id].resource) look_at(moving, mesh_.store()[*mesh_[id].resource], mesh_[id].labels);
  }

  /// What istiod would make for the waypoint, or what would be made for it here, has a name that is taken.
  void find_taken_names(const MovingNamespace& moving) {
    if (moving.waypoint.empty() || waypoint(moving.name, moving.waypoint) != nullptr || elsewhere(moving)) return;
    for (const auto* gateway : mesh_.all(Kind::K8sGateway))
      if (gateway->ns.value == moving.name && gateway->name.value == moving.waypoint)
        hold(moving.name, *gateway, kNoNode, Code::UnsupportedWaypoint,
             fmt::format("the waypoint would be called `{}`, as this Gateway, which is not known to be one", moving.waypoint));
    for (const auto& service : mesh_.services())
      if (service.ns == moving.name && service.name == moving.waypoint && service.resource)
        hold(moving.name, mesh_.store()[*service.resource], kNoNode, Code::UnsupportedWaypoint,
             fmt::format("the waypoint's own Service would be called `{}` as well", moving.waypoint));
    for (const auto& workload : mesh_.workloads())
      if (workload.ns == moving.name && workload.service_account == moving.waypoint && !workload.waypoint && workload.resource)
        hold(moving.name, mesh_.store()[*workload.resource], kNoNode, Code::UnsupportedWorkload,
             fmt::format("the pods run as service account `{}`, which is to be the waypoint's", moving.waypoint));
  }

  /// Pods that run as a waypoint does pass for it at ztunnel. 8.6
  void find_impostors(const MovingNamespace& moving) {
    const auto* manifest = mesh_.namespace_manifest(moving.name);
    const auto other = manifest == nullptr ? std::string_view() : value_of(manifest->labels, kUseWaypointNamespace);
    for (const auto& waypoint : mesh_.waypoints()) {
      if (waypoint.ns != moving.name && waypoint.ns != other) continue;
      for (const auto& workload : mesh_.workloads()) {
        const auto principal = fmt::format("{}/ns/{}/sa/{}", mesh_.trust_domain(), workload.ns, workload.service_account);
        if (principal == waypoint.principal && !workload.waypoint && workload.resource)
          hold(moving.name, mesh_.store()[*workload.resource], kNoNode, Code::UnsupportedWorkload,
               fmt::format("the pods run as service account `{}`, which is the waypoint's", workload.service_account));
      }
    }
  }

  void apply() {
    for (const auto& ns : held_) {
      out_.staying.insert(ns);
      out_.moving.erase(ns);
    }
  }

 private:
  [[nodiscard]] const Waypoint* waypoint(std::string_view ns, std::string_view name) const {
    const auto found = std::ranges::find_if(mesh_.waypoints(), [&](const Waypoint& w) { return w.ns == ns && w.name == name; });
    return found == mesh_.waypoints().end() ? nullptr : &*found;
  }

  [[nodiscard]] bool elsewhere(const MovingNamespace& moving) const {
    const auto* manifest = mesh_.namespace_manifest(moving.name);
    return manifest != nullptr && manifest->labels.contains(kUseWaypointNamespace);
  }

  void look_at(const MovingNamespace& moving, const Resource& resource, const Labels& labels) {
    for (const auto& [label, of] : {std::pair(kUseWaypoint, kUseWaypointNamespace), std::pair(kCanary, kCanaryNamespace)}) {
      const auto asked = labels.find(label);
      if (asked == labels.end() || asked->second.value.empty() || asked->second.value == "none") continue;
      const auto other = value_of(labels, of);
      const auto* known = waypoint(other.empty() ? std::string_view(moving.name) : other, asked->second.value);
      const bool made = other.empty() && moving.needs_waypoint != nullptr && asked->second.value == moving.waypoint;
      if (made || (known != nullptr && (known->open || known->ns == moving.name))) continue;
      hold(moving.name, resource, asked->second.node, Code::UnsupportedWaypoint,
           known != nullptr ? fmt::format("waypoint `{}` does not admit this namespace", asked->second.value)
                            : fmt::format("waypoint `{}` is not in the input, or is of a class that is not known", asked->second.value));
    }
  }

  void hold(const std::string& ns, const Resource& resource, NodeId node, Code code, std::string message) {
    const auto* help = code == Code::UnsupportedWaypoint && node != kNoNode ? "add it with `--context`, or remove the label" : "choose another name with `--waypoint-name`";
    out_.diagnostics.add(block(mesh_, resource, node, code, std::move(message), {ns}, help));
    held_.insert(ns);
  }

  const MeshModel& mesh_;
  Survey& out_;
  std::set<std::string> held_;
};

}  // namespace

void hold_back_for_waypoints(const MeshModel& mesh, Survey& out) {
  WaypointChecks checks(mesh, out);
  for (const auto& [name, moving] : out.moving) {
    checks.find_unknown(moving);
    checks.find_taken_names(moving);
    checks.find_impostors(moving);
  }
  checks.apply();
}

}  // namespace s2a
