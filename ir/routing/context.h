// What every lowering of routes needs: the mesh, its hosts and DestinationRules, and the release of Istio whose ways are followed.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "ir/mesh/istio_release.h"
#include "ir/routing/destinations.h"
#include "ir/table/table.h"

namespace s2a {

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
