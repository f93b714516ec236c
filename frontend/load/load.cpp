// Reads the files that find_files() found.
#include "frontend/load/load.h"

#include "frontend/load/find_files.h"
#include "frontend/load/read_bytes.h"

namespace s2a {

void load(const LoadOptions& options, SourceSet& sources, Diagnostics& diagnostics) {
  for (const auto& found : find_files(options, diagnostics)) {
    auto bytes = found.mesh_root == "-" ? read_standard_input() : read_bytes(found.path);
    if (!bytes) {
      diagnostics.add(about_path(bytes.error().code, found.path, bytes.error().why, bytes.error().help));
      continue;
    }
    sources.add({.path = found.path, .text = std::move(*bytes), .access = found.access, .mesh_root = found.mesh_root});
  }
}

}  // namespace s2a
