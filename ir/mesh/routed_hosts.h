// The Services that VirtualServices of the mesh name, by what they say of their ports. product.md 2
#pragma once

#include <map>
#include <string>
#include <utility>

#include "ir/mesh/conventions.h"
#include "ir/mesh/mesh_model.h"

namespace s2a {

/// Hosts that the input has no Service for, by namespace and name, and where a VirtualService for such a host leads, mirrors included. Outside hosts and wildcards are none.
[[nodiscard]] std::map<std::pair<std::string, std::string>, PortHints> unknown_services(const MeshModel& mesh);

}  // namespace s2a
