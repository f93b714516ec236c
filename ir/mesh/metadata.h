// What a cluster writes into metadata and no resource kind decodes: age and owner.
#pragma once

#include <string>

#include "ir/mesh/store.h"

namespace s2a {

/// metadata.creationTimestamp as written (RFC 3339 in UTC, so text order is time order); empty where there is none.
[[nodiscard]] std::string created_at(const Store& store, const Resource& resource);
/// Whether a controller made it: metadata.ownerReferences.
[[nodiscard]] bool owned(const Store& store, const Resource& resource);

}  // namespace s2a
