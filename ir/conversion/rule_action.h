// What a rule of an HTTPRoute does, but for its matches. routing.md 1.3, 1.5, 3.2
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "ir/conversion/options.h"
#include "ir/conversion/refusal.h"
#include "ir/conversion/relations.h"
#include "ir/conversion/subsets.h"
#include "ir/routing/delegates.h"
#include "ir/value.h"

namespace s2a {

/// `matched`, which the path begins with, becomes `text`; or the whole path does. Of a whole path `\0` stands for what it was: RE2's rewrite.
struct PathChange {
  bool whole = false;
  std::string matched;
  std::string text;
  bool drop_slash = false;  ///< and a slash behind `matched` goes
  bool operator==(const PathChange&) const = default;
};

struct RuleAction {
  Value::Sequence filters;  ///< all but URLRewrite
  std::string hostname;     ///< of URLRewrite; empty: the Host stays
  std::optional<PathChange> path;
  Value::Sequence backends;
  Value::Map timeouts;
  Value::Map retry;
  bool operator==(const RuleAction&) const = default;
};

/// Whose rules are translated for whom: one Service or host of a ServiceEntry, one port.
struct ConversionPlace {
  const RoutingContext& routing;
  const Subsets& subsets;
  const ConversionOptions& options;
  Relations& relations;
  const RoutedHost& host;
  std::uint16_t port = 0;
};

/// What a destination of a rule needs beside the routes.
struct Needs {
  std::set<SubsetKey> subsets;    ///< Services that have to be made
  std::set<std::string> assumed;  ///< subsets that no DestinationRule defines, `reviews.shop.svc.cluster.local v1`
};

/// The action of one rule, for the match whose `uri` is given. routing.md 1.3
[[nodiscard]] OrRefused<RuleAction> rule_action(const FlatRule& rule, const std::optional<StringMatch>& uri, const ConversionPlace& place, Needs& needs);

/// What `rewrite` does to a path that this `uri` matches; nothing where it stays. routing.md 3.2
[[nodiscard]] OrRefused<std::optional<PathChange>> path_change(const HttpRewrite& rewrite, const std::optional<StringMatch>& uri);

/// The parts. Each fills in what it is about.
[[nodiscard]] OrRefused<Value> backend_ref(const RouteDestination& to, const FlatRule& rule, std::string_view field, const ConversionPlace& place, Needs& needs);
[[nodiscard]] OrRefused<Value::Sequence> weighted_backends(const std::vector<WeightedDestination>& route, const FlatRule& rule, const ConversionPlace& place, Needs& needs);
[[nodiscard]] OrRefused<Value> redirect_filter(const HttpRedirect& redirect, std::uint16_t port, const GatewayApi& api);
[[nodiscard]] OrRefused<Value::Sequence> mirror_filters(const FlatRule& rule, const ConversionPlace& place, Needs& needs);
[[nodiscard]] OrRefused<Value> cors_filter(const CorsPolicy& cors, const ConversionOptions& options);
/// RequestHeaderModifier and ResponseHeaderModifier.
[[nodiscard]] OrRefused<Value::Sequence> header_filters(const HeaderChanges& changes);
[[nodiscard]] OrRefused<void> add_retries(RuleAction& action, const HttpRule& rule, const ConversionPlace& place);

/// Names of headers that are changed in a direction at all, in lower case.
[[nodiscard]] std::set<std::string> changed_headers(const HeaderChanges& changes);

/// GEP-2257, as `27h46m40s`; nothing where that has more digits than there may be.
[[nodiscard]] std::optional<std::string> gep_duration(Milliseconds time);

/// `host:port` in two, port 0 where none is written; nothing where what stands behind the colon is no port.
[[nodiscard]] std::optional<std::pair<std::string_view, std::uint16_t>> host_and_port(std::string_view text);

/// A name that the CRDs take as a hostname, or as that of a header or a query parameter. routing.md 1.6
[[nodiscard]] bool is_hostname(std::string_view text);
[[nodiscard]] bool is_header_name(std::string_view text);

}  // namespace s2a
