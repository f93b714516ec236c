// A mesh with routes, asked about one request: where it goes, as what, and which of the pods there let it in. Hop after hop, each asked about what the one before it sends.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "tests/support/decisions.h"
#include "tests/support/recorded.h"
#include "tests/support/routed.h"

namespace s2a::test {

/// What becomes of a request.
struct Routed {
  nlohmann::json decision;           ///< of the routes: as RoutedCase tells it
  nlohmann::json facts;              ///< the same, destinations by their pods
  std::map<std::string, bool> pods;  ///< whom it is sent to, and who lets it in
  bool refused = false;              ///< whoever stands before the routes refuses it
};

/// One mesh, for one client and one port of `shop/reviews`.
class RoutedMesh {
 public:
  RoutedMesh(const std::string& manifests, const std::string& client, std::uint16_t port);

  /// How the pods of `shop/reviews` are handled.
  [[nodiscard]] Dataplane dataplane() const;
  [[nodiscard]] Dataplane dataplane(const std::string& pod) const { return (*mesh_)[mesh_.workload(pod)].dataplane; }
  /// The case that routing is asked of: that of the client's sidecar, or of the waypoint where the client has none.
  [[nodiscard]] const nlohmann::json& asked_case() const { return case_; }
  /// `asked`: method, host, path, headers.
  [[nodiscard]] Routed decide(const nlohmann::json& asked) const;

 private:
  [[nodiscard]] std::string pods_of(const std::string& service, const std::string& version) const;
  [[nodiscard]] std::optional<Decision> at_pod(const std::string& pod, const nlohmann::json& cluster, const nlohmann::json& asked) const;

  RecordedMesh mesh_;
  nlohmann::json case_;
  bool by_waypoint_ = false;
  std::string principal_;
  StandIns pods_;  ///< by Service, and by Service and subset
  std::optional<RoutedCase> routes_;
};

}  // namespace s2a::test
