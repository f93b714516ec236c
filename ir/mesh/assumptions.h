// Pods and Services that the policies of the input need and the input does not have, taken to be there by convention. product.md 2
#pragma once

#include <vector>

#include "ir/mesh/mesh_model.h"

namespace s2a {

struct Hypotheses {
  std::vector<MeshWorkload> workloads;  ///< ids are given by whoever adopts them
  std::vector<MeshService> services;
  std::vector<Assumption> assumptions;
};

/// What must be taken to be there, so that every policy for sidecars has the pods that it asks for and every Service that a policy reaches has pods. `mesh` holds the input only,
/// its Services connected.
[[nodiscard]] Hypotheses hypothesise(const MeshModel& mesh);
/// What another version of the same mesh has assumed.
[[nodiscard]] Hypotheses assumed_parts(const MeshModel& mesh);
/// Said of a namespace that has no manifest.
[[nodiscard]] Assumption assumed_injection(const std::string& ns, bool injected);

}  // namespace s2a
