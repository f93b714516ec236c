// The Services that VirtualServices of the mesh name, by what they say of their ports. product.md 2
#pragma once

#include <map>
#include <string>
#include <utility>

#include "ir/mesh/conventions.h"
#include "ir/mesh/mesh_model.h"

namespace s2a {

/// Services by namespace and name.
using RoutedServices = std::map<std::pair<std::string, std::string>, PortHints>;

/// Hosts that the input has no Service for, and where a VirtualService for such a host leads, mirrors included. Outside hosts, those of ServiceEntries and wildcards are none.
[[nodiscard]] RoutedServices unknown_services(const MeshModel& mesh);
/// Every host that is named like a Service, and wherever VirtualServices lead.
[[nodiscard]] RoutedServices routed_services(const MeshModel& mesh);

}  // namespace s2a
