// What the actions of VirtualServices and of routes have in common once they are in Envoy's terms. routing.md 1.3
#pragma once

#include <optional>
#include <string>

#include "ir/routing/context.h"

namespace s2a {

/// Of a VirtualService; nothing where they are switched off. Without `retries` the mesh's default. routing.md 1.3
[[nodiscard]] std::optional<RetryPolicy> retries_of(const std::optional<HttpRetries>& retries, const RoutingContext& context);
/// Of a route's rule that has a `retry`.
[[nodiscard]] std::optional<RetryPolicy> retries_of(const RouteRetry& retry, const std::optional<Milliseconds>& backend_timeout);

/// Header operations of one level: `host` and `:authority` among them are no headers but the authority.
struct LevelOperations {
  HeaderOperations headers;
  std::optional<std::string> host;
};
[[nodiscard]] LevelOperations level_of(const HeaderOperations& operations);

/// What changes on the way to one destination. `several`: the rule has other destinations, so that Envoy does what the destination asks for first, and then what the route does;
/// else both are one list, the route's first. `rewritten_host`: by the route's rewrite. routing.md 1.3
[[nodiscard]] Transform transform_of(const PathRewrite& path, const std::string& rewritten_host, const HeaderChanges& route, const HeaderChanges& destination, bool several);

/// A destination or mirror with what stands behind it; `host` is resolved.
[[nodiscard]] Destination destination_to(const RoutingContext& context, const RoutingPlace& place, const std::string& host, const std::string& subset,
                                         std::optional<std::uint16_t> port_of_route, std::uint16_t port);

/// What a place does where no route says anything. routing.md 0.5
[[nodiscard]] RouteAction default_route(const RoutingContext& context, const RoutingPlace& place);
/// What a sidecar does with what no virtual host takes.
[[nodiscard]] RouteAction passthrough();

/// The port of a redirect; none where the scheme has it anyway. routing.md 1.5
[[nodiscard]] std::optional<std::uint16_t> redirect_port(std::optional<std::uint16_t> port, const std::string& scheme);

/// A row for requests, and before it one for the preflights that the CORS filter answers.
void add_row(Table& table, Guard guard, RouteAction action, Origin origin);
/// What ends a table of HTTP routes: 404. And what stands before all rows: without a slash at its begin no path matches anything. routing.md 1.2
void close(Table& table);

}  // namespace s2a
