// The parts of verbs.cpp: each turns checked changes of one place into byte edits. No refusals here; verbs.cpp has asked before.
#pragma once

#include <span>
#include <vector>

#include "backend/edit/edit_set.h"
#include "backend/edit/site.h"
#include "ir/change.h"

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
/// Takes the whole document out of its file.
[[nodiscard]] Edits remove_edits(const Site& site);
/// Puts comments above a resource, and above lines around its beginning that others of the edits remove; nothing where its line begins with something else.
[[nodiscard]] Edits comment_edits(const Site& site, const CommentResource& change, const Edits& others);
/// Whether the change has comments with it.
[[nodiscard]] bool brings_comments(const Change& change);
/// The changes with those of their comments only that are copied, or that `edits` take from their places.
[[nodiscard]] std::vector<Change> with_lost_comments(std::span<const Change> changes, const EditSet& edits);
/// What else must go: blank lines that would become part of a block scalar once the lines between are removed.
[[nodiscard]] Edits joining_blanks(const Site& site, const Edits& edits);

}  // namespace s2a
