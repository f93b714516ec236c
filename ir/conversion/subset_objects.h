// A Service for a subset, and the DestinationRule that gives it the subset's settings. routing.md 4.2, 4.3
#pragma once

#include <string>

#include "ir/conversion/subsets.h"

namespace s2a {

/// Whose DestinationRules count: the waypoint's, in the namespace of the Service. routing.md 4.3
[[nodiscard]] RoutingProxy subset_proxy(const RoutedHost& host);

/// Whether a Service is what would be made of `base` for these labels: the same pods by the same ports.
[[nodiscard]] bool stands_for(const Service& service, const Service& base, const Labels& labels);

[[nodiscard]] OrRefused<SubsetObjects> subset_objects(const RoutingContext& routing, const RoutedHost& host, const std::string& subset, const SubsetService& as);

}  // namespace s2a
