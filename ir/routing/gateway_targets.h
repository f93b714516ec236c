// Which Services and ServiceEntries gateways lead to, as far as the input shows their routes. routing.md 5.1
#pragma once

#include <set>

#include "ir/routing/hosts.h"

namespace s2a {

/// By VirtualServices that name a gateway, by delegates, and by routes on Gateways.
[[nodiscard]] std::set<Dialled> gateway_targets(const MeshModel& mesh, const Hosts& hosts);

}  // namespace s2a
