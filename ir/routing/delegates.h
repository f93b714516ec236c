// The rules of a VirtualService with those of its delegates in their places. routing.md 1.4
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/mesh/resource.h"

namespace s2a {

/// A rule as istiod gets to see it, and where its parts are written.
struct FlatRule {
  HttpRule rule;                         ///< destinations by their full names
  const Resource* holder = nullptr;      ///< the VirtualService that holds `rule.node` and all that was not inherited
  const Resource* root = nullptr;        ///< the one that is flattened
  NodeId root_node = kNoNode;            ///< its rule; the same as `rule.node` where that is its own
  std::set<std::string_view> inherited;  ///< the fields whose nodes are in the root, as `match` and `rewrite`

  /// Whose document the nodes of a field belong to.
  [[nodiscard]] const Resource& holder_of(std::string_view field) const { return inherited.contains(field) ? *root : *holder; }
};

/// In order. A delegate that is not among `all`, or does not export to the root's namespace, leaves its rule out. routing.md 1.4
[[nodiscard]] std::vector<FlatRule> flattened(const Resource& root, std::span<const Resource* const> all, std::string_view cluster_domain);

/// Whether a root's rule asks for this VirtualService and gets it. routing.md 1.4
[[nodiscard]] bool includes(const Resource& root, const Resource& delegate);

}  // namespace s2a
