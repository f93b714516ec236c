// The patches and variables of a kustomization: where their text is, and which resources they change.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "frontend/screen/kustomize_tree.h"

namespace s2a {

/// Kind and name of what is patched; empty: any. A name with regular expression characters counts as any, too.
struct PatchTarget {
  std::string kind;
  std::string name;
};

struct Patch {
  NodeId place = kNoNode;           ///< in the kustomization's document
  std::string_view what = "patch";  ///< in messages
  std::vector<PatchTarget> targets;
  bool harmless = false;    ///< for a workload: touches neither its labels and annotations nor its ports, accounts and network
  bool moves = false;       ///< may change namespaces
  std::string placeholder;  ///< of a variable: what does not say it is not changed

  /// `document` holds the resource.
  [[nodiscard]] bool changes(const Resource& resource, const Document& document) const;
  /// Whether it may change the resource's namespace, or a Namespace's name.
  [[nodiscard]] bool moves_it(const Resource& resource) const;
};

/// Every patch and replacement of a build.
[[nodiscard]] std::vector<Patch> patches_of(const Store& store, const Build& build);
/// Every entry of `vars`: unlike patches, these count for all that is built together with the build.
[[nodiscard]] std::vector<Patch> variables_of(const Build& build);

}  // namespace s2a
