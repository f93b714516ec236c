// TCP and TLS rules as rows. routing.md 1.8, 1.9
#pragma once

#include <span>

#include "ir/routing/sources.h"

namespace s2a {

/// At a sidecar: `tls` rules by server name where the port is declared TLS, `tcp` rules elsewhere, each by the address that is dialled. Nothing is added where no rule counts for
/// the port.
void add_l4_rows_at_sidecar(Table& table, std::span<const RouteSource* const> sources, bool tls, const RoutingContext& context, const RoutingPlace& place);
/// At a waypoint: the first source with a rule that counts takes every connection; it looks neither at server names nor at addresses.
void add_l4_row_at_waypoint(Table& table, std::span<const RouteSource* const> sources, const RoutingContext& context, const RoutingPlace& place);

}  // namespace s2a
