// One judge a kind of resource, and one for pods: what becomes of it in ambient mode, left as it is. authorization.md 7
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ir/audit/impact.h"

namespace s2a {

struct Touch {
  ImpactKind kind{};
  std::string sentence;
  NodeId node = kNoNode;  ///< where it is written; kNoNode: the resource as a whole
};

struct Judge {
  Kind kind{};
  std::optional<Touch> (*judge)(const MeshModel& mesh, const Resource& resource) = nullptr;  ///< nothing: it touches no sidecar
};

/// In the order of the report.
[[nodiscard]] std::span<const Judge> judges();

/// What a pod's annotations and its place in the network mean.
[[nodiscard]] std::vector<Touch> judge_pod(const MeshModel& mesh, const MeshWorkload& pod);

/// How a PeerAuthentication reads at ztunnel.
[[nodiscard]] std::optional<Touch> judge_peer_authentication(const MeshModel& mesh, const Resource& resource);

}  // namespace s2a
