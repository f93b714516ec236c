// Changes in terms of nodes -> byte edits in the style of the place.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "backend/edit/edit_set.h"
#include "ir/change.h"
#include "ir/source/codes.h"
#include "ir/source/document.h"
#include "ir/source/source_file.h"

namespace s2a {

/// Why a change cannot be made.
struct Refusal {
  Code code{};  ///< SharedText, NotEditable, or InternalError where the changes contradict each other
  NodeId node = kNoNode;
  std::string reason;  ///< as a diagnostic's message: lower case, no full stop
};

/// The edits for all changes of one document (Change::document is not looked at, CreateFile is left out; see to_yaml). Changes speak of the document as it stands, in any
/// order; additions at one place come in the order given. What is not named stays byte for byte, comments included, but a comment goes with a removed entry that it stands
/// directly above, behind, or indented below. What is added where an entry is removed takes its place, its comments included. Comments that a change brings along are written if
/// they are copied, or if the edits take them from their places.
[[nodiscard]] tl::expected<EditSet, Refusal> edits_for(std::span<const Change> changes, const SourceFile& file, const Document& document);

/// Whether the changes take the whole document away: its resource, or all items of a List.
[[nodiscard]] bool removes_document(std::span<const Change> changes, const Document& document);
/// The edits of a whole file that take documents away, once more tidied up: where no document is left, nothing is; where the first one has no `---` and goes, nor has the next one.
[[nodiscard]] EditSet tidied(const EditSet& edits, std::string_view text);

}  // namespace s2a
