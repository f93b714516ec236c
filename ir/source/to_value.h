// The tree of YAML that stands in a text.
#pragma once

#include "ir/source/document.h"
#include "ir/value.h"

namespace s2a {

/// Where a node begins.
[[nodiscard]] SourcePoint origin_of(const Document& document, NodeId node);
/// A node and all below it as a Value; aliases and merges are followed, scalars are their text, a null is an empty one. All of it has its origin: an entry of a map that of its
/// key.
[[nodiscard]] Value to_value(const Document& document, NodeId node);

}  // namespace s2a
