// Where the data that is not part of the project stands.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace s2a::test {

inline std::filesystem::path shared() {
  const char* given = std::getenv("S2A_SHARED");
  return given != nullptr ? std::filesystem::path(given) : std::filesystem::path(S2A_SOURCE_DIR).parent_path() / "shared";
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace s2a::test
