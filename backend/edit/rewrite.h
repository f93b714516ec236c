// The parts of verbs.cpp: each turns checked changes of one place into byte edits. No refusals here; verbs.cpp has asked before.
#pragma once

#include <vector>

#include "backend/edit/edit_set.h"
#include "backend/edit/site.h"

namespace s2a {

using Edits = std::vector<Edit>;

/// Removals from and additions to a block map or sequence.
[[nodiscard]] Edits block_edits(const Site& site, Collection collection);
/// Removals from and additions to a flow map or sequence that has brackets.
[[nodiscard]] Edits flow_edits(const Site& site, Collection collection);
/// Puts a value where a node stands.
[[nodiscard]] Edits replace_edits(const Site& site, NodeId node, const Value& value);
/// Puts a new document behind this one.
[[nodiscard]] Edits append_edits(const Site& site, const Value& value);
/// What else must go: blank lines that would become part of a block scalar once the lines between are removed.
[[nodiscard]] Edits joining_blanks(const Site& site, const Edits& edits);

}  // namespace s2a
