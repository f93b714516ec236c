// Meshes of any size for the bench: namespaces of twenty workloads each, and policies of every usual shape spread over them.
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

}  // namespace s2a::bench
