// Every VirtualService of a mesh converted, and the mesh with the routes in their place.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ir/conversion/conversion.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::test {

/// What became of one host of one VirtualService.
struct ConvertedHost {
  std::string subject;  ///< `VirtualService shop/reviews`
  std::string host;     ///< in full
  std::vector<std::string> refusals;
  std::vector<std::string> obstacles;  ///< their names
  std::set<OrderKept> orders;
};

struct ConvertedMesh {
  std::vector<ConvertedHost> hosts;
  std::vector<ConvertedObject> routes;
  std::string added;                            ///< what was made, as documents
  std::map<std::string, std::string> stand_in;  ///< `shop/reviews-v1` -> `shop/reviews v1`: Services that stand for subsets

  [[nodiscard]] bool refused() const;
};

[[nodiscard]] ConvertedMesh convert_all(const TestMesh& mesh, const ConversionOptions& options = {});

/// Each match of the routes in the order in which istiod sorts them, with what it leads to: `PathPrefix / x-canary -> reviews-v2`.
[[nodiscard]] std::vector<std::string> sorted_matches(const ConvertedMesh& converted);

/// The documents that are of none of these kinds.
[[nodiscard]] std::string without_kinds(const std::string& manifests, const std::vector<std::string>& kinds);

}  // namespace s2a::test
