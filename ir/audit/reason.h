// A place in a resource, by its path and by file, line and column: why something is said of it.
#pragma once

#include <string>

#include "ir/mesh/store.h"

namespace s2a {

struct Reason {
  std::string path;  ///< below `spec`: `rules[0].to[1].operation.paths`
  std::string what;  ///< what stands there: `paths`, `request.headers[x-team]`
  Label place;
};

/// The reason that stands at a node; `what` empty: the last step of its path.
[[nodiscard]] Reason reason_at(const Store& store, const Resource& resource, NodeId node, std::string what = {});

}  // namespace s2a
