// Random meshes with one VirtualService that routes can mostly say, if its order is kept.
#pragma once

#include <nlohmann/json.hpp>

#include "tests/support/random.h"

namespace s2a::test {

/// A mesh as random_routed_mesh() draws it, with this VirtualService alone.
[[nodiscard]] nlohmann::json random_convertible_mesh(Random& random);

}  // namespace s2a::test
