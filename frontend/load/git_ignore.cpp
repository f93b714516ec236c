// libgit2, and nothing else that sees it.
#include "frontend/load/git_ignore.h"

#include <git2.h>

namespace s2a {
namespace {

void start_libgit2() {
  static const bool kStarted = [] {
    git_libgit2_init();
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);  // we only read rules: a checkout of another user is fine
    for (const auto level : {GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL}) git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
    return true;
  }();
  static_cast<void>(kStarted);
}

bool tracked(git_repository* repository, const std::string& path, bool is_directory) {
  git_index* index = nullptr;
  if (git_repository_index(&index, repository) != 0) return false;
  const bool found = is_directory ? git_index_find_prefix(nullptr, index, path.c_str()) == 0 : git_index_get_bypath(index, path.c_str(), 0) != nullptr;
  git_index_free(index);
  return found;
}

}  // namespace

void GitIgnore::Close::operator()(git_repository* repository) const { git_repository_free(repository); }

GitIgnore::GitIgnore(const std::filesystem::path& directory) {
  start_libgit2();
  git_repository* repository = nullptr;
  if (git_repository_open_ext(&repository, directory.c_str(), 0, nullptr) != 0) return;
  repository_.reset(repository);
  if (const char* root = git_repository_workdir(repository)) {
    std::error_code error;
    root_ = std::filesystem::canonical(root, error);
  }
  if (root_.empty()) repository_.reset();
}

bool GitIgnore::ignores(const std::filesystem::path& path, bool is_directory) const {
  if (!repository_) return false;
  auto relative = path.lexically_relative(root_).generic_string();
  if (relative.empty() || relative == "." || relative.starts_with("..")) return false;
  if (is_directory) relative += '/';
  int ignored = 0;
  return git_ignore_path_is_ignored(&ignored, repository_.get(), relative.c_str()) == 0 && ignored != 0 && !tracked(repository_.get(), relative, is_directory);
}

}  // namespace s2a
