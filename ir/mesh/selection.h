// Label selectors: whether one picks a pod, and which pods one picks, without a look at each of them. authorization.md 2.1
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ir/mesh/authorization_policy.h"

namespace s2a {

/// A MeshWorkload: its place in MeshModel::workloads().
enum class WorkloadId : std::uint32_t {};

/// Stands for every namespace; no namespace can have that name.
inline constexpr std::string_view kAllNamespaces = "*";

/// The value of a label or annotation; empty where there is none.
[[nodiscard]] std::string_view value_of(const Labels& labels, std::string_view key);
/// Whether `labels` has all that the selector asks for; an empty selector picks every pod.
[[nodiscard]] bool picks(const Labels& selector, const Labels& labels);
/// The same for a selector that need not be written: without one, every pod is picked.
[[nodiscard]] bool picks(const std::optional<Selector>& selector, const Labels& labels);
/// `app=reviews,version=v1`, as `kubectl -l` reads it.
[[nodiscard]] std::string selector_text(const Labels& labels);

/// Pods by namespace and label. Built once; a selection costs as much as its rarest label has pods.
class WorkloadIndex {
 public:
  /// Ids must come in ascending order.
  void add(WorkloadId id, std::string_view ns, const Labels& labels);
  /// The pods of a namespace that the selector picks, ascending; kAllNamespaces for those of all.
  [[nodiscard]] std::vector<WorkloadId> select(std::string_view ns, const Labels& selector) const;

 private:
  std::unordered_map<std::string, std::vector<WorkloadId>> ids_;
};

}  // namespace s2a
