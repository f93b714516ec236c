// The project's own files, for tests that read them.
#pragma once

#include <string>
#include <vector>

namespace s2a::test {

struct TextFile {
  std::string path;  ///< below the project's folder
  std::vector<std::string> lines;
};

/// Every .h and .cpp below these folders, sorted by path.
[[nodiscard]] std::vector<TextFile> sources(const std::vector<std::string>& folders);
/// Every file of the project but .git and build folders.
[[nodiscard]] std::vector<TextFile> all_files();

}  // namespace s2a::test
