// The pods with sidecars that each AuthorizationPolicy is about: at their sidecars, and as istiod sends it to ztunnel once they are ambient.
#pragma once

#include <map>
#include <vector>

#include "ir/mesh/mesh_model.h"

namespace s2a {

/// True for one of them at least. A pod without labels gets policies from ztunnel that do not select it (authorization.md 3.1), an empty selector is for sidecars alone (F7).
struct PolicyPod {
  WorkloadId workload{};
  bool at_sidecar = false;
  bool at_ztunnel = false;
};

using PolicyPods = std::map<ResourceId, std::vector<PolicyPod>>;

[[nodiscard]] PolicyPods policy_pods(const MeshModel& mesh);

}  // namespace s2a
