// A VirtualService's HTTP rules as rows, at the sidecar of a client and at a waypoint. routing.md 1
#pragma once

#include <span>

#include "ir/routing/actions.h"
#include "ir/routing/delegates.h"

namespace s2a {

/// One row for each match that counts at this place, in order.
/// Who calls is known at a sidecar only; a waypoint leaves out matches with sourceLabels, and compares its own namespace. routing.md 1.2
void add_rows(Table& table, std::span<const FlatRule> rules, const RoutingContext& context, const RoutingPlace& place);

/// A destination as an object of namespace `ns` writes it; without a port a sidecar takes the one that is asked, a waypoint the only one that there is. routing.md 1.3
[[nodiscard]] Destination destination_of(const RouteDestination& destination, const std::string& ns, const RoutingContext& context, const RoutingPlace& place);

}  // namespace s2a
