// A policy as if it were the only one: what its sidecars let in, and what ztunnel would let in that was told the same text.
#pragma once

#include <string>

#include "ir/audit/arrivals.h"
#include "ir/proof/compare.h"

namespace s2a {

/// Who calls.
struct LoneCaller {
  bool identified = true;  ///< mutual TLS
  std::string waypoint;    ///< the principal of the waypoint that the call passes; empty: it comes straight to the pod
  std::string host;
};

/// `wider`: Wider where some request gets in that was denied. `narrower`: the same with the sides changed. Callers whose certificate ztunnel does not take are left out.
struct BothWays {
  Comparison wider;
  Comparison narrower;
};
[[nodiscard]] BothWays compare_alone(const MeshModel& mesh, const Resource& policy, const Arrival& arrival, const LoneCaller& caller);

}  // namespace s2a
