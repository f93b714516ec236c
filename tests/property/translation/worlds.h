// Random meshes of sidecars, as a user would write them: small, each with few of the things that a translation has to get right.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/random.h"

namespace s2a::test {

struct WorldDocument {
  std::string subject;  ///< `Service shop/s1`
  std::string text;
};

struct World {
  std::vector<WorldDocument> documents;
  nlohmann::json mesh_config;  ///< the last document holds it as well

  /// One YAML stream.
  [[nodiscard]] std::string text() const;
};

[[nodiscard]] World random_world(Random& random);

}  // namespace s2a::test
