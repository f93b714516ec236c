// A client sidecar's or a waypoint's answer to one request, in the words of shared/vectors/routing.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "ir/routing/routing.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::test {

/// Where the requests of a case are decided: `manifests`, `mesh`, `point`, `client`, `service`, `port`; of ours, `segments`: prefixes are segments.
class RoutedCase {
 public:
  explicit RoutedCase(const nlohmann::json& recorded);

  /// The decision as it is recorded; but destinations are always a list `to` with weights, `seen` says for each its `path`, `host` and headers, and `responseHeaders` is a list
  /// likewise.
  [[nodiscard]] nlohmann::json decide(const nlohmann::json& asked) const;

  /// The settings of a cluster here.
  [[nodiscard]] TrafficPolicy::Settings policy(const std::string& service, const std::string& subset, std::uint16_t port) const;
  /// What the rows of the HTTP table hash, by destination.
  [[nodiscard]] std::map<Cluster, std::string> hashes() const;

 private:
  [[nodiscard]] nlohmann::json decide_http(const nlohmann::json& asked) const;
  [[nodiscard]] nlohmann::json decide_connection(const nlohmann::json& asked) const;
  [[nodiscard]] const RoutedHost& host(const std::string& name) const;
  /// What decides HTTP requests here, or connections.
  [[nodiscard]] Table table(Chain chain) const;

  nlohmann::json case_;
  TestMesh mesh_;
  Routing routing_;
  RoutingProxy proxy_;
  const Waypoint* waypoint_ = nullptr;
  Table http_;
};

}  // namespace s2a::test
