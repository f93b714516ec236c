// Why a VirtualService has no routes that do the same: data, one line a reason.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "ir/mesh/resource.h"

namespace s2a {

/// What stands in the way of routes. Each is one situation; obstacle_info() tells the field and the reason.
enum class Obstacle : std::uint8_t {
  // the host as a whole
  WildcardHost,
  UnknownHost,
  HeadlessHost,
  ExternalName,
  PartOfServiceEntry,
  LimitedExport,
  SeveralVirtualServices,
  OtherRoutes,
  MixedHosts,
  // matches
  SchemeMatch,
  SourceLabelsMatch,
  SourceNamespaceMatch,
  MethodMatch,
  HeaderMatch,
  AuthorityMatch,
  WithoutHeaderMatch,
  InvalidRegex,
  MatchLimit,
  NeverMatches,
  // actions
  FaultAction,
  RegexRewrite,
  PrefixRewrite,
  HostRewrite,
  RedirectAction,
  DirectResponseAction,
  MirrorAction,
  RetriesAction,
  RetriesChannel,
  CorsAction,
  CorsChannel,
  HeaderAction,
  HeaderTwice,
  WeightAction,
  NestedDelegate,
  NoDestination,
  TimeoutAction,
  // destinations
  UnknownDestination,
  DestinationPort,
  UndefinedSubset,
  SubsetOfServiceEntry,
  SubsetWithoutSelector,
  SubsetLabels,
  SubsetPolicy,
  HashOfPort,
  // order
  UncoveredComplement,
  ComplementIntersection,
  OrderOfRewrites,
  PathLength,
  ObjectTie,
  // layer 4
  DestinationSubnets,
  SniHosts,
  L4Channel,
};

struct ObstacleInfo {
  Obstacle obstacle{};
  std::string_view name;    ///< in kebab case, for reports and counts
  std::string_view field;   ///< `http.match.scheme`
  std::string_view reason;  ///< the situation, for people: lower case, no full stop
};

[[nodiscard]] const ObstacleInfo& obstacle_info(Obstacle obstacle);

/// One obstacle, and where it is written.
struct RouteRefusal {
  Obstacle obstacle{};
  const Resource* resource = nullptr;  ///< whose document the node belongs to
  NodeId node = kNoNode;
  std::string detail;   ///< what exactly: a value, a name, two rules; may be empty
  std::string witness;  ///< a request in words that routes would treat differently; empty where none is known
};

using Refusals = std::vector<RouteRefusal>;

template <class T>
using OrRefused = tl::expected<T, RouteRefusal>;

/// Without a place: who asked fills it in.
[[nodiscard]] tl::unexpected<RouteRefusal> refused(Obstacle obstacle, std::string detail = {});

/// `http.match.scheme: routes do not match the scheme (http)`
[[nodiscard]] std::string to_string(const RouteRefusal& refusal);

}  // namespace s2a
