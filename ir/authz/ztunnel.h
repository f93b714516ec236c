// AuthorizationPolicy as ztunnel enforces it: istiod's conversion, then ztunnel's evaluation. authorization.md 3.1, 3.2
#pragma once

#include <span>

#include "ir/mesh/resource.h"
#include "ir/table/table.h"

namespace s2a {

/// DENY rows, then ALLOW rows, then the default: refuse where any ALLOW policy exists. `policies`: those that are attached (MeshModel::policies_at_ztunnel).
[[nodiscard]] Table lower_ztunnel(std::span<const Resource* const> policies);

}  // namespace s2a
