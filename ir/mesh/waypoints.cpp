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

}  // namespace

const Waypoint* MeshModel::waypoint_of(ServiceId id) const {
  static const Labels kNone;
  const auto& service = (*this)[id];
  if (service.spec.headless() || service.spec.external_name()) return nullptr;
  const auto& own = service.resource ? (*store_)[*service.resource].labels : kNone;
  const auto* manifest = namespace_manifest(service.ns);
  const auto& labels = own.contains(kUseWaypoint) || !manifest ? own : manifest->labels;
  const auto name = value_of(labels, kUseWaypoint);
  if (name.empty() || name == "none" || leads_to_gateway(own)) return nullptr;
  const auto elsewhere = value_of(labels, kUseWaypointNamespace);
  const std::string_view ns = elsewhere.empty() ? service.ns : elsewhere;
  const auto found = std::ranges::find_if(waypoints_, [&](const Waypoint& w) { return w.name == name && w.ns == ns; });
  const bool serves = found != waypoints_.end() && found->serves_services && (found->open || found->ns == service.ns);
  return serves ? &*found : nullptr;
}

}  // namespace s2a
