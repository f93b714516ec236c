// From the PATHs of the command line to the bytes of every file, in one order whatever the order of the PATHs.
#pragma once

#include <string>
#include <vector>

#include "ir/source/diagnostic.h"
#include "ir/source/source_file.h"

namespace s2a {

struct LoadOptions {
  std::vector<std::string> paths;     ///< files (of any name), directories, `-` for standard input
  std::vector<std::string> context;   ///< the same, read and never edited
  std::vector<std::string> excludes;  ///< see Excludes
  std::string stdin_name;             ///< the path that standard input is shown under; empty: `-`. Its mesh_root is `-` in any case
};

/// Adds every file once, sorted by path. A directory is searched for *.yaml, *.yml and *.json; hidden and git-ignored ones are skipped, symbolic links followed.
/// What cannot be read is told and skipped: S2A0002, S2A0006. The bytes are not looked at here: see not_text(). product.md 3
void load(const LoadOptions& options, SourceSet& sources, Diagnostics& diagnostics);

}  // namespace s2a
