// Which namespaces can move to ambient mode now, which of them need a waypoint, and what keeps the others on sidecars. Every pass reads it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ir/pipeline.h"

namespace s2a {

/// A reason to leave namespaces alone.
struct Blocker {
  Diagnostic diagnostic;
  std::set<std::string> namespaces;
};

/// A namespace that moves.
struct MovingNamespace {
  std::string name;
  std::vector<WorkloadId> workloads;   ///< those that leave their sidecars
  const Resource* needs_waypoint = nullptr;  ///< the first policy that needs layer 7 here; nullptr: no waypoint
  NodeId needs_waypoint_node = kNoNode;      ///< the rule that needs it
  std::string waypoint;                ///< its waypoint's name where it needs or has one
};

struct Survey {
  std::map<std::string, MovingNamespace> moving;
  std::set<std::string> staying;       ///< namespaces with sidecars that are left alone
  Diagnostics diagnostics;
};

/// `excluded`: namespaces that the gate has refused.
[[nodiscard]] Survey survey(const MeshModel& mesh, const PassOptions& options, const std::set<std::string, std::less<>>& excluded);

/// The namespaces of the sidecar workloads that `labels` pick in `ns`, or in all namespaces where `ns` is the root namespace; nullptr picks all.
/// Labels that pick no workload of the input are not known to pick none: they count as picking all, unless they are a gateway's.
[[nodiscard]] std::set<std::string> sidecar_namespaces(const MeshModel& mesh, const std::string& ns, const Labels* labels);

/// Resources that go on without effect where their pods leave the sidecars; nothing that decides about requests.
void tell_without_effect(const MeshModel& mesh, const std::map<std::string, MovingNamespace>& moving, Diagnostics& out);

/// A blocker whose place is a node of the resource; kNoNode: the resource itself.
[[nodiscard]] Blocker block(const MeshModel& mesh, const Resource& resource, NodeId node, Code code, std::string message, std::set<std::string> namespaces, std::string help);

/// Everything that is not translated yet, or must not be. One function a file: blockers_<topic>.cpp
void find_policy_blockers(const MeshModel& mesh, std::vector<Blocker>& out);
void find_traffic_blockers(const MeshModel& mesh, std::vector<Blocker>& out);
void find_workload_blockers(const MeshModel& mesh, std::vector<Blocker>& out);
void find_input_blockers(const MeshModel& mesh, std::vector<Blocker>& out);

}  // namespace s2a
