// Reads them line by line.
#include "tests/unit/shape/sources.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace fs = std::filesystem;

namespace s2a::test {
namespace {

const fs::path kRoot = S2A_SOURCE_DIR;

void collect(const fs::path& path, std::vector<TextFile>& out) {
  TextFile file{.path = fs::relative(path, kRoot).generic_string()};
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) file.lines.push_back(std::move(line));
  out.push_back(std::move(file));
}

std::vector<TextFile> sorted(std::vector<TextFile> files) {
  std::ranges::sort(files, {}, &TextFile::path);
  return files;
}

}  // namespace

std::vector<TextFile> sources(const std::vector<std::string>& folders) {
  std::vector<TextFile> out;
  for (const auto& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp") collect(entry.path(), out);
    }
  }
  return sorted(std::move(out));
}

std::vector<TextFile> all_files() {
  std::vector<TextFile> out;
  for (const auto& top : fs::directory_iterator(kRoot)) {
    const auto name = top.path().filename().string();
    if (name == ".git" || name.starts_with("build")) continue;
    if (top.is_regular_file()) collect(top.path(), out);
    if (!top.is_directory()) continue;
    for (const auto& entry : fs::recursive_directory_iterator(top.path()))
      if (entry.is_regular_file()) collect(entry.path(), out);
  }
  return sorted(std::move(out));
}

}  // namespace s2a::test
