// Gateway API objects, as far as it must be known whom they serve and where they lead.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ir/mesh/kubernetes.h"
#include "ir/mesh/well_known.h"

namespace s2a {

struct ObjectRef {
  std::string group;  ///< empty where not written
  Spanned<std::string> kind;
  Spanned<std::string> name;
  std::string ns;  ///< empty: the route's own
  std::optional<std::uint16_t> port;
};

/// HTTPRoute, TCPRoute, TLSRoute and GRPCRoute.
struct Route {
  std::vector<ObjectRef> parents;
  std::vector<ObjectRef> backends;  ///< of every rule, mirrors included
  std::vector<Spanned<std::string>> hostnames;
  NodeId rewrites = kNoNode;  ///< the first filter that changes what the backend gets to see
  bool convertible = true;    ///< false: it holds what makes istiod leave out the whole route. routing.md
};

struct GatewayListener {
  std::string name;
  std::uint16_t port = 0;
  std::string protocol;
  std::string allowed_from;  ///< allowedRoutes.namespaces.from; empty: Same
};

struct K8sGateway {
  Spanned<std::string> class_name;
  std::vector<GatewayListener> listeners;
  bool ready = true;  ///< false: a status is written, without an address or with a condition Programmed that is not True

  [[nodiscard]] bool waypoint() const { return class_name.value == kWaypointClass; }
};

struct GatewayClass {
  std::string controller;
};

}  // namespace s2a
