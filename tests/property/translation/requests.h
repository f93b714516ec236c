// Random requests to the pods of a mesh, in the form of records (shared/vectors), and which of them are outside the comparison.
#pragma once

#include <nlohmann/json.hpp>

#include "tests/support/random.h"
#include "tests/support/recorded.h"

namespace s2a::test {

/// By every client class, to a pod of `mesh` by a Service that leads to it or by its own address, to ports that are declared or not.
[[nodiscard]] nlohmann::json random_request(Random& random, const MeshModel& mesh);

/// Callers with the identity of a waypoint on the way: 8.6 leaves them out.
[[nodiscard]] bool by_waypoint(const nlohmann::json& asked, const RecordedMesh& after);
/// Bytes that are not HTTP, to a port that the sidecar serves as HTTP: of these only what it refuses at layer 4 is compared. 8.6
[[nodiscard]] bool bytes_to_http(const nlohmann::json& asked, const RecordedMesh& before);

}  // namespace s2a::test
