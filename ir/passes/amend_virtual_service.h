// A VirtualService that stays, written so that the waypoint of its Service follows it as sidecars did. routing.md 1.3, 5.3
//
//   metadata: {name: ratings, namespace: web}              metadata: {name: ratings, namespace: prod}
//   spec:                                                  spec:
//     hosts: [ratings.prod.svc.cluster.local]       ->       hosts: [ratings.prod.svc.cluster.local]
//     http:                                                  http:
//     - fault: ...                                           - fault: ...
//       route: [{destination: {host: ratings}}]                route: [{destination: {host: ratings.web.svc.cluster.local}}]
#pragma once

#include <optional>
#include <string>

#include "ir/routing/context.h"
#include "ir/value.h"

namespace s2a {

struct AmendedVirtualService {
  Value value;
  std::string ns;    ///< where it stands
  std::string what;  ///< `moves to namespace prod`
  std::string why;
};

/// Waypoints read VirtualServices of their Services' namespace only: it goes there, its names written in full. Where a destination has a single port and another one than its
/// hosts, sidecars look for that of the hosts, and waypoints take the single one unless it is written.
/// Nothing where neither is needed; nor for a delegate, what includes one, what gateways read as well, what is not for all namespaces, what has hosts in several, or hosts of which
/// another VirtualService speaks. Whether there is another of its name is not looked at.
[[nodiscard]] std::optional<AmendedVirtualService> amended(const Resource& virtual_service, const RoutingContext& routing);

}  // namespace s2a
