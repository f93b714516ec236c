// Which Services stand between a waypoint and the pods of a namespace, and which policies each of them has to carry. authorization.md 8.0, 8.2
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ir/passes/survey.h"

namespace s2a {

/// A Service whose traffic passes the waypoint.
struct Front {
  ServiceId service{};
  std::set<ResourceId> policies;   ///< ALLOW: those that all pods with any ALLOW have; DENY: those that any pod has
  bool nothing_in_common = false;  ///< pods have ALLOW policies, and none in common: the waypoint must allow nothing
  std::set<ResourceId> allowing;   ///< every ALLOW policy of its pods
};

/// The fronts of a moving namespace, in order of Service; headless Services and those without pods are none.
[[nodiscard]] std::vector<Front> fronts(const MeshModel& mesh, const MovingNamespace& moving);

}  // namespace s2a
