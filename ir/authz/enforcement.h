// Which engines a request meets on its way to a pod, in the mesh as it stands: sidecars, ztunnel, waypoints. authorization.md 2, 5
#pragma once

#include <optional>
#include <string>

#include "ir/mesh/mesh_model.h"
#include "ir/table/client.h"
#include "ir/table/path.h"

namespace s2a {

/// What is fixed about a request before it is sent: who calls, which pod gets it, how it is addressed, and what it speaks.
struct Question {
  ClientClass client{};
  WorkloadId workload{};
  std::optional<ServiceId> service;  ///< nullopt: addressed by the pod's own IP
  std::optional<ResourceId> entry;   ///< a ServiceEntry instead: it leads out of the mesh, and no pod gets the request but by a route
  std::string entry_host;            ///< which of its hosts is called, where routes are asked
  std::uint16_t service_port = 0;
  std::uint16_t container_port = 0;
  bool http = true;           ///< what the caller sends
  bool by_canary = false;     ///< through the second waypoint of the Service, where it has one. 4.7
  bool tunnel_taken = false;  ///< the sidecar takes HBONE: what the injector writes is taken for granted where the manifest shows nothing of it (8.8)
};

/// The tree of hops for that request in this mesh, every table over what the caller sends: Identity, and on HTTP Method, Path and Host.
/// Nothing where the input does not say what the sidecar takes the port to speak (2.5).
/// The pod need not be one of the Service's own: where a route leads to it, the policies on the way are the Service's. 9.11
/// A caller that is no ambient pod never meets a waypoint, but an ingress gateway where the Service asks for it. authorization.md 5
[[nodiscard]] std::optional<Path> enforcement(const MeshModel& mesh, const Question& question);
/// The waypoint that the request passes first; nullptr: none. authorization.md F8, 5
[[nodiscard]] const Waypoint* waypoint_on_the_way(const MeshModel& mesh, const Question& question);
/// The two parts of that way alone: the waypoint, where there is one, and the pod, whoever stands before it.
[[nodiscard]] std::optional<Path> waypoint_hop(const MeshModel& mesh, const Question& question);
[[nodiscard]] std::optional<Path> pod_hop(const MeshModel& mesh, const Question& question);

}  // namespace s2a
