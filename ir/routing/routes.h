// HTTPRoutes and GRPCRoutes of one Service and port, merged and sorted as istiod does it, as rows. routing.md 2
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ir/routing/actions.h"

namespace s2a {

/// One match of one rule; istiod splits rules by their matches. nullptr: a rule of a GRPCRoute that has none.
struct RouteItem {
  const Resource* route = nullptr;
  const RouteRule* rule = nullptr;
  const RouteMatch* match = nullptr;
};

/// The matches of routes in order of precedence: by path type, length of the path's text, method, number of headers and of query parameters; else as they come. routing.md 2.1
/// `routes`: the oldest first.
[[nodiscard]] std::vector<RouteItem> sorted_items(std::span<const Resource* const> routes);

void add_rows(Table& table, std::span<const RouteItem> items, const RoutingContext& context, const RoutingPlace& place);

/// The host that a parent or a backend names: a Service's, or that of a ServiceEntry by `kind: Hostname`; empty where nobody knows the kind. routing.md 1.3
[[nodiscard]] std::string host_of(const ObjectRef& ref, const std::string& ns, const RoutingContext& context);

}  // namespace s2a
