// Changes checked and sorted by the place that they change.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <vector>

#include <tl/expected.hpp>

#include "backend/edit/site.h"
#include "backend/edit/verbs.h"

namespace s2a {

/// Everything asked of one document. Points into the changes it was made from.
struct Gathered {
  std::map<NodeId, Value> replaced;
  std::map<NodeId, Collection, std::greater<>> collections;  ///< a collection before the one that holds it
  std::vector<const Value*> appended;                        ///< documents behind this one
  std::vector<const CommentResource*> commented;
  bool document_removed = false;  ///< then there is nothing else
};

/// Refuses what would change shared text, what has no place in the layout, and changes that contradict each other.
[[nodiscard]] tl::expected<Gathered, Refusal> gather(const Site& site, std::span<const Change> changes);

}  // namespace s2a
