// The two halves of a policy as resources to be written: for the waypoint by targetRefs, for ztunnel by selector. authorization.md 8.2, 8.3
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ir/mesh/mesh_model.h"
#include "ir/passes/reconcile.h"
#include "ir/passes/rewrite_rules.h"

namespace s2a {

/// The Services (or the Gateway) for which the rules of a policy read the same.
struct WaypointHalf {
  std::vector<Rule> rules;
  Value written;                      ///< the rules as a Value: what makes two halves one
  std::vector<std::string> services;  ///< names; empty: the Gateway
  std::string gateway;
};

/// Adds a Service to the half whose rules it shares, or a new half; none where a DENY can never match there.
void add_service(std::vector<WaypointHalf>& halves, const MeshModel& mesh, const Resource& policy, ServiceId service);
void add_gateway(std::vector<WaypointHalf>& halves, const Resource& policy, const Waypoint& waypoint);

/// Own: the policy's rules as ztunnel reads them, and the waypoints let in (ALLOW) or spared (DENY). WaypointsOnly: just these, for a policy that stays beside.
enum class ZtunnelScope : std::uint8_t { Own, WaypointsOnly };
[[nodiscard]] std::vector<Rule> ztunnel_rules(const Resource& policy, const std::vector<std::string>& waypoints, const std::vector<std::string>& domains, ZtunnelScope scope);
/// A DENY of which nothing is left denies nothing; an ALLOW without rules denies all.
[[nodiscard]] bool needs_ztunnel_half(const Resource& policy, const std::vector<Rule>& rules);

[[nodiscard]] Value as_waypoint_half(const Store& store, const Resource& policy, const WaypointHalf& half);
[[nodiscard]] Value as_ztunnel_half(const Store& store, const Resource& policy, const std::vector<Rule>& rules);
/// A half as an object of its own: another name, in `ns` unless that is empty, without what belonged to the one that it was made from.
[[nodiscard]] Value as_copy(Value half, std::string_view name, std::string_view ns);
/// An ALLOW without rules for one Service, of the apiVersion of `like`.
[[nodiscard]] Value allow_nothing_at(const MeshService& service, std::string_view name, const Resource& like);

/// `targetRefs[Service/a, Service/b]`
[[nodiscard]] std::string describe(const WaypointHalf& half);
/// `selector app=cart`, or `the whole namespace`
[[nodiscard]] std::string selected(const Resource& policy);
/// Why a policy needs a half at the waypoint: what of it is layer 7, or that the waypoint stands in the way.
[[nodiscard]] std::string reason(const Resource& policy);
[[nodiscard]] std::string ztunnel_reason(const Resource& policy);

/// Names of AuthorizationPolicies by namespace.
class Names {
 public:
  explicit Names(const MeshModel& mesh);
  /// A name that is free in that namespace, and no longer is.
  [[nodiscard]] std::string take(const std::string& ns, std::string_view base, std::string_view suffix);

 private:
  std::map<std::string, std::set<std::string>> taken_;
};

}  // namespace s2a
