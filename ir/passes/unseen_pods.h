// Addresses that no pod of the input stands for, and that may be a pod's all the same: those of a ServiceEntry, and behind a Service without a selector or another name for one.
// authorization.md 4.1
//
// Behind a waypoint such a pod would be reached past its policies: they are asked at the waypoint of its own Service, and its ztunnel lets waypoints in.
#pragma once

#include "ir/mesh/mesh_model.h"
#include "ir/routing/hosts.h"

namespace s2a {

/// Whether some pod of the mesh may refuse what another caller may have: by a policy, tokens, an extension, a patch of its sidecar, or mTLS that is asked for.
[[nodiscard]] bool turns_callers_away(const MeshModel& mesh);

/// Whether it makes a difference if one does: there are such addresses, or a DestinationRule keeps callers' identities from pods.
[[nodiscard]] bool would_mind_guards(const MeshModel& mesh);

/// Whether a waypoint must not call what this leads to: it may be pods, and some pod of the mesh turns callers away.
[[nodiscard]] bool may_be_guarded_pods(const MeshModel& mesh, const ServiceEntry& entry);
[[nodiscard]] bool may_be_guarded_pods(const MeshModel& mesh, const MeshService& service);
/// The same of a host.
[[nodiscard]] bool may_be_guarded_pods(const MeshModel& mesh, const RoutedHost& host);

}  // namespace s2a
