// Where and how requests come to the pods of a policy: one for each way that the policy can tell from the others.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "ir/mesh/mesh_model.h"

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

/// At pods with sidecars: on every port that the policy names and on one other, as HTTP and as bytes where the sidecar may take it for that. A pod without labels gets policies
/// from ztunnel that do not select it.
[[nodiscard]] Arrivals arrivals_of(const MeshModel& mesh, const Resource& policy);

}  // namespace s2a
