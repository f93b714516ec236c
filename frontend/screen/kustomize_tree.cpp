// References are paths relative to the kustomization; what is not in the input (a URL, a file not given) is left out.
#include "frontend/screen/kustomize_tree.h"

#include <algorithm>
#include <filesystem>

#include "frontend/yaml/scan.h"

namespace s2a {

KustomizeTree::KustomizeTree(const Store& store, const Snapshot& all) {
  std::map<std::string, std::size_t> by_directory;
  for (const auto id : all) {
    const auto& resource = store[id];
    const std::string_view path = store.file_of(resource).path;
    if (resource.kind != Kind::Kustomization || !is_kustomization_file(path)) continue;
    std::string directory(directory_of(path));
    if (by_directory.emplace(directory, builds_.size()).second) builds_.push_back({.resource = &resource, .directory = std::move(directory)});
  }
  for (auto& build : builds_) {
    for (const auto& reference : build.spec().resource_paths) {
      auto path = resolve(build, reference.value);
      const auto nested = by_directory.find(path.empty() || path.ends_with('/') ? path : path + '/');
      if (nested == by_directory.end()) {
        build.files.push_back(std::move(path));
      } else {
        build.nested.push_back(nested->second);
      }
    }
  }
}

std::string KustomizeTree::resolve(const Build& build, std::string_view reference) {
  auto path = (std::filesystem::path(build.directory) / reference).lexically_normal().generic_string();
  return path == "." || path == "./" ? std::string{} : path;
}

std::set<std::string_view> KustomizeTree::files_of(std::size_t build) const {
  std::set<std::string_view> out;
  std::set<std::size_t> seen{build};
  for (std::vector<std::size_t> open{build}; !open.empty();) {
    const auto& now = builds_[open.back()];
    open.pop_back();
    out.insert(now.files.begin(), now.files.end());
    for (const auto nested : now.nested)
      if (seen.insert(nested).second) open.push_back(nested);
  }
  return out;
}

std::map<std::string_view, std::set<Placement>> KustomizeTree::placements() const {
  std::map<std::string_view, std::set<Placement>> out;
  std::set<std::pair<std::size_t, std::string>> seen;
  std::vector<bool> reached(builds_.size());
  const auto visit = [&](std::size_t root) {
    for (std::vector<std::pair<std::size_t, Placement>> open{{root, {.build = root}}}; !open.empty();) {
      auto [at, placement] = open.back();
      open.pop_back();
      const auto& own = builds_[at].spec().ns.value;
      if (placement.ns.empty() && !own.empty()) placement = {.ns = own, .build = at};
      if (!seen.emplace(at, placement.ns).second) continue;
      reached[at] = true;
      for (const auto& file : builds_[at].files) out[file].insert(placement);
      for (const auto nested : builds_[at].nested) open.emplace_back(nested, placement);
    }
  };
  std::vector<bool> contained(builds_.size());
  for (const auto& build : builds_)
    for (const auto nested : build.nested) contained[nested] = true;
  for (std::size_t i = 0; i < builds_.size(); ++i)
    if (!contained[i]) visit(i);
  for (std::size_t i = 0; i < builds_.size(); ++i)
    if (!reached[i]) visit(i);  // builds that contain one another
  return out;
}

}  // namespace s2a
