// networking.istio.io DestinationRule, as written. routing.md 4
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ir/mesh/authorization_policy.h"
#include "ir/value.h"

namespace s2a {

/// Settings are merged as wholes, so that each is kept as the text that it is.
struct TrafficPolicy {
  using Settings = std::map<std::string, Value>;  ///< connectionPool, loadBalancer, outlierDetection, tls; tunnel, proxyProtocol and retryBudget at the top only
  Settings settings;
  std::map<std::uint16_t, Settings> ports;  ///< portLevelSettings
  NodeId node = kNoNode;
};

struct Subset {
  Spanned<std::string> name;
  Labels labels;
  std::optional<TrafficPolicy> policy;
  NodeId node = kNoNode;
};

struct DestinationRule {
  Spanned<std::string> host;  ///< not resolved
  std::optional<Selector> workload_selector;
  std::vector<std::string> export_to;
  std::vector<Subset> subsets;
  std::optional<TrafficPolicy> policy;
  Spanned<std::string> tls_mode;  ///< the first mode other than ISTIO_MUTUAL of trafficPolicy, its ports and the subsets; else ISTIO_MUTUAL where it is written

  /// Whether it asks the client's proxy for another TLS than the mesh's own.
  [[nodiscard]] bool begins_tls() const { return !tls_mode.value.empty() && tls_mode.value != "ISTIO_MUTUAL"; }
  /// The first trafficPolicy found, of the host or of a subset; kNoNode: none.
  [[nodiscard]] NodeId traffic_policy() const;
};

}  // namespace s2a
