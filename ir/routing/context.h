// What every lowering of routes needs: the mesh, its hosts and DestinationRules, and the release of Istio whose ways are followed.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "ir/routing/destinations.h"
#include "ir/table/table.h"

namespace s2a {

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

struct RoutingContext {
  RoutingContext(const MeshModel& of, IstioRelease to) : mesh(&of), hosts(of), destinations(of, hosts), release(to) {}
  RoutingContext(const RoutingContext&) = delete;  // `destinations` looks at `hosts`
  RoutingContext& operator=(const RoutingContext&) = delete;

  const MeshModel* mesh;
  Hosts hosts;
  Destinations destinations;
  IstioRelease release;
};

/// Where a decision is taken: by whom, and about which port of which host; nullptr for a host that is none of the mesh's.
struct RoutingPlace {
  const RoutingProxy* proxy = nullptr;
  const RoutedHost* host = nullptr;
  std::uint16_t port = 0;
};

}  // namespace s2a
