// What a waypoint stands before in a namespace, Services or pods that are bound to it, and what each of them has to carry. authorization.md 8.0, 8.2
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ir/passes/rule_at_waypoint.h"
#include "ir/passes/survey.h"

namespace s2a {

/// A Service whose traffic passes the waypoint, or pods whose own addresses do.
struct Front {
  std::string name;  ///< the Service's; for pods that of their waypoint
  std::string ns;
  bool to_pods = false;
  std::vector<WorkloadId> pods;                 ///< that it leads to, by routes to other Services as well
  std::vector<FrontPort> ports;                 ///< of a Service
  std::set<ResourceId> policies;                ///< ALLOW: those that all pods with any ALLOW have; others: those that any pod has
  std::set<ResourceId> authentications;         ///< RequestAuthentications that any pod has
  std::set<ResourceId> extensions;              ///< WasmPlugins and TrafficExtensions that may refuse, and that any pod has
  std::set<ResourceId> allowing;                ///< every ALLOW policy of its pods
  std::optional<ResourceId> opens;              ///< the ALLOW policy that lets through what no sidecar captures
  bool nothing_in_common = false;               ///< pods have ALLOW policies, and none in common: the waypoint must allow nothing
  bool several_providers = false;               ///< a pod has CUSTOM policies of several providers, and refuses what they name (2.7)
  std::optional<ResourceId> tokens_differ;      ///< a RequestAuthentication that not all pods have, where that decides: nothing can be let through
  std::optional<ResourceId> extensions_differ;  ///< an extension that not all pods have, where policies read what it may have changed
  std::optional<ResourceId> http_reader;        ///< a RequestAuthentication, an extension or a CUSTOM policy that looks at every HTTP request
  std::vector<std::uint16_t> unchecked_ports;   ///< the waypoint takes for bytes what it looks at in sidecars
};

/// A Service of a moving namespace as a front, whether or not it has a waypoint yet.
[[nodiscard]] Front front_of(const MeshModel& mesh, const MeshService& service, const MovingNamespace& moving);
/// The Service ports behind which no sidecar captures anything.
[[nodiscard]] std::vector<std::uint16_t> uncaptured_ports(const Front& front);
/// The fronts of a moving namespace, in order of Service; headless Services and those without pods are none.
[[nodiscard]] std::vector<Front> fronts(const MeshModel& mesh, const MovingNamespace& moving);

/// The pods of a moving namespace that are bound to waypoints of their own there, in order of waypoint.
[[nodiscard]] std::vector<Front> bound_pods(const MeshModel& mesh, const MovingNamespace& moving);

/// The names of those Services that lead to some of these pods, as many together as one object can target.
[[nodiscard]] std::vector<std::vector<std::string>> services_before(const std::vector<Front>& fronts, const std::vector<WorkloadId>& pods);
/// At most this many targets in one object. authorization.md 2.11
inline constexpr std::size_t kMostTargets = 16;

/// Whether the policy decides about requests: AUDIT and dry runs do not.
[[nodiscard]] bool decides(const AuthorizationPolicy& policy);
/// Whether the pod's CUSTOM policies name several providers: then its sidecar refuses what they match. authorization.md 2.7
[[nodiscard]] bool asks_several(const MeshModel& mesh, WorkloadId pod);
/// Whether it is a CUSTOM policy whose provider is asked over HTTP, and so not about bytes. authorization.md 2.7
[[nodiscard]] bool asks_over_http(const AuthorizationPolicy& policy, const MeshModel& mesh);
/// The same where the input does not say so for certain.
[[nodiscard]] bool may_ask_over_http(const AuthorizationPolicy& policy, const MeshModel& mesh);

}  // namespace s2a
