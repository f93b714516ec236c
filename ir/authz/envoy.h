// AuthorizationPolicy as Envoy enforces what istiod generates for it, at a sidecar and at a waypoint alike. authorization.md 2.2 - 2.5, 4.3
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ir/mesh/resource.h"
#include "ir/table/table.h"

namespace s2a {

/// Which filter chain takes the bytes. authorization.md 2.5
enum class Chain : std::uint8_t { Http, Tcp };

/// DENY rows, then ALLOW rows, then the default: refuse where any ALLOW policy exists. Policies that are not ALLOW or DENY, and dry-run ones, are left out.
/// `domains`: the mesh's trust domains, its own first.
[[nodiscard]] Table lower_envoy(std::span<const Resource* const> policies, Chain chain, const std::vector<std::string>& domains);

}  // namespace s2a
