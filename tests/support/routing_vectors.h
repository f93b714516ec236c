// What the real engines decided about routes (shared/vectors/routing), asked of the lowerings again.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/vectors.h"

namespace s2a::test {

/// The facts in which RoutedCase::decide() and a recorded decision differ.
[[nodiscard]] std::vector<std::string> routing_differences(const nlohmann::json& ours, const nlohmann::json& recorded);

/// One case: requests, or the settings of clusters, or objects that are refused.
void check_routing(const nlohmann::json& recorded, VectorTally& tally);

}  // namespace s2a::test
