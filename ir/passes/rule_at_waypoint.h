// One rule as the waypoint in front of a Service has to read it. authorization.md 8.2
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ir/mesh/mesh_model.h"

namespace s2a {

/// A port of a Service: what lies behind it, and what each side takes it to speak.
struct FrontPort {
  std::uint16_t service_port = 0;
  std::vector<std::uint16_t> container_ports{};  ///< one for each pod that it leads to
  bool raw_at_sidecar = false;                   ///< some sidecar takes for bytes what the waypoint reads as HTTP
  bool uncaptured = false;                       ///< no sidecar captures what lies behind
  bool raw_at_waypoint = false;                  ///< the waypoint takes for bytes what some sidecar reads as HTTP
};

struct WaypointRules {
  std::vector<Rule> rules;  ///< none where no request can match any more
  bool exact = true;        ///< whether they hold for the same requests as at the sidecars behind
};

/// Container ports become Service ports: for ALLOW those behind which all pods agree, else those with any. What a waypoint does not see (the caller's address, the pod's, the
/// mesh's server name) goes: of an ALLOW the whole alternative, of another action the constraint. Where one side reads HTTP and the other bytes, an ALLOW does not reach, and
/// another action gets a second rule without what only one side sees. An ALLOW rule that had HTTP keeps some: without it, it would come alive on TCP.
/// Ports that no sidecar captures are left out of what is not an ALLOW. Without any port: as a waypoint on the way to pods reads it, where ports stay what they are.
[[nodiscard]] WaypointRules rules_at_waypoint(const Rule& rule, AuthorizationAction action, std::span<const FrontPort> ports);

}  // namespace s2a
