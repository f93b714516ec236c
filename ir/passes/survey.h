// Which namespaces can move to ambient mode now, which of them need a waypoint, and what keeps the others on sidecars. Every pass reads it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ir/mesh/mesh_model.h"
#include "ir/passes/pass.h"

namespace s2a {

/// A namespace that moves.
struct MovingNamespace {
  std::string name;
  std::vector<WorkloadId> workloads;                            ///< those that leave their sidecars
  const Resource* needs_waypoint = nullptr;                     ///< the first policy or route that needs layer 7 here; nullptr: no waypoint
  NodeId needs_waypoint_node = kNoNode;                         ///< the rule that needs it
  std::string waypoint;                                         ///< its waypoint's name where it needs or has one
  bool only_for_routes = false;                                 ///< what needs it are VirtualServices or routes, which gateways do not follow
  std::map<WorkloadId, std::vector<std::uint16_t>> uncaptured;  ///< ports that sidecars leave alone, of the pods that have any
};

struct Survey {
  std::map<std::string, MovingNamespace> moving;
  std::set<std::string> staying;  ///< namespaces with sidecars that are left alone
  Diagnostics diagnostics;
};

/// `excluded`: namespaces that the gate has refused.
[[nodiscard]] Survey survey(const MeshModel& mesh, const PassOptions& options, const std::set<std::string, std::less<>>& excluded);

/// Waypoints that labels name and nobody knows; names that a new one must not have; pods that would pass for a waypoint. 4.7, 8.6
void hold_back_for_waypoints(const MeshModel& mesh, Survey& out);

/// Resources that go on without effect where their pods leave the sidecars; nothing that decides about requests.
void tell_without_effect(const MeshModel& mesh, const std::map<std::string, MovingNamespace>& moving, Diagnostics& out);

}  // namespace s2a
