// Which VirtualServices and routes a proxy has, and in which order it takes them. routing.md 2.2, 5
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ir/routing/delegates.h"
#include "ir/routing/routes.h"

namespace s2a {

/// A VirtualService of the mesh, or what istiod makes one of: the HTTPRoutes and GRPCRoutes of one namespace for one host and port, a TCPRoute, a TLSRoute.
struct RouteSource {
  const Resource* resource = nullptr;  ///< the oldest one
  std::string ns;
  std::string name;
  std::string time;                ///< creationTimestamp
  std::vector<std::string> hosts;  ///< resolved
  std::vector<std::string> export_to;
  bool of_routes = false;
  std::vector<FlatRule> http;  ///< of a VirtualService, its delegates merged in
  std::vector<L4Rule> tls;
  std::vector<L4Rule> tcp;
  std::optional<std::uint16_t> port;  ///< that `items` are bound to
  std::vector<RouteItem> items;       ///< of HTTPRoutes and GRPCRoutes
};

/// Every one of the mesh, in order of age, name and namespace.
[[nodiscard]] std::vector<RouteSource> route_sources(const RoutingContext& context);

/// Those that a proxy of this namespace sees, in its order: private ones of its namespace, those exported to it by name, public ones made of routes of its namespace, all other
/// public ones. routing.md 2.2
[[nodiscard]] std::vector<const RouteSource*> visible(const std::vector<RouteSource>& sources, const std::string& ns);

/// The HTTP rows of one source at a place, added to the table; whether there are any.
bool add_http_rows(Table& table, const RouteSource& source, const RoutingContext& context, const RoutingPlace& place);

}  // namespace s2a
