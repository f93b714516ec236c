// Document -> Resource: finds the objects whose kind counts and reads each into its typed struct.
#pragma once

#include <vector>

#include "ir/mesh/resource.h"
#include "ir/source/diagnostic.h"
#include "ir/source/document.h"
#include "ir/source/source_file.h"

namespace s2a {

struct Decoded {
  std::vector<Resource> resources;  ///< in the order of the text; ids are the caller's to give
  Diagnostics diagnostics;
};

/// The resources of one document: one, none (a kind or an API group that does not count), or the items of a List, however nested. `document` becomes Resource::document.
/// Whatever is wrong in a resource is a diagnostic, and the resource is then not translatable. Of a locked document nothing is reported: what locked it was.
[[nodiscard]] Decoded decode(const Document& source, DocumentId document, const SourceFile& file);

}  // namespace s2a
