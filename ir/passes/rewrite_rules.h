// One rule, as the waypoint and as ztunnel have to read it. authorization.md 8.2, 8.3
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ir/mesh/mesh_model.h"
#include "ir/value.h"

namespace s2a {

/// A Service port and the container ports behind it, one for each pod of the Service (several where pods differ; fewer where a pod lacks the named port).
struct MappedPort {
  std::uint16_t service_port = 0;
  std::vector<std::optional<std::uint16_t>> container_ports;
};

/// The TCP ports of a Service, as its pods serve them.
[[nodiscard]] std::vector<MappedPort> mapped_ports(const MeshModel& mesh, ServiceId service);

/// The rule for the waypoint in front of a Service: container ports become Service ports, for ALLOW those behind which all pods agree, for DENY those with any.
/// Nothing where no request can match any more. An ALLOW rule that had layer 7 keeps some: without it, it would come alive on TCP. 8.2
[[nodiscard]] std::optional<Rule> waypoint_rule(const Rule& rule, AuthorizationAction action, std::span<const MappedPort> ports);

/// The rule as ztunnel can be told it: for DENY everything that it cannot read is left out, so that it denies more, never less; an ALLOW rule with such a part is nothing. 8.3
/// Principals are written out for ztunnel's own trust domain, which is the first of `domains`.
[[nodiscard]] std::optional<Rule> ztunnel_rule(const Rule& rule, AuthorizationAction action, const std::vector<std::string>& domains);

/// Service accounts without a namespace mean the policy's own: written out for a copy in another namespace. 8.1
void qualify_service_accounts(Rule& rule, const std::string& policy_namespace);

/// `from: [{source: {principals: [...]}}]`: lets the waypoints in.
[[nodiscard]] Rule admit_waypoints(const std::vector<std::string>& principals);
/// Adds `when: source.principal notValues`: what the waypoints bring has been judged by them.
void exempt_waypoints(Rule& rule, const std::vector<std::string>& principals);

/// `rules:` as they are written.
[[nodiscard]] Value to_value(const std::vector<Rule>& rules);

}  // namespace s2a
