// Which kustomization builds which files: the tree of `resources`, `bases` and `components`.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/mesh/store.h"

namespace s2a {

/// One kustomization file and what it lists itself.
struct Build {
  const Resource* resource = nullptr;
  const Document* document = nullptr;
  std::string directory;  ///< with a slash behind it; empty: where the run started
  std::vector<std::string> files;
  std::vector<std::size_t> nested;  ///< other builds
  std::vector<std::size_t> users;   ///< the builds that list it under `components`
  std::vector<NodeId> missing;      ///< what it lists and the input does not hold: a URL, a file not given
  NodeId unseen = kNoNode;          ///< a component among them

  [[nodiscard]] const Kustomization& spec() const { return std::get<Kustomization>(resource->spec); }
  /// What a field holds, kNoNode: nothing.
  [[nodiscard]] NodeId at(std::string_view field) const { return document->at(resource->node, {field}); }
  [[nodiscard]] std::span<const NodeId> items(std::string_view field) const { return document->children(at(field)); }
};

/// A namespace that a build puts a file's resources into; empty: as they stand.
struct Placement {
  std::string ns;
  std::size_t build = 0;  ///< the outermost one that names a namespace, or the root

  bool operator<(const Placement& other) const { return ns < other.ns; }
};

class KustomizeTree {
 public:
  KustomizeTree(const Store& store, const Snapshot& all);

  [[nodiscard]] const std::vector<Build>& builds() const { return builds_; }
  /// The files whose resources a build changes: what it reads, through nested builds too; for a component also all that its users read, as its patches reach theirs.
  [[nodiscard]] std::set<std::string_view> files_of(std::size_t build) const;
  /// The files of all that is built together with a build: what is read by the builds that read it.
  [[nodiscard]] std::set<std::string_view> files_beside(std::size_t build) const;
  /// Files that a build reads and that another one reads without it, so that what the build does to them counts for one of two versions.
  [[nodiscard]] std::set<std::string_view> files_built_without(std::size_t build) const;
  /// What the builds that no other one contains make of each file: one Placement a namespace, as the outermost `namespace:` wins.
  [[nodiscard]] std::map<std::string_view, std::set<Placement>> placements() const;
  /// The path that a build's file names by `reference`.
  [[nodiscard]] static std::string resolve(const Build& build, std::string_view reference);

 private:
  /// What the input holds.
  struct Input {
    std::map<std::string, std::size_t> builds;  ///< by directory
    std::set<std::string_view> files;

    [[nodiscard]] std::optional<std::size_t> build_at(const std::string& path) const;
  };

  void link(std::size_t build, const Input& input);
  /// A build and, as far as it is a component, those that use it, directly or as components themselves.
  [[nodiscard]] std::set<std::size_t> with_users(std::size_t build) const;
  /// Some builds and all that they nest.
  [[nodiscard]] std::set<std::size_t> with_nested(std::set<std::size_t> builds) const;
  [[nodiscard]] std::set<std::string_view> files_in(const std::set<std::size_t>& builds) const;

  std::vector<Build> builds_;
  std::vector<std::set<std::size_t>> reach_;  ///< of each build: itself and all that it nests
};

}  // namespace s2a
