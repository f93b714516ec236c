// What only a waypoint can enforce. authorization.md 8.3, 8.7
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ir/mesh/mesh_model.h"

namespace s2a {

/// The policies, RequestAuthentications and extensions that a sidecar enforces for this pod.
[[nodiscard]] std::vector<const Resource*> enforced_at_sidecar(const MeshModel& mesh, WorkloadId workload);

/// What of a resource is beyond ztunnel: a rule, or a RequestAuthentication or an extension as a whole (kNoNode); nothing where ztunnel enforces it as sidecars do.
[[nodiscard]] std::optional<NodeId> beyond_ztunnel(const MeshModel& mesh, const Resource& resource);

/// Whether ztunnel alone serves the namespace: nothing in it is beyond ztunnel, and no waypoint or route for one is there. What Services lead to its pods makes no difference then.
[[nodiscard]] bool layer_4_only(const MeshModel& mesh, std::string_view ns);

}  // namespace s2a
