// From the actions of a VirtualService's rule to those of a route's.
//
//   - rewrite: {uri: /v2, authority: a.example}             - filters:
//     timeout: 1.5s                                           - type: URLRewrite
//     route:                                        ->          urlRewrite: {hostname: a.example, path: ...}
//     - destination: {host: reviews, subset: v1}              timeouts: {request: 1s500ms}
//                                                             backendRefs: [{group: "", kind: Service, name: reviews-v1, port: 80}]
#include "ir/conversion/rule_action.h"

#include <algorithm>

#include "ir/pattern/glob.h"

namespace s2a {
namespace {

class Maker {
 public:
  Maker(const FlatRule& flat, const std::optional<StringMatch>& uri, const ConversionPlace& place, Needs& needs)
      : flat_(flat), rule_(flat.rule), uri_(uri), place_(place), needs_(needs) {}

  OrRefused<RuleAction> make() {
    if (rule_.delegate) return at({.obstacle = Obstacle::NestedDelegate}, "delegate", kNoNode);
    if (rule_.fault) return at({.obstacle = Obstacle::FaultAction}, "fault", rule_.fault->node);
    if (auto refused = headers()) return *refused;
    if (auto refused = rule_.redirect ? redirect() : rule_.direct_response ? direct_response() : forward()) return *refused;
    return std::move(out_);
  }

 private:
  using Result = std::optional<tl::unexpected<RouteRefusal>>;

  /// A refusal with the place of the field.
  [[nodiscard]] tl::unexpected<RouteRefusal> at(RouteRefusal refusal, std::string_view field, NodeId node) const {
    if (refusal.resource == nullptr) {
      refusal.resource = &flat_.holder_of(field);
      refusal.node = node == kNoNode ? (flat_.inherited.contains(field) ? flat_.root_node : rule_.node) : node;
    }
    return tl::make_unexpected(std::move(refusal));
  }

  /// `rewrite.authority` that is no hostname is set as a header. routing.md 1.3
  Result headers() {
    auto changes = rule_.headers.value_or(HeaderChanges{});
    const bool forwards = !rule_.redirect && !rule_.direct_response;
    if (!forwards) changes.request = {};
    if (rule_.rewrite && forwards && !rule_.rewrite->authority.empty()) {
      const auto& authority = rule_.rewrite->authority;
      const auto sets = changed_headers({.request = changes.request, .response = {}});
      if (sets.contains("host") || sets.contains(":authority")) return at({.obstacle = Obstacle::HostRewrite, .detail = authority}, "rewrite", rule_.rewrite->node);
      if (is_hostname(authority))
        out_.hostname = authority;
      else
        changes.request.set.emplace_back("Host", authority);
    }
    auto filters = header_filters(changes);
    if (!filters) return at(filters.error(), "headers", changes.node);
    add(*std::move(filters));
    return std::nullopt;
  }

  Result redirect() {
    auto filter = redirect_filter(*rule_.redirect, place_.port, place_.options.gateway_api);
    if (!filter) return at(filter.error(), "redirect", rule_.redirect->node);
    out_.filters.push_back(*std::move(filter));
    return cors();
  }

  /// A backend without weight answers 500, in every release. routing.md 1.3
  Result direct_response() {
    const auto& answer = *rule_.direct_response;
    const auto* service = std::get_if<ServiceId>(&place_.host.is);
    if (answer.status != 500 || !answer.body.empty() || service == nullptr)
      return at({.obstacle = Obstacle::DirectResponseAction, .detail = std::to_string(answer.status)}, "directResponse", answer.node);
    out_.backends.push_back(Value::Map{{"group", ""}, {"kind", "Service"}, {"name", (*place_.routing.mesh)[*service].name}, {"port", place_.port}, {"weight", 0}});
    return cors();
  }

  Result forward() {
    if (rule_.route.empty()) return at({.obstacle = Obstacle::NoDestination}, "route", rule_.node);
    if (auto refused = rewrite()) return refused;
    auto mirrors = mirror_filters(flat_, place_, needs_);
    if (!mirrors) return at(mirrors.error(), "mirrors", kNoNode);
    add(*std::move(mirrors));
    if (auto refused = cors()) return refused;
    auto backends = weighted_backends(rule_.route, flat_, place_, needs_);
    if (!backends) return at(backends.error(), "route", kNoNode);
    out_.backends = *std::move(backends);
    if (rule_.timeout) {
      const auto text = gep_duration(*rule_.timeout);
      if (!text) return at({.obstacle = Obstacle::TimeoutAction}, "timeout", kNoNode);
      out_.timeouts.emplace_back("request", *text);
    }
    if (auto added = add_retries(out_, rule_, place_); !added) return at(added.error(), "retries", rule_.retries->node);
    return std::nullopt;
  }

  Result cors() {
    if (!rule_.cors) return std::nullopt;
    auto filter = cors_filter(*rule_.cors, place_.options);
    if (!filter) return at(filter.error(), "corsPolicy", rule_.cors->node);
    out_.filters.push_back(*std::move(filter));
    return std::nullopt;
  }

  Result rewrite() {
    if (!rule_.rewrite) return std::nullopt;
    const auto change = path_change(*rule_.rewrite, uri_);
    if (!change) return at(change.error(), "rewrite", rule_.rewrite->node);
    out_.path = *change;
    return std::nullopt;
  }

  void add(Value::Sequence filters) { std::ranges::move(filters, std::back_inserter(out_.filters)); }

  const FlatRule& flat_;
  const HttpRule& rule_;
  const std::optional<StringMatch>& uri_;
  const ConversionPlace& place_;
  Needs& needs_;
  RuleAction out_;
};

}  // namespace

OrRefused<RuleAction> rule_action(const FlatRule& rule, const std::optional<StringMatch>& uri, const ConversionPlace& place, Needs& needs) {
  return Maker(rule, uri, place, needs).make();
}

}  // namespace s2a
