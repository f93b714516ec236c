// What stands behind a destination as one proxy sees it: which DestinationRules apply, their subsets, endpoints and settings. routing.md 4
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ir/routing/hosts.h"
#include "ir/table/route_action.h"

namespace s2a {

/// Who routes: a client's sidecar, or a waypoint.
struct RoutingProxy {
  std::string ns;
  Labels labels;
  bool waypoint = false;
};

class Destinations {
 public:
  Destinations(const MeshModel& mesh, const Hosts& hosts) : mesh_(&mesh), hosts_(&hosts) {}

  /// The DestinationRules that this proxy takes for a host, of one namespace and one host text, the oldest first: of its own namespace, else of the host's, else of the root
  /// namespace.
  [[nodiscard]] std::vector<const Resource*> rules(const std::string& host, const RoutingProxy& proxy) const;
  /// The labels of a subset; nothing where no rule has it. Where no DestinationRule of the input is for the host, `v1` is taken to be `version: v1`.
  [[nodiscard]] std::optional<Labels> subset(const std::string& host, const std::string& subset, const RoutingProxy& proxy) const;
  /// Whether no DestinationRule of the input is for the host.
  [[nodiscard]] bool assumes_subsets(const std::string& host) const;
  /// The first DestinationRule of the input for the host by which a proxy begins TLS of its own, whoever it is for; nullptr: none.
  [[nodiscard]] const Resource* begins_tls(const std::string& host) const;
  [[nodiscard]] Endpoints endpoints(const std::string& host, const std::string& subset, std::uint16_t port, const RoutingProxy& proxy) const;
  /// The settings of a cluster: those of the subset over those of the host, field by field. routing.md 4.3
  [[nodiscard]] TrafficPolicy::Settings policy(const std::string& host, const std::string& subset, std::uint16_t port, const RoutingProxy& proxy) const;
  /// What of a request picks the endpoint (Destination::hash). Settings of a port are read only where the route names the port. routing.md 4.3
  [[nodiscard]] std::string hash(const std::string& host, const std::string& subset, std::optional<std::uint16_t> port, const RoutingProxy& proxy) const;

 private:
  const MeshModel* mesh_;
  const Hosts* hosts_;
};

}  // namespace s2a
