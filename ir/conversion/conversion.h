// One host of a VirtualService as routes. routing.md 7
//
//   VirtualService reviews                               HTTPRoute reviews-reviews-80, parentRefs: [Service reviews, port 80]
//   hosts: [reviews]                            ->       Service reviews-v1, DestinationRule reviews-v1
//   http: ...
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ir/conversion/http_routes.h"

namespace s2a {

/// A route, or a ReferenceGrant for one.
struct ConvertedObject {
  Value value;
  std::string kind;
  std::string ns;
  std::string name;
  std::vector<RouteOrigins> origins;  ///< of each rule
};

struct Conversion {
  std::vector<ConvertedObject> objects;  ///< none where a port has no rules: both sides take the default there
  Needs needs;
  Refusals refusals;  ///< a host is converted as a whole or not at all
  std::vector<ConversionNote> notes;
  std::set<OrderKept> orders;  ///< of its HTTPRoutes
};

/// What new objects must not repeat; each adds its own.
struct TakenNames {
  using ByKind = std::map<std::pair<std::string, std::string>, std::set<std::string>>;
  ByKind names;     ///< by kind and namespace
  ByKind admitted;  ///< the namespaces whose routes new ReferenceGrants admit, by the routes' kind and the grant's namespace
};
/// The names of the objects that there are.
[[nodiscard]] TakenNames taken_names(const MeshModel& mesh);

/// `host` is one of the VirtualService's, as it writes it, or one that is meant by a wildcard.
[[nodiscard]] Conversion converted(const Resource& virtual_service, const Spanned<std::string>& host, const RoutingContext& routing, const Subsets& subsets,
                                   const ConversionOptions& options, TakenNames& taken);

/// Whether clients of every namespace follow it: by its exportTo, or else by the mesh's default.
[[nodiscard]] bool for_all_namespaces(const Resource& virtual_service, const MeshModel& mesh);

/// What rules a host out as a whole. routing.md 1.1, 5.4, 7.1
[[nodiscard]] Refusals objections(const Resource& virtual_service, const Spanned<std::string>& host, const RoutingContext& routing);

}  // namespace s2a
