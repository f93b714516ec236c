// The two halves of a policy as resources to be written: for the waypoint by targetRefs, for ztunnel by selector. authorization.md 8.2, 8.3
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ir/mesh/mesh_model.h"
#include "ir/passes/fronts.h"
#include "ir/passes/reconcile.h"
#include "ir/passes/rule_at_ztunnel.h"

namespace s2a {

/// The Services (or the Gateway) for which the rules of a policy read the same.
struct WaypointHalf {
  AuthorizationAction action{};
  std::vector<Rule> rules;
  Value written;                      ///< the rules as a Value: what makes two halves one
  std::vector<std::string> services;  ///< names; empty: the Gateway
  std::string gateway;
};

/// The policy's rules as the waypoint there reads them.
[[nodiscard]] std::vector<Rule> rules_at(const Resource& policy, const Front& front);
/// Adds a Service to the half whose rules it shares, or a new half.
void add_front(std::vector<WaypointHalf>& halves, const Resource& policy, const Front& front);
void add_gateway(std::vector<WaypointHalf>& halves, const Resource& policy, const Waypoint& waypoint);

/// What ztunnel is told: the policy's rules as it reads them, the waypoints let in (ALLOW) or spared (DENY, CUSTOM). Without rules a DENY denies nothing, and an ALLOW all.
struct ZtunnelHalf {
  AuthorizationAction action{};  ///< CUSTOM is DENY there
  std::vector<Rule> rules;
};

/// Whom a half lets in besides, or spares.
struct Exempt {
  std::vector<std::string> waypoints;
  std::vector<std::uint16_t> ports;
};

/// Of a policy that itself `stays` where ztunnel sees it, only what that one does not say.
[[nodiscard]] ZtunnelHalf ztunnel_half(const Resource& policy, const Exempt& exempt, const ZtunnelScope& scope, bool stays);
/// Whether the half says just what the policy says.
[[nodiscard]] bool same_as(const Resource& policy, const ZtunnelHalf& half);

/// Objects with these rules, as many as the CRD's limit of rules makes of them; never none.
[[nodiscard]] std::vector<Value> as_waypoint_half(const Store& store, const Resource& policy, const WaypointHalf& half);
/// For pods with these labels instead of those that the policy selects, where they are given.
[[nodiscard]] std::vector<Value> as_ztunnel_half(const Store& store, const Resource& policy, const ZtunnelHalf& half, const Labels* labels = nullptr);
/// A half as an object of its own: another name, in `ns` unless that is empty, without what belonged to the one that it was made from.
[[nodiscard]] Value as_copy(Value half, std::string_view name, std::string_view ns);

/// The apiVersion of an AuthorizationPolicy made because of `cause`: its own group's, where that is the policies'.
[[nodiscard]] std::string policy_version(const Resource& cause);
/// `{group: "", kind: Service, name: cart}`
[[nodiscard]] Value service_target(std::string_view name);
/// `{matchLabels: {...}}`
[[nodiscard]] Value match_labels(const Labels& labels);
/// In the place of the selector; else behind the action.
void set_targets(Value& spec, Value targets);

/// `targetRefs[Service/a, Service/b]`
[[nodiscard]] std::string describe(const std::vector<std::string>& services);
[[nodiscard]] std::string describe(const WaypointHalf& half);
/// `selector app=cart`, or `the whole namespace`
[[nodiscard]] std::string selected(const std::optional<Selector>& selector);
/// Why a policy needs a half at the waypoint: what of it is layer 7, or that the waypoint stands in the way.
[[nodiscard]] std::string reason(const Resource& policy, const std::vector<std::string>& domains);
[[nodiscard]] std::string ztunnel_reason(const Resource& policy);

}  // namespace s2a
