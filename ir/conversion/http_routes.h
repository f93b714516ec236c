// The HTTP rules of a VirtualService for one host and port as HTTPRoutes. routing.md 7
#pragma once

#include <span>
#include <vector>

#include "ir/conversion/route_rules.h"

namespace s2a {

/// What people should know of routes that do the same, or what was asked for. Its code is one of
/// - PrefixTakenAsSegment: a string prefix was written as a segment prefix because the user said so, routes do not take `/foobar` for `/foo`. routing.md 3.1
/// - StatPrefixDropped: a match has one. 1.2
/// - RewriteOfIstioAlone: Istio rewrites `/x` to `/barx`, where the Gateway API says `/bar/x`. 3.2
struct ConversionNote {
  Code code{};
  const Resource* resource = nullptr;
  NodeId node = kNoNode;
  std::string what;  ///< for people: the match, the prefix, the path that is put for `/`

  bool operator==(const ConversionNote&) const = default;
};

/// A match, or a rule, that a rule in one of the routes comes from.
struct RouteOrigin {
  const Resource* resource = nullptr;
  NodeId node = kNoNode;
};

/// Of one rule in one of the routes.
struct RouteOrigins {
  RouteOrigin match;                    ///< its first one's
  std::vector<RouteOrigin> stands_for;  ///< the matches and rules that it does as they do, and the rules that include those
};

/// How the order of a VirtualService is kept in routes. routing.md 2
enum class OrderKept : std::uint8_t {
  AsWritten,    ///< the sort does not change it
  Complements,  ///< with matches for what others leave out. 2.6, 3.1
  Repaired,     ///< with intersections. 2.4
  Padded,       ///< by the length of regular expressions. 2.5
};

struct PortRoutes {
  std::vector<Value::Sequence> routes;             ///< `rules` of each; empty: no rule counts for the port, both sides take the default
  std::vector<std::vector<RouteOrigins>> origins;  ///< of each route's rules
  Refusals refusals;                               ///< no routes where there are any
  std::vector<ConversionNote> notes;
  OrderKept order = OrderKept::AsWritten;
};

[[nodiscard]] PortRoutes http_routes(std::span<const FlatRule> rules, const ConversionPlace& place, Needs& needs);

}  // namespace s2a
