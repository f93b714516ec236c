// A dump of a cluster holds what templates made beside the templates; such pods count once.
#pragma once

#include <vector>

#include "ir/mesh/store.h"

namespace s2a {

/// The resources that stand for pods, in the order given, without those that a controller made for a template (or for an earlier one) of `resources`:
/// they have an owner and, apart from what controllers and the injector add, the same namespace and labels.
[[nodiscard]] std::vector<const Resource*> distinct_workloads(const Store& store, const std::vector<const Resource*>& resources);

}  // namespace s2a
