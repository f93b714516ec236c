// The ways of requests with the routes that lead them: what pod_hop() tells of pods, behind what sidecars and waypoints do by VirtualServices and routes. architecture.md 2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ir/authz/enforcement.h"
#include "ir/routing/routing.h"

namespace s2a {

/// The ways in one mesh.
class RoutedWays {
 public:
  /// The mesh must outlive it.
  explicit RoutedWays(const MeshModel& mesh) : mesh_(mesh), routing_(mesh) {}

  /// Whether a VirtualService or a route may decide about such requests, whoever the client is.
  [[nodiscard]] bool may_be_routed(const Question& question) const;
  /// Whether one decides about such requests of this client, or the proxy that leads them out of the mesh begins TLS.
  [[nodiscard]] bool routed(const Question& question, const RoutingProxy& client) const { return begins_tls(question) || table(question, client).has_value(); }
  /// What a client asks for when it means the question's Service, or host of a ServiceEntry. routing.md 7.0
  [[nodiscard]] std::vector<std::string> names(const Question& question, const RoutingProxy& client) const;
  /// The way to whatever its routes lead to, the default route where there is none; the question's pod does not count.
  [[nodiscard]] std::optional<Path> to_host(const Question& question, const RoutingProxy& client) const;
  [[nodiscard]] const Hosts& hosts() const { return routing_.hosts(); }

 private:
  [[nodiscard]] bool begins_tls(const Question& question) const;
  [[nodiscard]] std::optional<Table> table(const Question& question, const RoutingProxy& client) const;
  [[nodiscard]] std::optional<Path> follow(Table table, const Question& question) const;
  [[nodiscard]] std::optional<Path> hop(const Question& question, const Destination& destination, const std::pair<WorkloadId, std::uint16_t>& pod) const;
  [[nodiscard]] Chain chain(const Question& question) const;
  [[nodiscard]] const RoutedHost* called(const Question& question) const;
  [[nodiscard]] const RoutedHost* host(const Question& question) const;

  const MeshModel& mesh_;
  Routing routing_;
};

}  // namespace s2a
