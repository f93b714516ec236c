// The hosts that a host of a VirtualService stands for: itself, or with a wildcard those of the mesh for which sidecars follow it. routing.md 1.1
//
//   hosts: ["*.shop.svc.cluster.local"]   ->   cart.shop.svc.cluster.local, reviews.shop.svc.cluster.local
//                                              not items.shop.svc.cluster.local, for which there is a VirtualService of its own
#pragma once

#include <string>
#include <vector>

#include "ir/routing/hosts.h"

namespace s2a {

/// In order. A wildcard that stands for no host of the mesh stands as it is.
[[nodiscard]] std::vector<Spanned<std::string>> meant_hosts(const MeshModel& mesh, const Hosts& hosts, const Resource& virtual_service, const Spanned<std::string>& written);

/// Another VirtualService of the mesh that names the host in full, as closely as this one or more closely, so that sidecars may follow it instead; nullptr: none.
[[nodiscard]] const Resource* rival(const MeshModel& mesh, const Hosts& hosts, const Resource& virtual_service, const std::string& host);

}  // namespace s2a
