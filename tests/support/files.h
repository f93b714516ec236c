// What tests are given from outside: files, where the data lies that the project never holds, and numbers in variables.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace s2a::test {

/// $S2A_SHARED, else `shared` beside the checkout. It need not exist: a test that needs it is skipped, and says so.
inline std::filesystem::path shared_files() {
  const char* set = std::getenv("S2A_SHARED");
  return set != nullptr ? std::filesystem::path(set) : std::filesystem::path(S2A_SOURCE_DIR) / ".." / "shared";
}

/// The number in a variable of the environment, such as S2A_SEED.
inline std::size_t number_from(const char* variable, std::size_t otherwise) {
  const char* set = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe)
  return set == nullptr ? otherwise : std::strtoul(set, nullptr, 10);
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace s2a::test
