// Random meshes of sidecars with routes: a VirtualService on subsets, its Services and pods, and policies that read what routes change.
#pragma once

#include "tests/property/translation/worlds.h"

namespace s2a::test {

/// Who calls is `curl-shop` beside the Service `shop/reviews`, or `curl-web`, which may keep its sidecar. Every container listens on 9080.
[[nodiscard]] World random_routed_world(Random& random);

}  // namespace s2a::test
