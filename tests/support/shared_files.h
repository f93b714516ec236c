// Where the data files lie that tests may read and the project never holds.
#pragma once

#include <cstdlib>
#include <filesystem>

namespace s2a::test {

/// $S2A_SHARED, else `shared` beside the checkout. It need not exist: a test that needs it is skipped, and says so.
inline std::filesystem::path shared_files() {
  const char* set = std::getenv("S2A_SHARED");
  return set != nullptr ? std::filesystem::path(set) : std::filesystem::path(S2A_SOURCE_DIR) / ".." / "shared";
}

}  // namespace s2a::test
