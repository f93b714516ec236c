// Which kustomization builds which files: the tree of `resources`, `bases` and `components`.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ir/mesh/store.h"

namespace s2a {

/// One kustomization file and what it lists itself.
struct Build {
  const Resource* resource = nullptr;
  std::string directory;  ///< with a slash behind it; empty: where the run started
  std::vector<std::string> files;
  std::vector<std::size_t> nested;  ///< other builds

  [[nodiscard]] const Kustomization& spec() const { return std::get<Kustomization>(resource->spec); }
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
  /// The files that a build reads, through nested builds too.
  [[nodiscard]] std::set<std::string_view> files_of(std::size_t build) const;
  /// What the builds that no other one contains make of each file: one Placement a namespace, as the outermost `namespace:` wins.
  [[nodiscard]] std::map<std::string_view, std::set<Placement>> placements() const;
  /// The path that a build's file names by `reference`.
  [[nodiscard]] static std::string resolve(const Build& build, std::string_view reference);

 private:
  std::vector<Build> builds_;
};

}  // namespace s2a
