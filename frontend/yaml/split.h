// Where the documents of a file stand: cut at `---` and `...` lines, without a parser.
#pragma once

#include <string_view>
#include <vector>

#include "ir/source/span.h"

namespace s2a::yaml {

/// The two extents of a document.
struct DocumentText {
  Span feed;  ///< what the parser reads: the directives and the `---` line included
  Span span;  ///< Document::span: the content alone

  auto operator<=>(const DocumentText&) const = default;
};

/// The documents of a text of at most 4 GiB, in order. Comments in front of the first `---` are no document, a file without any content is one.
[[nodiscard]] std::vector<DocumentText> split(std::string_view text);

}  // namespace s2a::yaml
