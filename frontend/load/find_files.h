// Which files a run reads.
#pragma once

#include <string>
#include <vector>

#include "frontend/load/load.h"

namespace s2a {

struct FoundFile {
  std::string path;  ///< as shown, see SourceFile
  Access access = Access::Edit;
  std::string mesh_root;
};

/// Every file that the PATHs name or hold, once, sorted by path. A file that is reached in several ways is found through the first PATH that reaches it, and through no symbolic
/// link where possible.
[[nodiscard]] std::vector<FoundFile> find_files(const LoadOptions& options, Diagnostics& diagnostics);

}  // namespace s2a
