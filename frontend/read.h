// The frontend as one step: from the files of a mesh to its resources, with every screen applied.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ir/mesh/store.h"

namespace s2a {

struct FileContent {
  std::vector<Document> documents;  ///< those that can matter
  std::vector<Resource> resources;  ///< Resource::document counts `documents`; namespaces are as written
  Diagnostics diagnostics;
};

/// What one file says by itself: not_text(), scan, parse, templates, decode. Pure.
[[nodiscard]] FileContent read_file(const SourceFile& file);

struct ReadOptions {
  std::string default_namespace = "default";  ///< of what names no namespace and gets none from a kustomization
  unsigned threads = 0;                       ///< 0: one a processor. Without influence on the result
};

/// Reads the files of one mesh, given in order, into the store, and looks at them together: Helm charts, kustomizations, namespaces.
[[nodiscard]] Snapshot read_all(Store& store, std::span<const FileId> files, const ReadOptions& options, Diagnostics& diagnostics);

/// A file with its new text; `old` is nothing for a file that is new.
struct NewVersion {
  std::optional<FileId> old;
  SourceFile file;
};

/// The mesh with some files changed: the old snapshot's resources of those files give way to what the new texts say, all others stay. In order of path and place.
/// The diagnostics are those of the new texts: what was told of the old ones is told again.
[[nodiscard]] Snapshot read_again(Store& store, const Snapshot& old, std::vector<NewVersion> versions, const ReadOptions& options, Diagnostics& diagnostics);

}  // namespace s2a
