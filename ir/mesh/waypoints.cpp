// Which waypoint a Service's traffic passes. authorization.md 4.7
#include <algorithm>

#include "ir/mesh/mesh_model.h"
#include "ir/mesh/well_known.h"

namespace s2a {

namespace {

/// The Service of a waypoint or of an east-west gateway itself.
bool leads_to_gateway(const Labels& labels) {
  const auto managed = value_of(labels, "gateway.istio.io/managed");
  return managed == "istio.io-mesh-controller" || managed == "istio.io-eastwest-controller";
}

/// What labels ask for a waypoint: its name, and its namespace where it is not the object's own.
struct Ask {
  std::string_view name, ns;
};
constexpr Ask kFirst{kUseWaypoint, kUseWaypointNamespace};
constexpr Ask kSecond{kCanary, kCanaryNamespace};

/// The waypoint that an object asks for by its own label, else by its namespace's; one that is not ready hides that of the namespace as well.
const Waypoint* asked_for(const MeshModel& mesh, const Ask& ask, const Labels& own, const std::string& home) {
  const auto* manifest = mesh.namespace_manifest(home);
  const auto& labels = own.contains(ask.name) || !manifest ? own : manifest->labels;
  const auto name = value_of(labels, ask.name);
  if (name.empty() || name == "none") return nullptr;
  const auto elsewhere = value_of(labels, ask.ns);
  const std::string_view ns = elsewhere.empty() ? home : elsewhere;
  const auto found = std::ranges::find_if(mesh.waypoints(), [&](const Waypoint& w) { return w.name == name && w.ns == ns; });
  return found != mesh.waypoints().end() && found->ready && (found->open || found->ns == home) ? &*found : nullptr;
}

/// The same for a Service's address, where the waypoint serves Services.
const Waypoint* asked_for(const MeshModel& mesh, const Ask& ask, const MeshService& service) {
  static const Labels kNone;
  const auto& own = service.resource ? mesh.store()[*service.resource].labels : kNone;
  if (service.spec.headless() || service.spec.external_name() || leads_to_gateway(own)) return nullptr;
  const auto* found = asked_for(mesh, ask, own, service.ns);
  return found != nullptr && found->serves_services ? found : nullptr;
}

}  // namespace

bool has_address(const Resource& entry) {
  const auto* spec = std::get_if<ServiceEntry>(&entry.spec);
  if (spec == nullptr) return false;
  const auto single = [](const std::string& address) { return address.find('/') == std::string::npos; };
  if (!spec->addresses.empty()) return std::ranges::any_of(spec->addresses, single);
  const bool wildcard = std::ranges::any_of(spec->hosts, [](const Spanned<std::string>& host) { return host.value.starts_with('*'); });
  return !wildcard && !spec->resolution.empty() && spec->resolution != "NONE" && value_of(entry.labels, kAllocate) != "false";
}

MeshModel MeshModel::with_ready_waypoints() const {
  auto out = *this;
  for (auto& waypoint : out.waypoints_) waypoint.ready = true;
  return out;
}

const Waypoint* MeshModel::waypoint_of(ServiceId id) const { return asked_for(*this, kFirst, (*this)[id]); }

const Waypoint* MeshModel::canary_of(ServiceId id) const { return waypoint_of(id) == nullptr ? nullptr : asked_for(*this, kSecond, (*this)[id]); }

const Waypoint* MeshModel::waypoint_of(ResourceId entry) const {
  const auto& resource = (*store_)[entry];
  if (!has_address(resource)) return nullptr;
  const auto* found = asked_for(*this, kFirst, resource.labels, resource.ns.value);
  return found != nullptr && found->serves_services ? found : nullptr;
}

const Waypoint* MeshModel::waypoint_of(WorkloadId id) const {
  const auto& pod = (*this)[id];
  const auto* found = asked_for(*this, kFirst, pod.labels, pod.ns);
  return found != nullptr && found->serves_workloads ? found : nullptr;
}

}  // namespace s2a
