// File by file, so that a large tree is never in memory at once.
#include "cli/copy_tree.h"

#include <fstream>
#include <iterator>
#include <map>
#include <optional>

namespace fs = std::filesystem;

namespace s2a {
namespace {

/// What a file is to hold; nullopt: what stands on disk.
using Content = std::map<fs::path, std::optional<std::string_view>>;

/// The path below the directory that is written, without `..` and roots.
fs::path target_of(const fs::path& path, const fs::path& base) {
  const auto below = base.empty() ? path.lexically_normal().relative_path() : path.lexically_relative(base);
  fs::path out;
  for (const auto& part : below) {
    if (part != ".." && part != ".") out /= part;
  }
  return out;
}

tl::expected<void, WriteError> add_disk(const fs::path& path, const fs::path& skip, Content& content) {
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    content.try_emplace(path);
    return {};
  }
  for (auto it = fs::recursive_directory_iterator(path, fs::directory_options::skip_permission_denied, error); it != fs::recursive_directory_iterator(); it.increment(error)) {
    if (error) return tl::unexpected(WriteError{.code = Code::NotWritten, .path = path.generic_string(), .message = "the directory cannot be read"});
    if (it->path().filename() == ".git" || fs::equivalent(it->path(), skip, error)) {
      it.disable_recursion_pending();
    } else if (fs::is_regular_file(it->path(), error)) {
      content.try_emplace(it->path().lexically_normal());
    }
    error.clear();
  }
  return {};
}

std::optional<std::string> bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

tl::expected<Copied, WriteError> copy_tree(const std::vector<std::string>& paths, const std::vector<MeshReport>& meshes, const fs::path& directory) {
  std::error_code error;
  Content content;
  for (const auto& path : paths) {
    if (const auto added = add_disk(fs::path(path).lexically_normal(), directory, content); !added) return tl::unexpected(added.error());
  }
  Copied out;
  for (const auto& mesh : meshes) {
    for (const auto& change : mesh.changes) {
      content[fs::path(change.path).lexically_normal()] = change.text;
      ++out.changed;
    }
  }
  auto base = paths.size() == 1 ? fs::path(paths.front()).lexically_normal() : fs::path();
  if (paths.size() == 1 && !fs::is_directory(base, error)) base = base.has_parent_path() ? base.parent_path() : ".";
  for (const auto& [path, text] : content) {
    const auto kept = text ? std::nullopt : bytes_of(path);
    if (!text && !kept) return tl::unexpected(WriteError{.code = Code::NotWritten, .path = path.generic_string(), .message = "it cannot be read"});
    CopiedFile file{.path = target_of(path, base), .text = text ? *text : std::string_view(*kept)};
    if (const auto status = fs::status(path, error); fs::exists(status)) file.mode = status.permissions();
    if (const auto done = write_tree(directory, {&file, 1}); !done) return tl::unexpected(done.error());
    ++out.files;
  }
  return out;
}

}  // namespace s2a
