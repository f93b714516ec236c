// Intersections for ALLOW, unions for DENY.
#include "ir/passes/fronts.h"

#include <algorithm>
#include <iterator>

namespace s2a {
namespace {

Front front(const MeshModel& mesh, const MeshService& service) {
  Front out{.service = service.id, .policies = {}, .nothing_in_common = false, .allowing = {}};
  bool first = true;
  std::set<ResourceId> common;
  for (const auto id : service.backends) {
    std::set<ResourceId> allows;
    for (const auto* resource : mesh.policies_at_sidecar(id)) {
      const auto action = std::get<AuthorizationPolicy>(resource->spec).action;
      if (action == AuthorizationAction::Allow)
        allows.insert(resource->id);
      else
        out.policies.insert(resource->id);
    }
    if (allows.empty()) continue;  // pods without any ALLOW allow everything
    std::set<ResourceId> both;
    std::ranges::set_intersection(common, allows, std::inserter(both, both.end()));
    common = first ? allows : std::move(both);
    first = false;
    out.allowing.merge(allows);
  }
  out.nothing_in_common = !first && common.empty();
  out.policies.merge(common);
  return out;
}

}  // namespace

std::vector<Front> fronts(const MeshModel& mesh, const MovingNamespace& moving) {
  std::vector<Front> out;
  if (moving.waypoint.empty()) return out;
  for (const auto& service : mesh.services()) {
    if (service.ns == moving.name && !service.backends.empty() && mesh.waypoint_of(service.id) != nullptr) out.push_back(front(mesh, service));
  }
  return out;
}

}  // namespace s2a
