// What is in a world, and which of it bears on a pod: so that a test can tell how often it met what.
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/property/translation/worlds.h"
#include "tests/support/recorded.h"

namespace s2a::test {

/// Every feature that is counted, each once.
[[nodiscard]] std::vector<std::string> all_features();
/// Those of the documents that bear on the pod at its sidecar, or stand in its namespace.
[[nodiscard]] std::set<std::string> features_of(const World& world, const MeshModel& mesh, const MeshWorkload& pod);
/// Those of the request itself.
[[nodiscard]] std::set<std::string> features_of(const nlohmann::json& asked, const RecordedMesh& before);

}  // namespace s2a::test
