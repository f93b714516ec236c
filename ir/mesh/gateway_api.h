// Gateway API objects, as far as it must be known whom they serve and where they lead.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ir/mesh/kubernetes.h"
#include "ir/mesh/virtual_service.h"
#include "ir/mesh/well_known.h"

namespace s2a {

struct ObjectRef {
  std::string group;  ///< empty where not written
  Spanned<std::string> kind;
  Spanned<std::string> name;
  std::string ns;  ///< empty: the route's own
  std::optional<std::uint16_t> port;
};

/// One value of a header or a query parameter that a match asks for. Of several entries with one name the first counts for headers, the last for parameters. routing.md 1.6
struct ValueMatch {
  std::string name;
  std::string value;
  bool regex = false;            ///< type RegularExpression
  std::optional<Regex> pattern;  ///< then; nothing where RE2 refuses the text
};

enum class PathMatchType : std::uint8_t { Exact, PathPrefix, RegularExpression };

/// One item of `matches`, the CRD's defaults filled in; a GRPCRoute's as the path that istiod makes of it. routing.md 1.3
struct RouteMatch {
  PathMatchType path_type = PathMatchType::PathPrefix;
  std::string path = "/";             ///< as written
  std::optional<Regex> path_pattern;  ///< of type RegularExpression; nothing where RE2 refuses the text
  std::string method;                 ///< empty: any
  std::vector<ValueMatch> headers;
  std::vector<ValueMatch> query_params;
  NodeId node = kNoNode;
};

/// What a filter does with the path: `path` of URLRewrite and RequestRedirect.
struct PathModifier {
  bool full = false;  ///< ReplaceFullPath; else ReplacePrefixMatch
  std::string value;
};

struct RedirectFilter {
  std::string scheme;
  std::string hostname;
  std::optional<PathModifier> path;
  std::optional<std::uint16_t> port;
  std::int64_t code = 302;
};

struct RewriteFilter {
  std::string hostname;
  std::optional<PathModifier> path;
};

struct MirrorFilter {
  ObjectRef backend;
  std::int64_t share = 1'000'000;  ///< in millionths, cut off as istiod cuts them
};

/// A CORS filter, the CRD's defaults filled in. routing.md 1.5
struct CorsFilter {
  std::vector<std::string> allow_origins;
  std::vector<std::string> allow_methods;
  std::vector<std::string> allow_headers;
  std::vector<std::string> expose_headers;
  std::int64_t max_age = 5;  ///< seconds
  bool allow_credentials = false;
};

/// The filters of a rule or of one of its backends, one of each kind but mirrors.
struct RouteFilters {
  HeaderOperations request;
  HeaderOperations response;
  std::optional<RedirectFilter> redirect;
  std::optional<RewriteFilter> rewrite;
  std::optional<CorsFilter> cors;
  std::vector<MirrorFilter> mirrors;
};

struct RouteBackend {
  ObjectRef ref;
  std::int64_t weight = 1;
  RouteFilters filters;
};

struct RouteRetry {
  std::optional<std::int64_t> attempts;
  std::vector<std::int64_t> codes;
  std::optional<Milliseconds> backoff;
};

struct RouteRule {
  std::string name;
  std::vector<RouteMatch> matches;  ///< empty: only of a GRPCRoute, TCPRoute or TLSRoute; for an HTTPRoute the CRD's default stands here
  RouteFilters filters;
  std::vector<RouteBackend> backends;
  std::optional<Milliseconds> request_timeout;
  std::optional<Milliseconds> backend_timeout;
  std::optional<RouteRetry> retry;
  NodeId node = kNoNode;
};

/// HTTPRoute, TCPRoute, TLSRoute and GRPCRoute.
struct Route {
  std::vector<ObjectRef> parents;
  std::vector<Spanned<std::string>> hostnames;
  std::vector<RouteRule> rules;
  NodeId rewrites = kNoNode;  ///< the first filter that changes what the backend gets to see
  bool convertible = true;    ///< false: it holds what makes istiod leave out the whole route. routing.md 0.6

  /// Of every rule, mirrors included.
  [[nodiscard]] std::vector<const ObjectRef*> backends() const;
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
