// Addresses that no pod of the input stands for, and that may be a pod's all the same: endpoints of a ServiceEntry, and of a Service without a selector. authorization.md 4.1
//
// Behind a waypoint such a pod would be reached past its policies: they are asked at the waypoint of its own Service, and its ztunnel lets waypoints in.
#pragma once

#include "ir/mesh/mesh_model.h"
#include "ir/routing/hosts.h"

namespace s2a {

/// Whether some pod of the mesh may refuse what another caller may have: a policy, tokens, an extension, mTLS that is asked for.
[[nodiscard]] bool turns_callers_away(const MeshModel& mesh);

/// Whether a waypoint must not call what this leads to: it may be pods, and some pod of the mesh turns callers away.
[[nodiscard]] bool may_be_guarded_pods(const MeshModel& mesh, const ServiceEntry& entry);
[[nodiscard]] bool may_be_guarded_pods(const MeshModel& mesh, const MeshService& service);
/// The same of a host.
[[nodiscard]] bool may_be_guarded_pods(const MeshModel& mesh, const RoutedHost& host);

}  // namespace s2a
