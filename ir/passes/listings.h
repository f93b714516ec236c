// Where kustomizations list files.
#pragma once

#include <string_view>
#include <vector>

#include "ir/mesh/mesh_model.h"

namespace s2a {

/// An item of `resources` of a kustomization.
struct Listing {
  const Resource* kustomization = nullptr;
  NodeId item = kNoNode;
};

/// The items that name a file.
[[nodiscard]] std::vector<Listing> listings_of(const MeshModel& mesh, std::string_view path);

}  // namespace s2a
