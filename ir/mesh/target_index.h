// Resources by what their targetRefs name: what stands at a waypoint is found without a look at every policy.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ir/mesh/resource.h"

namespace s2a {

/// What a targetRef names; `ns` is that of the resource whose reference it is.
struct Target {
  std::string_view group, kind, name, ns;
};

/// The resources of one kind, by their places among all of the kind.
class TargetIndex {
 public:
  /// Places must come in ascending order.
  void add(std::uint32_t place, const Target& target);
  /// Those with a reference to one of the targets, ascending, each once.
  [[nodiscard]] std::vector<std::uint32_t> find(std::span<const Target> targets) const;

 private:
  std::unordered_map<std::string, std::vector<std::uint32_t>> places_;
};

/// What a resource is bound to by targetRefs; empty for kinds that have none, and where none are written.
[[nodiscard]] std::span<const TargetRef> target_refs_of(const Resource& resource);

}  // namespace s2a
