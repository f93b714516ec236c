// The comments of a document, which its nodes do not hold.
#pragma once

#include <vector>

#include "ir/source/document.h"
#include "ir/source/source_file.h"
#include "ir/value.h"

namespace s2a {

/// Those that stand in a part of the file, in order. What looks like a comment within a scalar is none.
[[nodiscard]] std::vector<Comment> comments_in(const SourceFile& file, const Document& document, Span part);

/// The item of a sequence that a comment is about: it stands directly above the item, in it, behind it on its line, or below it and deeper. kNoNode: none.
[[nodiscard]] NodeId item_about(const SourceFile& file, const Document& document, NodeId sequence, const Comment& comment);

}  // namespace s2a
