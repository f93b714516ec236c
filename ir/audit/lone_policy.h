// A policy as if it were the only one: what its sidecars let in, and what ztunnel would let in that was told the same text.
#pragma once

#include <optional>
#include <string>

#include "ir/audit/arrivals.h"
#include "ir/table/request.h"

namespace s2a {

/// Who calls.
struct LoneCaller {
  bool identified = true;  ///< mutual TLS
  std::string waypoint;    ///< the principal of the waypoint that the call passes; empty: it comes straight to the pod
  std::string host;
};

/// Requests that get in and were denied, and the other way round; the plainest of each. Callers whose certificate ztunnel does not take are left out.
struct BothWays {
  std::optional<Request> let_in;
  std::optional<Request> kept_out;
  std::string unknown;  ///< why nothing can be said
};
[[nodiscard]] BothWays compare_alone(const MeshModel& mesh, const Resource& policy, const Arrival& arrival, const LoneCaller& caller);

}  // namespace s2a
