// References are paths relative to the kustomization.
#include "frontend/screen/kustomize_tree.h"

#include <algorithm>
#include <filesystem>

#include "frontend/yaml/scan.h"

namespace s2a {

std::optional<std::size_t> KustomizeTree::Input::build_at(const std::string& path) const {
  const auto found = builds.find(path.empty() || path.ends_with('/') ? path : path + '/');
  return found == builds.end() ? std::nullopt : std::optional(found->second);
}

KustomizeTree::KustomizeTree(const Store& store, const Snapshot& all) {
  Input input;
  for (const auto id : all) {
    const auto& resource = store[id];
    const std::string_view path = store.file_of(resource).path;
    if (resource.kind != Kind::Kustomization || !is_kustomization_file(path)) continue;
    std::string directory(directory_of(path));
    if (input.builds.emplace(directory, builds_.size()).second)
      builds_.push_back({.resource = &resource, .document = &store[resource.document], .directory = std::move(directory)});
  }
  if (builds_.empty()) return;
  for (const auto& file : store.sources) input.files.insert(file.path);
  for (std::size_t i = 0; i < builds_.size(); ++i) link(i, input);
  for (std::size_t i = 0; i < builds_.size(); ++i) reach_.push_back(with_nested({i}));
}

void KustomizeTree::link(std::size_t build, const Input& input) {
  auto& now = builds_[build];
  for (const auto& reference : now.spec().resource_paths) {
    auto path = resolve(now, reference.value);
    if (const auto nested = input.build_at(path)) {
      now.nested.push_back(*nested);
    } else {
      if (!input.files.contains(path)) now.missing.push_back(reference.node);
      now.files.push_back(std::move(path));
    }
  }
  for (const auto item : now.items("components")) {
    const auto node = now.document->resolve(item);
    const auto component = node == kNoNode ? std::nullopt : input.build_at(resolve(now, (*now.document)[node].value));
    if (component) {
      builds_[*component].users.push_back(build);
    } else {
      now.unseen = item;
    }
  }
}

std::string KustomizeTree::resolve(const Build& build, std::string_view reference) {
  auto path = (std::filesystem::path(build.directory) / reference).lexically_normal().generic_string();
  return path == "." || path == "./" ? std::string{} : path;
}

std::set<std::size_t> KustomizeTree::with_users(std::size_t build) const {
  std::set<std::size_t> out{build};
  for (std::vector<std::size_t> open{build}; !open.empty();) {
    const auto& now = builds_[open.back()];
    open.pop_back();
    for (const auto user : now.users)
      if (out.insert(user).second) open.push_back(user);
  }
  return out;
}

std::set<std::size_t> KustomizeTree::with_nested(std::set<std::size_t> builds) const {
  for (std::vector<std::size_t> open(builds.begin(), builds.end()); !open.empty();) {
    const auto& now = builds_[open.back()];
    open.pop_back();
    for (const auto nested : now.nested)
      if (builds.insert(nested).second) open.push_back(nested);
  }
  return builds;
}

std::set<std::string_view> KustomizeTree::files_in(const std::set<std::size_t>& builds) const {
  std::set<std::string_view> out;
  for (const auto build : builds) out.insert(builds_[build].files.begin(), builds_[build].files.end());
  return out;
}

std::set<std::string_view> KustomizeTree::files_of(std::size_t build) const { return files_in(with_nested(with_users(build))); }

std::set<std::string_view> KustomizeTree::files_beside(std::size_t build) const {
  std::set<std::size_t> together;
  for (const auto& reach : reach_)
    if (reach.contains(build)) together.insert(reach.begin(), reach.end());
  return files_in(together);
}

std::set<std::string_view> KustomizeTree::files_built_without(std::size_t build) const {
  std::set<std::string_view> out;
  const auto own = files_in(reach_[build]);
  for (std::size_t other = 0; other < builds_.size(); ++other) {
    if (reach_[other].contains(build) || reach_[build].contains(other)) continue;
    for (const auto file : files_in(reach_[other]))
      if (own.contains(file)) out.insert(file);
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
