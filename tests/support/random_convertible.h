// Random meshes with one VirtualService that routes can mostly say, if its order is kept.
#pragma once

#include <nlohmann/json.hpp>

#include "tests/support/random.h"

namespace s2a::test {

/// A mesh as random_routed_mesh() draws it, at a client's sidecar, with this VirtualService and its delegates alone.
[[nodiscard]] nlohmann::json random_convertible_mesh(Random& random);
/// A request that names its Service. Some send a header in two lines.
[[nodiscard]] nlohmann::json random_convertible_request(Random& random);

}  // namespace s2a::test
