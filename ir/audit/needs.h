// What asks for a waypoint: everything that ztunnel alone cannot enforce or follow, down to the field.
#pragma once

#include <string>
#include <vector>

#include "ir/audit/reason.h"
#include "ir/mesh/mesh_model.h"

namespace s2a {

/// A resource that needs a waypoint in front of some pods.
struct Need {
  std::string subject;
  Label place;
  std::vector<Reason> reasons;  ///< never none
  std::vector<WorkloadId> workloads;
};

/// The fields of a policy that ztunnel cannot be told (rule_at_ztunnel is asked about each of them alone); of CUSTOM its action as well. None where it decides nothing.
[[nodiscard]] std::vector<Reason> layer_7_of(const MeshModel& mesh, const Resource& policy);

/// Policies, RequestAuthentications, routes and plug-ins, in order of kind, file and place. Policies with targetRefs do not ask: their target has a waypoint or they are void.
[[nodiscard]] std::vector<Need> waypoint_needs(const MeshModel& mesh);

/// Whether a waypoint could stand in front of the pod: some Service with an address of its own leads to it, or nothing is known of its Services.
[[nodiscard]] bool can_have_waypoint(const MeshModel& mesh, WorkloadId workload);

}  // namespace s2a
