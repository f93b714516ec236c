// A path of tables and a request as hops for people. The decisions are evaluate's.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ir/mesh/mesh_model.h"
#include "ir/trace/trace.h"

namespace s2a {

/// One of the ways that a request may take through a path, until it is refused or has arrived.
struct Passage {
  std::vector<Hop> hops;
  std::optional<std::pair<WorkloadId, std::uint16_t>> pod;  ///< that a route leads to, with the port of the container
  std::string answer;                                       ///< a route's, where it leads to nobody
};

/// All of them: one, or where a route leads on, one for each pod that it leads to. `waypoint`: the name of the one on the way.
[[nodiscard]] std::vector<Passage> passages(const Path& path, const Request& request, const MeshModel& mesh, const std::string& waypoint);

/// The attributes that some rule on the way asks for.
[[nodiscard]] std::set<Attribute> asked_for(const Path& path);

}  // namespace s2a
