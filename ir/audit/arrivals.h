// Where and how requests come to the pods of a policy: one for each way that the policy can tell from the others.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "ir/audit/policy_pods.h"

namespace s2a {

struct Arrival {
  bool http = true;         ///< read as HTTP by the sidecar
  bool at_sidecar = true;   ///< the policy applies to the pod at its sidecar
  bool at_ztunnel = true;   ///< istiod sends it to ztunnel for the pod
  std::uint16_t port = 0;   ///< of the pod
  bool port_named = false;  ///< by the policy; else it stands for all others
  auto operator<=>(const Arrival&) const = default;
};

struct Arrivals {
  std::vector<Arrival> all;  ///< HTTP first
  std::string host;          ///< what requests ask for: `cart.shop`
};

/// At its pods: on every port that the policy names and on one other, as HTTP and as bytes where the sidecar may take it for that.
[[nodiscard]] Arrivals arrivals_of(const MeshModel& mesh, const AuthorizationPolicy& policy, const std::vector<PolicyPod>& pods);

}  // namespace s2a
