// `--out-dir`: the tree as it is, except for what the Plan changes.
#pragma once

#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "backend/render/report.h"
#include "backend/write/write.h"

namespace s2a {

struct Copied {
  std::size_t files = 0;
  std::size_t changed = 0;  ///< changed or new
  std::size_t deleted = 0;  ///< left out
};

/// Copies every file below the PATHs, `.git` left out and directory links not followed except for what was read. One PATH: its content goes straight into the
/// directory. Several: each keeps its path. Errors: NotWritten, also where a directory cannot be read or two files would be one in the copy.
[[nodiscard]] tl::expected<Copied, WriteError> copy_tree(const std::vector<std::string>& paths, const std::vector<MeshReport>& meshes, const std::filesystem::path& directory);

}  // namespace s2a
