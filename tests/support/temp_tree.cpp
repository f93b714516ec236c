// Makes and removes the directory.
#include "tests/support/temp_tree.h"

#include <cstdlib>
#include <fstream>

namespace s2a::test {

TempTree::TempTree() {
  auto name = (std::filesystem::temp_directory_path() / "s2a.XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) std::abort();
  root_ = name;
}

TempTree::TempTree(std::initializer_list<std::pair<std::string_view, std::string_view>> files) : TempTree() {
  for (const auto& [path, text] : files) write(path, text);
}

TempTree::~TempTree() {
  std::error_code error;
  std::filesystem::remove_all(root_, error);
}

void TempTree::write(std::string_view path, std::string_view text) const {
  std::filesystem::create_directories((root_ / path).parent_path());
  std::ofstream(root_ / path, std::ios::binary) << text;
}

void TempTree::link(std::string_view target, std::string_view path) const {
  std::filesystem::create_directories((root_ / path).parent_path());
  std::filesystem::create_symlink(target, root_ / path);
}

}  // namespace s2a::test
