// Every field of the Gateway API's routes, the defaults of their CRDs filled in. routing.md 0.6, 1.3, 1.5, 1.6
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/frontend_decode/read_text.h"

namespace s2a::test::routes_test {

using testing::ElementsAre;
using testing::Pair;
using namespace std::chrono_literals;

Route route_of(std::string_view kind, std::string_view spec) {
  const auto read = read_text(fmt::format("{{apiVersion: gateway.networking.k8s.io/v1, kind: {}, metadata: {{name: x}}, spec: {{{}}}}}\n", kind, spec));
  return std::get<Route>(read.resources.at(0).spec);
}

RouteRule rule_of(std::string_view fields) { return route_of("HTTPRoute", fmt::format("rules: [{{{}}}]", fields)).rules.at(0); }

/// `Exact /a`, one a match.
std::vector<std::string> paths(const Route& route) {
  std::vector<std::string> out;
  for (const auto& rule : route.rules)
    for (const auto& match : rule.matches)
      out.push_back((match.path_type == PathMatchType::Exact ? "Exact " : match.path_type == PathMatchType::PathPrefix ? "PathPrefix " : "RegularExpression ") + match.path);
  return out;
}

TEST(Routes, DefaultMatchesAreThoseOfTheCrd) {
  const std::pair<std::string_view, std::vector<std::string>> cases[] = {
      {"", {"PathPrefix /"}},
      {"rules: [{}]", {"PathPrefix /"}},
      {"rules: [{matches: []}]", {}},
      {"rules: []", {}},
      {"rules: [{matches: [{}, {path: {value: /a}}, {path: {type: Exact}}, {path: {type: RegularExpression, value: b}}]}]",
       {"PathPrefix /", "PathPrefix /a", "Exact /", "RegularExpression b"}},
  };
  for (const auto& [spec, expected] : cases) EXPECT_EQ(paths(route_of("HTTPRoute", spec)), expected) << spec;
}

TEST(Routes, AMethodOfGrpcIsAPath) {
  const std::pair<std::string_view, std::vector<std::string>> cases[] = {
      {"", {}},
      {"rules: [{}]", {}},
      {"rules: [{matches: [{}]}]", {"PathPrefix /"}},
      {"rules: [{matches: [{method: {service: a.B, method: C}}]}]", {"Exact /a.B/C"}},
      {"rules: [{matches: [{method: {service: a.B}}]}]", {"PathPrefix /a.B"}},
      {"rules: [{matches: [{method: {method: C}}]}]", {"RegularExpression /[^/]+/C"}},
      {"rules: [{matches: [{method: {type: RegularExpression, service: a.*}}]}]", {"RegularExpression /a.*/.+"}},
      {"rules: [{matches: [{method: {type: RegularExpression, method: C.*}}]}]", {"RegularExpression /[^/]+/C.*"}},
  };
  for (const auto& [spec, expected] : cases) EXPECT_EQ(paths(route_of("GRPCRoute", spec)), expected) << spec;
}

TEST(Routes, MatchValues) {
  const auto rule = rule_of("matches: [{method: GET, headers: [{name: a, value: b}, {name: c, value: d, type: RegularExpression}], queryParams: [{name: q, value: r}]}]");
  const auto& match = rule.matches.at(0);
  EXPECT_EQ(match.method, "GET");
  ASSERT_EQ(match.headers.size(), 2U);
  EXPECT_FALSE(match.headers[0].regex);
  EXPECT_TRUE(match.headers[1].regex);
  EXPECT_EQ(match.query_params.at(0).name + match.query_params[0].value, "qr");
}

TEST(Routes, Filters) {
  const auto filters = rule_of(
                           "filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: b, value: '2'}, {name: a, value: '1'}], remove: [c]}}, "
                           "{type: ResponseHeaderModifier, responseHeaderModifier: {add: [{name: d, value: '4'}]}}, {type: URLRewrite, urlRewrite: {hostname: h, path: {type: "
                           "ReplacePrefixMatch, replacePrefixMatch: /p}}}, {type: CORS, cors: {allowOrigins: ['*']}}]")
                           .filters;
  EXPECT_THAT(filters.request.set, ElementsAre(Pair("a", "1"), Pair("b", "2")));
  EXPECT_THAT(filters.request.remove, ElementsAre("c"));
  EXPECT_THAT(filters.response.add, ElementsAre(Pair("d", "4")));
  EXPECT_EQ(filters.rewrite->hostname, "h");
  EXPECT_FALSE(filters.rewrite->path->full);
  EXPECT_EQ(filters.rewrite->path->value, "/p");
  EXPECT_THAT(filters.cors->allow_origins, ElementsAre("*"));
  EXPECT_EQ(filters.cors->max_age, 5);
  const auto redirect =
      *rule_of("filters: [{type: RequestRedirect, requestRedirect: {scheme: https, port: 8443, path: {type: ReplaceFullPath, replaceFullPath: /f}}}]").filters.redirect;
  EXPECT_EQ(redirect.scheme, "https");
  EXPECT_EQ(redirect.port, 8443);
  EXPECT_TRUE(redirect.path->full);
  EXPECT_EQ(redirect.path->value, "/f");
  EXPECT_EQ(redirect.code, 302);
}

TEST(Routes, SharesOfMirrorsAreCutOffInMillionths) {
  const auto share = [](std::string_view fields) {
    return rule_of(fmt::format("filters: [{{type: RequestMirror, requestMirror: {{backendRef: {{name: a, port: 80}}{}}}}}]", fields)).filters.mirrors.at(0).share;
  };
  EXPECT_EQ(share(""), 1'000'000);
  EXPECT_EQ(share(", percent: 0"), 0);
  EXPECT_EQ(share(", percent: 42"), 420'000);
  EXPECT_EQ(share(", fraction: {numerator: 1}"), 10'000);
  EXPECT_EQ(share(", fraction: {numerator: 1, denominator: 3}"), 333'333);
  EXPECT_EQ(share(", fraction: {numerator: 29, denominator: 1000}"), 29'000);
}

TEST(Routes, BackendsTimeoutsAndRetries) {
  const auto rule = rule_of(
      "name: r, timeouts: {request: 1s500ms, backendRequest: 1s}, retry: {attempts: 3, codes: [503, 504], backoff: 100ms}, backendRefs: [{name: a, port: 80}, {name: b, namespace: "
      "n, port: "
      "81, weight: 0, filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x]}}]}]");
  EXPECT_EQ(rule.name, "r");
  EXPECT_EQ(rule.request_timeout, 1500ms);
  EXPECT_EQ(rule.backend_timeout, 1s);
  EXPECT_EQ(rule.retry->attempts, 3);
  EXPECT_THAT(rule.retry->codes, ElementsAre(503, 504));
  EXPECT_EQ(rule.retry->backoff, 100ms);
  ASSERT_EQ(rule.backends.size(), 2U);
  EXPECT_EQ(rule.backends[0].weight, 1);
  EXPECT_EQ(rule.backends[1].weight, 0);
  EXPECT_EQ(rule.backends[1].ref.ns, "n");
  EXPECT_EQ(rule.backends[1].ref.port, 81);
  EXPECT_THAT(rule.backends[1].filters.request.remove, ElementsAre("x"));
  const auto tcp = route_of("TCPRoute", "rules: [{backendRefs: [{name: a, port: 80, weight: 2}]}]");
  EXPECT_EQ(tcp.rules.at(0).backends.at(0).weight, 2);
  EXPECT_TRUE(tcp.rules[0].matches.empty());
}

TEST(Routes, OneBadRuleIsTheEndOfAll) {
  const std::pair<std::string_view, bool> cases[] = {
      {"backendRefs: [{name: a, port: 80}]", true},
      {"backendRefs: [{name: a}]", false},
      {"backendRefs: [{name: a.b, port: 80}]", false},
      {"backendRefs: [{group: networking.istio.io, kind: Hostname, name: a.b, port: 80}]", true},
      {"backendRefs: [{group: networking.istio.io, kind: Hostname, name: a.b}]", false},
      {"backendRefs: [{group: example.com, kind: Service, name: a.b}]", true},
      {"backendRefs: [{kind: Other, name: a}]", true},
      {"filters: [{type: ExtensionRef, extensionRef: {group: g, kind: K, name: n}}]", false},
      {"filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a}}}]", false},
      {"filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a, port: 80}}}]", true},
      {"backendRefs: [{name: a, port: 80, filters: [{type: URLRewrite, urlRewrite: {hostname: h}}]}]", false},
      {"backendRefs: [{name: a, port: 80, filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {remove: [x]}}]}]", true},
  };
  for (const auto& [rule, convertible] : cases) EXPECT_EQ(route_of("HTTPRoute", fmt::format("rules: [{{}}, {{{}}}]", rule)).convertible, convertible) << rule;
}

}  // namespace s2a::test::routes_test
