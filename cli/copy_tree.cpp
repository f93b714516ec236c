// File by file, so that a large tree is never in memory at once.
#include "cli/copy_tree.h"

#include <fmt/format.h>

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

WriteError unreadable(const fs::path& path, std::string message) { return {.code = Code::NotWritten, .path = path.generic_string(), .message = std::move(message)}; }

/// Every file below a path; links to directories are not followed.
tl::expected<void, WriteError> add_disk(const fs::path& path, const fs::path& skip, Content& content) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) {
    content.try_emplace(path);
    return {};
  }
  std::error_code error;
  for (fs::recursive_directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    if (it->path().filename() == ".git" || fs::equivalent(it->path(), skip, ignored)) {
      it.disable_recursion_pending();
    } else if (fs::is_regular_file(it->path(), ignored)) {
      content.try_emplace(it->path().lexically_normal());
    }
  }
  if (error) return tl::unexpected(unreadable(path, fmt::format("a directory below it cannot be read: {}", error.message())));
  return {};
}

/// What was read, through links as well, and what the Plan makes of it.
Copied add_meshes(const std::vector<MeshReport>& meshes, Content& content) {
  Copied out;
  for (const auto& mesh : meshes) {
    for (const auto& file : mesh.store->sources) {
      if (file.access == Access::Edit && !file.made && file.mesh_root != "-") content.try_emplace(fs::path(file.path).lexically_normal(), file.text);
    }
    for (const auto& change : mesh.changes) {
      const auto path = fs::path(change.path).lexically_normal();
      if (change.deletes()) {
        content.erase(path);
        ++out.deleted;
      } else {
        content[path] = change.text;
        ++out.changed;
      }
    }
  }
  return out;
}

/// The file for each place of the copy; of two for one place nothing can be kept.
tl::expected<std::map<fs::path, fs::path>, WriteError> targets(const Content& content, const fs::path& base) {
  std::map<fs::path, fs::path> out;
  for (const auto& [path, text] : content) {
    const auto [other, fresh] = out.try_emplace(target_of(path, base), path);
    if (!fresh) return tl::unexpected(unreadable(path, fmt::format("its place in the copy is that of `{}`", other->second.generic_string())));
  }
  return out;
}

}  // namespace

tl::expected<Copied, WriteError> copy_tree(const std::vector<std::string>& paths, const std::vector<MeshReport>& meshes, const fs::path& directory) {
  std::error_code error;
  Content content;
  for (const auto& path : paths) {
    if (const auto added = add_disk(fs::path(path).lexically_normal(), directory, content); !added) return tl::unexpected(added.error());
  }
  auto out = add_meshes(meshes, content);
  auto base = paths.size() == 1 ? fs::path(paths.front()).lexically_normal() : fs::path();
  if (paths.size() == 1 && !fs::is_directory(base, error)) base = base.has_parent_path() ? base.parent_path() : ".";
  const auto places = targets(content, base);
  if (!places) return tl::unexpected(places.error());
  for (const auto& [place, path] : *places) {
    const auto& text = content[path];
    const auto kept = text ? std::nullopt : bytes_of(path);
    if (!text && !kept) return tl::unexpected(unreadable(path, "it cannot be read"));
    CopiedFile file{.path = place, .text = text ? *text : std::string_view(*kept)};
    if (const auto status = fs::status(path, error); fs::exists(status)) file.mode = status.permissions();
    if (const auto done = write_tree(directory, {&file, 1}); !done) return tl::unexpected(done.error());
    ++out.files;
  }
  return out;
}

}  // namespace s2a
