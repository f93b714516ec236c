// A path of tables and a request as hops for people. The decisions are evaluate's.
#pragma once

#include <string>
#include <vector>

#include "ir/mesh/mesh_model.h"
#include "ir/trace/trace.h"

namespace s2a {

/// What the request meets until it is refused or has arrived. `waypoint`: the name of the one on the way.
[[nodiscard]] std::vector<Hop> hops_of(const Path& path, const Request& request, const Store& store, const std::string& waypoint);

/// The attributes that some rule on the way asks for.
[[nodiscard]] std::set<Attribute> asked_for(const Path& path);

}  // namespace s2a
