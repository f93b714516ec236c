// Which files git would not see.
#pragma once

#include <filesystem>
#include <memory>

struct git_repository;

namespace s2a {

/// The rules of one work tree: every .gitignore and .git/info/exclude, but not the user's own settings, which would make the result depend on the machine.
class GitIgnore {
 public:
  /// The repository that holds this directory (given without symbolic links); where there is none, nothing is ignored.
  explicit GitIgnore(const std::filesystem::path& directory);
  /// Whether git ignores the file or directory, given like the one above. What is tracked is never ignored, nor a directory that holds something tracked.
  [[nodiscard]] bool ignores(const std::filesystem::path& path, bool is_directory) const;

 private:
  struct Close {
    void operator()(git_repository* repository) const;
  };
  std::unique_ptr<git_repository, Close> repository_;
  std::filesystem::path root_;
};

}  // namespace s2a
