// From pods and their policies to policies and their pods.
#include "ir/audit/policy_pods.h"

namespace s2a {

PolicyPods policy_pods(const MeshModel& mesh) {
  PolicyPods out;
  for (const auto& pod : mesh.workloads()) {
    if (pod.dataplane != Dataplane::Sidecar || pod.waypoint) continue;
    const auto entry = [&](const Resource& policy) -> PolicyPod& {
      auto& pods = out[policy.id];
      return pods.empty() || pods.back().workload != pod.id ? pods.emplace_back(PolicyPod{.workload = pod.id}) : pods.back();
    };
    for (const auto* policy : mesh.policies_at_sidecar(pod.id)) entry(*policy).at_sidecar = true;
    for (const auto* policy : mesh.policies_at_ztunnel(pod.id)) entry(*policy).at_ztunnel = true;
  }
  return out;
}

}  // namespace s2a
