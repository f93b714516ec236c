// The releases of Istio that are told apart, and what changed between them. routing.md 1.7
#pragma once

#include <compare>
#include <cstdint>

namespace s2a {

/// Those whose ways are known: 1.28 to 1.32.
inline constexpr int kOldestIstio = 28;
inline constexpr int kNewestIstio = 32;

/// 1.`minor`.`patch`. routing.md 1.7
struct IstioRelease {
  int minor = 32;
  int patch = 0;
  auto operator<=>(const IstioRelease&) const = default;

  /// A waypoint takes every VirtualService and route of a Service, not only the first one.
  [[nodiscard]] bool concatenates() const { return minor >= 30 || (minor == 29 && patch >= 2) || (minor == 28 && patch >= 6); }
  /// HTTPRoutes and GRPCRoutes of one Service and port are sorted as one list.
  [[nodiscard]] bool merges_kinds() const { return minor >= 30; }
  /// CORS filters of routes answer every preflight, and know wildcards in origins.
  [[nodiscard]] bool cors_by_gateway_api() const { return minor >= 30; }
  /// The status of a rule without any backendRef.
  [[nodiscard]] std::int64_t no_backend() const { return minor == 30 ? 404 : 500; }
  /// A waypoint without any route for a Service takes its consistentHash.
  [[nodiscard]] bool hashes_by_default() const { return minor >= 31; }
};

}  // namespace s2a
