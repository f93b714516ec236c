// Where what is sent to a Service arrives: at its own pods, or at those that routes lead to. authorization.md 4.6, 9.11
#pragma once

#include <vector>

#include "ir/mesh/mesh_model.h"

namespace s2a {

/// For every Service, by its id: the ways to pods, sorted. `mesh` has its Services connected with their pods.
[[nodiscard]] std::vector<std::vector<Delivery>> deliveries(const MeshModel& mesh);

}  // namespace s2a
