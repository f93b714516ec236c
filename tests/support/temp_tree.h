// A directory of files for one test, removed afterwards.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace s2a::test {

class TempTree {
 public:
  TempTree();
  /// Of these files: path and text.
  TempTree(std::initializer_list<std::pair<std::string_view, std::string_view>> files);
  TempTree(const TempTree&) = delete;
  TempTree& operator=(const TempTree&) = delete;
  ~TempTree();

  /// Writes a file, its directories included.
  void write(std::string_view path, std::string_view text) const;
  void link(std::string_view target, std::string_view path) const;
  [[nodiscard]] const std::filesystem::path& root() const { return root_; }
  [[nodiscard]] std::string at(std::string_view path) const { return (root_ / path).string(); }

 private:
  std::filesystem::path root_;
};

}  // namespace s2a::test
