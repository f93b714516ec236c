// The tree of YAML that stands in a text.
#pragma once

#include "ir/source/document.h"
#include "ir/value.h"

namespace s2a {

/// A node and all below it as a Value; aliases and merges are followed, scalars are their text, a null is an empty one.
[[nodiscard]] Value to_value(const Document& document, NodeId node);

}  // namespace s2a
