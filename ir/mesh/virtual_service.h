// networking.istio.io VirtualService, as written: hosts are not resolved, delegates not merged, defaults not filled in. routing.md 1
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ir/mesh/kubernetes.h"
#include "ir/pattern/regex.h"

namespace s2a {

/// One text and how it is compared. Present is what is written `{}`: of a header it asks that it is there, of a text that goes with every request nothing.
struct StringMatch {
  enum class Kind : std::uint8_t { Present, Exact, Prefix, Regex };
  Kind kind = Kind::Present;
  std::string text;
  NodeId node = kNoNode;       ///< the map that holds it
  std::optional<Regex> regex;  ///< of kind Regex; nothing where RE2 refuses the text

  bool operator==(const StringMatch& other) const { return kind == other.kind && text == other.text; }
};

/// By name, as written. Of several entries with one name istiod keeps what the YAML reader keeps: the last.
using StringMatches = std::map<std::string, StringMatch>;

/// One item of `match`: everything in it must hold.
struct HttpMatch {
  std::string name;
  std::optional<StringMatch> uri;
  std::optional<StringMatch> scheme;
  std::optional<StringMatch> method;
  std::optional<StringMatch> authority;
  StringMatches headers;
  StringMatches without_headers;
  StringMatches query_params;
  bool ignore_uri_case = false;
  std::optional<std::uint16_t> port;
  Labels source_labels;
  std::string source_namespace;
  std::vector<std::string> gateways;
  std::string stat_prefix;
  NodeId node = kNoNode;
};

/// `set`, `add` and `remove` of one direction; names as written.
struct HeaderOperations {
  std::vector<std::pair<std::string, std::string>> set;
  std::vector<std::pair<std::string, std::string>> add;
  std::vector<std::string> remove;
  bool operator==(const HeaderOperations&) const = default;

  [[nodiscard]] bool empty() const { return set.empty() && add.empty() && remove.empty(); }
};

struct HeaderChanges {
  HeaderOperations request;
  HeaderOperations response;
  NodeId node = kNoNode;
};

struct RouteDestination {
  Spanned<std::string> host;  ///< short names are not expanded here
  std::string subset;
  std::optional<std::uint16_t> port;
  NodeId node = kNoNode;
};

struct WeightedDestination {
  RouteDestination destination;
  std::int64_t weight = 0;
  HeaderChanges headers;
};

struct HttpRedirect {
  std::string uri;
  std::string prefix_rewrite;
  std::string authority;
  std::string scheme;
  std::optional<std::uint16_t> port;
  bool port_of_request = false;  ///< derivePort: FROM_REQUEST_PORT
  std::int64_t code = 0;         ///< 0: not written
  NodeId node = kNoNode;
};

struct DirectResponse {
  std::int64_t status = 0;
  std::string body;  ///< `string`, or what `bytes` stands for
  bool has_body = false;
  NodeId node = kNoNode;
};

struct HttpRewrite {
  std::string uri;
  std::string authority;
  std::string regex;  ///< uriRegexRewrite.match; empty: none
  std::string regex_replacement;
  NodeId node = kNoNode;
};

/// In milliseconds, as Go's durations of the resource say.
using Milliseconds = std::chrono::milliseconds;

struct HttpRetries {
  std::int64_t attempts = 0;
  std::optional<Milliseconds> per_try_timeout;
  std::string retry_on;
  std::optional<Milliseconds> backoff;
  std::optional<bool> ignore_previous_hosts;
  std::optional<bool> remote_localities;
  NodeId node = kNoNode;
};

/// Shares are in millionths, cut off as istiod cuts them: 0 to 1,000,000.
struct HttpFault {
  struct Abort {
    std::int64_t http_status = 0;
    std::string grpc_status;
    std::int64_t share = 1'000'000;
  };
  struct Delay {
    std::optional<Milliseconds> fixed;
    std::int64_t share = 1'000'000;
  };
  std::optional<Abort> abort;
  std::optional<Delay> delay;
  NodeId node = kNoNode;
};

struct HttpMirror {
  RouteDestination destination;
  std::int64_t share = 1'000'000;  ///< in millionths
};

enum class UnmatchedPreflights : std::uint8_t { Unspecified, Forward, Ignore };

struct CorsPolicy {
  std::vector<StringMatch> allow_origins;  ///< the deprecated allowOrigin as exact ones
  std::vector<std::string> allow_methods;
  std::vector<std::string> allow_headers;
  std::vector<std::string> expose_headers;
  std::optional<Milliseconds> max_age;
  std::optional<bool> allow_credentials;
  UnmatchedPreflights unmatched_preflights = UnmatchedPreflights::Unspecified;
  NodeId node = kNoNode;
};

struct DelegateRef {
  std::string name;
  std::string ns;  ///< empty: the root's own
};

/// One item of `http`.
struct HttpRule {
  Spanned<std::string> name;
  std::vector<HttpMatch> matches;  ///< empty: every request
  std::vector<WeightedDestination> route;
  std::optional<HttpRedirect> redirect;
  std::optional<DirectResponse> direct_response;
  std::optional<DelegateRef> delegate;
  std::optional<HttpRewrite> rewrite;
  std::optional<Milliseconds> timeout;
  std::optional<HttpRetries> retries;
  std::optional<HttpFault> fault;
  std::vector<HttpMirror> mirrors;  ///< `mirror` with its share, or `mirrors`
  std::optional<CorsPolicy> cors;
  std::optional<HeaderChanges> headers;
  NodeId node = kNoNode;
};

/// One item of `match` of a TCP or TLS rule.
struct L4Match {
  std::vector<std::string> sni_hosts;  ///< TLS only
  std::optional<std::uint16_t> port;
  std::vector<std::string> destination_subnets;
  std::string source_subnet;
  Labels source_labels;
  std::string source_namespace;
  std::vector<std::string> gateways;
  NodeId node = kNoNode;
};

/// One item of `tcp` or `tls`.
struct L4Rule {
  std::vector<L4Match> matches;
  std::vector<WeightedDestination> route;  ///< without headers
  NodeId node = kNoNode;
};

/// Whether a match with these gateways and this port is about a port in the mesh: without gateways, or `mesh` is among them; without a port (0 is none), or it is this one.
/// routing.md 1.2
[[nodiscard]] bool about_mesh(const std::vector<std::string>& gateways, std::optional<std::uint16_t> of_match, std::uint16_t port);

struct VirtualService {
  std::vector<Spanned<std::string>> hosts;     ///< empty: a delegate, which others include
  std::vector<Spanned<std::string>> gateways;  ///< empty: `mesh`
  std::vector<std::string> export_to;
  std::vector<HttpRule> http;
  std::vector<L4Rule> tls;
  std::vector<L4Rule> tcp;
  NodeId spec_node = kNoNode;

  [[nodiscard]] bool delegate() const { return hosts.empty(); }
  /// Whether sidecars route by it: no gateways, or `mesh` among them. routing.md 5.1
  [[nodiscard]] bool in_mesh() const;
  /// Of every rule, mirrors included.
  [[nodiscard]] std::vector<const RouteDestination*> destinations() const;
};

}  // namespace s2a
