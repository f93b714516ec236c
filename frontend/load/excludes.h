// `--exclude GLOB`: which paths are left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace s2a {

/// Globs as .gitignore has them: `*`, `?` and `[a-z]` stay within one name, `**` stands for any number of directories.
/// A glob without a slash is compared with the last name of a path, any other with the whole path.
class Excludes {
 public:
  explicit Excludes(const std::vector<std::string>& globs);
  [[nodiscard]] bool match(std::string_view path) const;

 private:
  std::vector<std::vector<std::string>> globs_;  ///< split at slashes
};

}  // namespace s2a
