// The walk through directories: sorted, so that what is found first does not depend on the file system.
#include "frontend/load/find_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <tuple>

#include "frontend/load/excludes.h"
#include "frontend/load/git_ignore.h"
#include "frontend/load/read_bytes.h"
#include "ir/source/did_you_mean.h"

namespace fs = std::filesystem;

namespace s2a {
namespace {

/// A directory or file on the walk: as shown to the user, and free of symbolic links.
struct Place {
  std::string shown;
  fs::path real;
};

/// kustomize also reads its settings from a file without an extension.
bool is_manifest(const std::string& name) { return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json") || name == "Kustomization"; }

std::string join(const std::string& directory, const std::string& name) {
  if (directory == ".") return name;
  return directory.ends_with('/') ? directory + name : directory + '/' + name;
}

/// `./shop/` is shown as `shop`.
std::string tidy(std::string_view argument) {
  while (argument.size() > 2 && argument.starts_with("./")) argument.remove_prefix(2);
  while (argument.size() > 1 && argument.ends_with('/')) argument.remove_suffix(1);
  return std::string(argument);
}

class Walk {
 public:
  Walk(const LoadOptions& options, Diagnostics& diagnostics) : options_(options), excludes_(options.excludes), diagnostics_(diagnostics) {}

  void argument(const std::string& given, Access access);
  [[nodiscard]] std::vector<FoundFile> take() { return std::move(found_); }

 private:
  void file(const Place& place);
  void directory(const Place& place, std::shared_ptr<const GitIgnore> ignore);
  void links();
  [[nodiscard]] bool excluded(const std::string& shown) const;
  void unreadable(std::string_view path, std::string_view why, std::string help = {}) { diagnostics_.add(about_path(Code::Unreadable, path, why, std::move(help))); }

  const LoadOptions& options_;
  Excludes excludes_;
  Diagnostics& diagnostics_;
  std::vector<FoundFile> found_;
  std::set<fs::path> seen_;
  std::vector<std::string> links_;  ///< symbolic links met: followed when all else below the PATH has been found
  std::string root_;
  Access access_ = Access::Edit;
};

bool Walk::excluded(const std::string& shown) const {
  const auto below = shown.starts_with(root_ + '/') ? std::string_view(shown).substr(root_.size() + 1) : std::string_view(shown);
  return excludes_.match(shown) || excludes_.match(below);
}

void Walk::file(const Place& place) {
  if (!excluded(place.shown) && seen_.insert(place.real).second) found_.push_back({.path = place.shown, .access = access_, .mesh_root = root_});
}

void Walk::directory(const Place& place, std::shared_ptr<const GitIgnore> ignore) {
  if (!seen_.insert(place.real).second) return;
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator it(place.real, error), end; !error && it != end; it.increment(error)) entries.push_back(*it);
  if (error) return unreadable(place.shown, reason(error.value()));
  std::ranges::sort(entries, {}, [](const fs::directory_entry& entry) { return entry.path().filename(); });
  if (std::ranges::any_of(entries, [](const fs::directory_entry& entry) { return entry.path().filename() == ".git"; })) ignore = std::make_shared<GitIgnore>(place.real);

  for (const auto& entry : entries) {
    const auto name = entry.path().filename().string();
    const Place child{.shown = join(place.shown, name), .real = place.real / name};
    const auto type = entry.symlink_status(error).type();
    const bool below = type == fs::file_type::directory;
    if (name.starts_with('.') || (type != fs::file_type::symlink && !below && !is_manifest(name)) || excluded(child.shown) || ignore->ignores(child.real, below)) continue;
    if (below) {
      directory(child, ignore);
    } else if (type == fs::file_type::symlink) {
      links_.push_back(child.shown);
    } else {
      file(child);
    }
  }
}

void Walk::links() {
  while (!links_.empty()) {
    std::vector<std::string> now;
    now.swap(links_);
    for (const auto& shown : now) {
      std::error_code error;
      const Place place{.shown = shown, .real = fs::canonical(shown, error)};
      if (!error && fs::is_directory(place.real, error)) {
        directory(place, std::make_shared<GitIgnore>(place.real));
      } else if (is_manifest(shown)) {
        error ? unreadable(shown, "it is a symbolic link that leads nowhere") : file(place);
      }
    }
  }
}

/// Asks whether a file beside the missing one was meant.
std::string similar_sibling(const fs::path& missing) {
  const auto directory = missing.has_parent_path() ? missing.parent_path() : fs::path(".");
  std::error_code error;
  std::vector<std::string> names;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) names.push_back(it->path().filename().string());
  std::ranges::sort(names);
  const auto near = did_you_mean(missing.filename().string(), std::vector<std::string_view>(names.begin(), names.end()));
  return near.empty() ? std::string{} : fmt::format("did you mean `{}`?", (missing.parent_path() / near).string());
}

void Walk::argument(const std::string& given, Access access) {
  access_ = access;
  root_ = tidy(given);
  if (given == "-") {
    if (seen_.insert("-").second) found_.push_back({.path = options_.stdin_name.empty() ? "-" : options_.stdin_name, .access = access, .mesh_root = "-"});
    return;
  }
  std::error_code error;
  const Place place{.shown = root_, .real = fs::canonical(given, error)};
  if (error) return unreadable(given, reason(error.value()), similar_sibling(tidy(given)));
  if (!fs::is_directory(place.real, error)) return file(place);
  auto ignore = std::make_shared<GitIgnore>(place.real);
  directory(place, ignore->ignores(place.real, true) ? std::make_shared<GitIgnore>("") : ignore);  // what the user names is wanted, ignored or not
  links();
}

}  // namespace

std::vector<FoundFile> find_files(const LoadOptions& options, Diagnostics& diagnostics) {
  Walk walk(options, diagnostics);
  for (const auto& path : options.paths) walk.argument(path, Access::Edit);
  for (const auto& path : options.context) walk.argument(path, Access::Context);
  auto found = walk.take();
  std::ranges::sort(found, {}, [](const FoundFile& file) { return std::tie(file.path, file.access, file.mesh_root); });
  return found;
}

}  // namespace s2a
