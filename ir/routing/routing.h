// What sidecars of clients and waypoints do with requests by VirtualServices and routes: tables whose rows name destinations. routing.md 1, 2, 5
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ir/authz/envoy.h"
#include "ir/routing/sources.h"

namespace s2a {

/// All routing of one mesh. Built once: it keeps an index of hosts and objects.
class Routing {
 public:
  explicit Routing(const MeshModel& mesh);
  Routing(const Routing&) = delete;
  Routing& operator=(const Routing&) = delete;

  /// The oldest object that names the host, whoever it is for; nullptr: none.
  [[nodiscard]] const Resource* oldest_object(const RoutedHost& host) const;
  /// What the sidecar of a client does with requests to this Service and port that name it: what is sent with a foreign Host is outbound()'s to tell. Nothing where no object
  /// applies: then default_at_sidecar().
  [[nodiscard]] std::optional<Table> at_sidecar(const RoutingProxy& client, const RoutedHost& host, std::uint16_t port, Chain chain) const;
  /// What a waypoint does, whatever the Host. Nothing where no object applies: then default_at_waypoint().
  [[nodiscard]] std::optional<Table> at_waypoint(const Waypoint& waypoint, const RoutedHost& host, std::uint16_t port, Chain chain) const;

  /// The one way where no object applies.
  [[nodiscard]] Table default_at_sidecar(const RoutingProxy& client, const RoutedHost& host, std::uint16_t port, Chain chain) const;
  [[nodiscard]] Table default_at_waypoint(const Waypoint& waypoint, const RoutedHost& host, std::uint16_t port, Chain chain) const;

  /// Everything that a client's sidecar does with HTTP on a port: the Host picks a Service, or a host that only a VirtualService knows; what nobody knows passes through.
  /// routing.md 1.1
  [[nodiscard]] Table outbound(const RoutingProxy& client, std::uint16_t port) const;

  [[nodiscard]] const Hosts& hosts() const { return context_.hosts; }
  [[nodiscard]] const Destinations& destinations() const { return context_.destinations; }

 private:
  [[nodiscard]] std::vector<const RouteSource*> seen_by_client(const RoutingProxy& client) const;
  [[nodiscard]] std::optional<Table> http_at_sidecar(const RoutingPlace& place, const std::vector<const RouteSource*>& seen) const;

  RoutingContext context_;
  std::vector<RouteSource> sources_;
};

/// Whether a sidecar looks at server names on the port: it is declared TLS or HTTPS. routing.md 1.9
[[nodiscard]] bool declared_tls(const ServicePort* port);

/// The labels and the namespace by which a client's sidecar routes.
[[nodiscard]] RoutingProxy routing_proxy(const MeshWorkload& client);
[[nodiscard]] RoutingProxy routing_proxy(const Waypoint& waypoint);

}  // namespace s2a
