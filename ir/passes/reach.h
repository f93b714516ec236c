// Whom a resource reaches in a namespace that moves, and who else goes on reading it.
#pragma once

#include <string>
#include <vector>

#include "ir/passes/survey.h"

namespace s2a {

/// A resource with a selector, seen from a namespace that moves.
struct Reach {
  std::vector<WorkloadId> pods;           ///< of that namespace: they leave their sidecars
  bool stays = false;                     ///< it must go on saying what it says: it is of another namespace, or a gateway reads it as well
  std::vector<std::string> waypoints;     ///< principals of all waypoints in front of these pods. P(w) of authorization.md 8.0
  std::vector<std::uint16_t> uncaptured;  ///< ports of all these pods that their sidecars leave alone
};

[[nodiscard]] Reach reach_of(const MeshModel& mesh, const Resource& resource, const MovingNamespace& moving);

/// The principals of the waypoints in front of these pods.
[[nodiscard]] std::vector<std::string> waypoints_of(const MeshModel& mesh, const MovingNamespace& moving, const std::vector<WorkloadId>& pods);
/// Pods of which nothing is known but that a policy for the whole namespace applies to them: no Service to target, so their waypoint is. product.md 2
[[nodiscard]] const Waypoint* gateway_target(const MeshModel& mesh, const MovingNamespace& moving, WorkloadId pod);

/// The container ports that all these pods serve as `protocol` at their sidecars.
[[nodiscard]] std::vector<std::uint16_t> common_ports(const MeshModel& mesh, const std::vector<WorkloadId>& pods, AppProtocol protocol);

/// The ports that the sidecars of all these pods leave alone: nothing is enforced there before, so nothing need be after. 8.3
[[nodiscard]] std::vector<std::uint16_t> common_uncaptured(const MovingNamespace& moving, const std::vector<WorkloadId>& pods);

/// Selectors that pick these pods and none of the namespace's other ones that the resource reaches: nullptr stands for the resource's own.
[[nodiscard]] std::vector<const Labels*> selectors_for(const MeshModel& mesh, const Resource& resource, const MovingNamespace& moving);

}  // namespace s2a
