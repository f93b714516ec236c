// A world that fails, made small.
#pragma once

#include <functional>

#include "tests/property/translation/worlds.h"

namespace s2a::test {

/// The world without whatever is not needed for `fails` to hold: documents, lines, items of lists.
[[nodiscard]] World minimised(World world, const std::function<bool(const World&)>& fails);

}  // namespace s2a::test
