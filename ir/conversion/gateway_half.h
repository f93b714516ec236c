// What is left of a VirtualService for gateways once routes do what it did in the mesh. routing.md 5.1
//
//   gateways: [mesh, shop/public]                                  gateways: [shop/public]
//   http:                                                          http:
//   - match: [{gateways: [mesh], uri: {prefix: /internal}}]   ->   - route: [{destination: {host: reviews}}]
//     route: ...
//   - route: [{destination: {host: reviews}}]
#pragma once

#include <optional>
#include <vector>

#include "ir/change.h"
#include "ir/mesh/store.h"

namespace s2a {

/// The changes that leave it; nothing where no rule would be left, or no gateway: then the VirtualService goes as a whole. Only for one whose hosts all have routes.
[[nodiscard]] std::optional<std::vector<Change>> gateway_half(const Resource& virtual_service, const Store& store);

}  // namespace s2a
