// What a routing row does with a request: where it goes, what becomes of it, or what is answered at once. architecture.md 2, routing.md 1.3
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ir/mesh/selection.h"
#include "ir/table/transform.h"
#include "ir/value.h"

namespace s2a {

/// Where a destination leads, by name: what istiod calls a cluster.
struct Cluster {
  std::string service;  ///< `ns/name`, or the host of a ServiceEntry; empty: none that exists
  std::string subset;
  std::uint16_t port = 0;
  auto operator<=>(const Cluster&) const = default;
};

/// What stands behind a cluster in this mesh. routing.md 4.1
struct Endpoints {
  enum class Reach : std::uint8_t { Reached, NoEndpoint, NoCluster };
  Reach reach = Reach::Reached;
  std::vector<std::pair<WorkloadId, std::uint16_t>> pods;  ///< with their container ports; sorted
  std::vector<std::string> addresses;                      ///< of a ServiceEntry, its host where it has none; for a Service without a selector what it is called
  std::string wanted;                                      ///< where there are no pods: which labels they would have, and the port, `shop app=cart http`
  bool known = true;                                       ///< false: the subset asks for labels that istiod gives to endpoints, and no manifest shows
  std::optional<Value> tls{};                              ///< TLS that the proxy begins itself, as a DestinationRule says; nothing: none, or the mesh's own
  bool operator==(const Endpoints&) const = default;
};

struct Destination {
  Cluster cluster;
  Endpoints endpoints;
  std::int64_t weight = 1;  ///< more than 0; only ratios count
  Transform transform;
  std::string hash;  ///< what of the request picks the endpoint, `header x-user`: consistentHash; empty: none
  bool operator==(const Destination&) const = default;
};

/// routing.md 1.5
struct Redirect {
  std::int64_t code = 301;
  std::string scheme;                 ///< empty: the request's
  std::string host;                   ///< empty: the request's
  std::optional<std::uint16_t> port;  ///< not that of the scheme
  PathRewrite path;
  bool operator==(const Redirect&) const = default;
};

struct DirectAnswer {
  std::int64_t status = 0;
  std::string body;
  bool operator==(const DirectAnswer&) const = default;
};

/// A retry policy as istiod writes it. routing.md 1.3
struct RetryPolicy {
  std::string on;  ///< names of conditions, comma between them
  std::vector<std::int64_t> codes;
  std::int64_t attempts = 0;
  std::optional<Milliseconds> per_try;
  std::optional<Milliseconds> backoff;
  bool other_hosts = true;         ///< a retry goes to another endpoint: retryIgnorePreviousHosts
  bool remote_localities = false;  ///< retryRemoteLocalities
  bool operator==(const RetryPolicy&) const = default;
};

struct Mirror {
  Cluster cluster;
  Endpoints endpoints;
  std::int64_t share = 0;  ///< in millionths
  bool operator==(const Mirror&) const = default;
};

/// The CORS filter: whom it lets read the answers, and what it answers itself. routing.md 1.5
struct Cors {
  std::vector<StringMatch> origins;  ///< Present: any
  std::string methods;               ///< comma between them
  std::string headers;
  std::string expose;
  std::string max_age;  ///< in seconds; empty: not said
  bool credentials = false;
  bool answers_all = false;  ///< a preflight of another origin is answered as well, without its leave
  bool operator==(const Cors&) const = default;
};

struct Fault {
  struct Abort {
    std::int64_t status = 0;
    std::string grpc_status;
    std::int64_t share = 0;  ///< in millionths
    bool operator==(const Abort&) const = default;
  };
  struct Delay {
    Milliseconds fixed{};
    std::int64_t share = 0;
    bool operator==(const Delay&) const = default;
  };
  std::optional<Abort> abort;
  std::optional<Delay> delay;
  bool operator==(const Fault&) const = default;
};

/// Either destinations, or a redirect, or an answer.
struct RouteAction {
  std::vector<Destination> destinations;
  std::optional<Redirect> redirect;
  std::optional<DirectAnswer> direct;
  std::vector<HeaderOperations> answer;  ///< what becomes of the headers of a redirect or a direct answer
  std::optional<Milliseconds> timeout;
  std::optional<RetryPolicy> retries;
  std::vector<Mirror> mirrors;
  std::optional<Cors> cors;
  std::optional<Fault> fault;
  std::int64_t missing = 503;  ///< the status where the cluster does not exist: 500 for routes
  bool operator==(const RouteAction&) const = default;
};

/// `Location` of a redirect. routing.md 1.5, Envoy's newUri
[[nodiscard]] std::string location(const Redirect& redirect, const Request& request);

/// Whether the request is a CORS preflight, which the filter may answer: OPTIONS, with an origin and the method that it asks for.
[[nodiscard]] bool preflight(const Request& request);
/// Whether the filter answers it itself.
[[nodiscard]] bool answers(const Cors& cors, const Request& request);
/// The headers that the filter adds to an answer, its own or the backend's, in lower case.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> cors_headers(const Cors& cors, const Request& request);

/// The form by which two are compared: equal destinations are one, weights have no common divisor, all in order of name; what has no effect is left out. routing.md 1.3
[[nodiscard]] RouteAction normalised(RouteAction action);

}  // namespace s2a
