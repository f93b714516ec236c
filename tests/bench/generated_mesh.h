// Meshes of any size for the bench: namespaces of twenty workloads each, and policies of every usual shape spread over them; and VirtualServices of any length.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace s2a::bench {

struct MeshSize {
  std::size_t workloads = 0;
  std::size_t policies = 0;
};

/// Path and text of each file, one a namespace. The same size gives the same text.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> generated_mesh(MeshSize size);

struct RouteSize {
  std::size_t services = 0;
  std::size_t rules = 0;  ///< of each VirtualService
};

/// Services of two subsets each, with a VirtualService each whose matches are of every usual shape.
[[nodiscard]] std::string generated_routes(RouteSize size);

}  // namespace s2a::bench
