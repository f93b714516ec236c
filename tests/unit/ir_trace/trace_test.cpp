// One request hop by hop: along routes, past rules that never hold, and as it comes back to the caller. product.md 3
#include "ir/trace/trace.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::trace_test {

/// Services cart and cart-v2 on port 80, a pod each; `more` stands behind them.
std::string shop(std::string_view more, std::string_view ns_label = "istio-injection: enabled") {
  auto out = fmt::format("apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {{{}}}}}\n", ns_label);
  for (const auto* name : {"cart", "cart-v2"})
    out += fmt::format(
        "---\napiVersion: v1\nkind: Service\nmetadata: {{name: {0}, namespace: shop}}\nspec: {{selector: {{app: {0}}}, ports: [{{name: http, port: 80, targetPort: 8080}}]}}\n"
        "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: {0}, namespace: shop, labels: {{app: {0}}}}}\nspec: {{containers: [{{name: a, image: a}}]}}\n",
        name);
  return fmt::format("{}---\n{}", out, more);
}

std::string routed(std::string_view http) {
  return shop(fmt::format("apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: cart, namespace: shop}}\nspec: {{hosts: [cart], http: [{}]}}\n", http));
}

std::string judged(std::string_view policy) {
  return fmt::format("apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{name: p, namespace: shop}}\nspec: {}\n", policy);
}

Trace traced(const std::string& yaml, const std::string& target = "/", const std::string& host = {}) {
  const auto mesh = test::mesh_from_yaml(yaml);
  const Message message{.method = "GET", .host = host, .target = target, .headers = {}};
  auto out = trace(*mesh, {.from = "shop/web", .client = {}, .to = "cart.shop:80", .default_namespace = {}, .address = {}, .message = message, .token = {}, .refused_by = {}});
  EXPECT_TRUE(out.has_value());
  return out.value_or(Trace());
}

TEST(Trace, FollowsTheRouteToAnotherService) {
  const auto found = traced(routed("{match: [{uri: {prefix: /v2}}], route: [{destination: {host: cart-v2}}]}, {route: [{destination: {host: cart}}]}"), "/v2/x");
  ASSERT_EQ(found.ways.size(), 1U);
  const auto& way = found.ways.front();
  EXPECT_EQ(way.pods, std::vector<std::string>{"Pod shop/cart-v2"});
  ASSERT_EQ(way.hops.size(), 2U);
  EXPECT_EQ(way.hops.front().policy, "VirtualService shop/cart");
  EXPECT_EQ(way.hops.front().rule, "spec.http[0].match[0]");
  EXPECT_EQ(way.hops.front().route, "to Service shop/cart-v2 port 80");
  EXPECT_EQ(way.hops.back().route, std::nullopt);
  EXPECT_EQ(way.seen, "200: the request goes on");
}

TEST(Trace, EachDestinationIsAWayOfItsOwn) {
  const auto found = traced(routed("{route: [{destination: {host: cart}, weight: 90}, {destination: {host: cart-v2}, weight: 10}]}") + "---\n" +
                            judged("{selector: {matchLabels: {app: cart-v2}}, action: DENY, rules: [{}]}"));
  ASSERT_EQ(found.ways.size(), 2U);
  EXPECT_EQ(found.ways[0].hops.front().route, "to Service shop/cart port 80, for 90 of 100");
  EXPECT_EQ(found.ways[0].seen, "200: the request goes on");
  EXPECT_EQ(found.ways[1].pods, std::vector<std::string>{"Pod shop/cart-v2"});
  EXPECT_EQ(found.ways[1].seen, "403");
}

TEST(Trace, KnowsWhatRoutesAnswerThemselves) {
  const auto seen = [](std::string_view http, const std::string& target = "/") {
    const auto found = traced(routed(http), target);
    EXPECT_EQ(found.ways.size(), 1U);
    EXPECT_TRUE(found.ways.front().pods.empty());
    EXPECT_FALSE(found.ways.front().allowed);
    return found.ways.front().seen;
  };
  EXPECT_EQ(seen("{redirect: {uri: /new, redirectCode: 308}}"), "308 to http://cart.shop/new");
  EXPECT_EQ(seen("{directResponse: {status: 418}}"), "418: the route says so");
  EXPECT_EQ(seen("{match: [{uri: {prefix: /a}}], route: [{destination: {host: cart}}]}", "/b"), "404: no route matches");
  EXPECT_EQ(seen("{route: [{destination: {host: nowhere.example}}]}"), "503: nowhere.example port 80 is not known");
  EXPECT_EQ(seen("{fault: {abort: {httpStatus: 500, percentage: {value: 100}}}, route: [{destination: {host: cart}}]}"), "500: an injected fault");
}

TEST(Trace, SaysWhichRoutesWereNotTaken) {
  const auto found = traced(routed("{match: [{uri: {prefix: /a}}], route: [{destination: {host: cart}}]}"), "/b");
  const auto& missed = found.ways.front().hops.front().missed;
  ASSERT_EQ(missed.size(), 1U);
  EXPECT_EQ(missed.front().policy, "VirtualService shop/cart");
  EXPECT_EQ(missed.front().fails, std::vector<std::string>{"path"});
}

TEST(Trace, ARewriteIsShown) {
  const auto found = traced(routed("{match: [{uri: {prefix: /old}}], rewrite: {uri: /new, authority: v2.example}, route: [{destination: {host: cart-v2}}]}"), "/old/x");
  EXPECT_EQ(found.ways.front().hops.front().route, "to Service shop/cart-v2 port 80, the path becomes /new/x, the host becomes v2.example");
}

TEST(Trace, SaysThatAForeignHostIsNotFollowed) {
  const auto yaml = routed("{route: [{destination: {host: cart-v2}}]}");
  EXPECT_TRUE(traced(yaml, "/").presumed.empty());
  EXPECT_EQ(traced(yaml, "/", "other.example").presumed, std::vector<std::string>{"the caller's sidecar routes it as if its host were cart.shop"});
  EXPECT_TRUE(traced(shop({}), "/", "other.example").presumed.empty());
}

TEST(Trace, WithoutARouteTheCallersSidecarIsNoHop) {
  const auto found = traced(shop(judged("{action: DENY, rules: [{to: [{operation: {paths: [/admin]}}]}]}")), "/admin");
  ASSERT_EQ(found.ways.size(), 1U);
  ASSERT_EQ(found.ways.front().hops.size(), 1U);
  EXPECT_EQ(found.ways.front().hops.front().engine, Engine::Sidecar);
  EXPECT_EQ(found.ways.front().seen, "403");
}

TEST(Trace, WhatZtunnelDoesNotReadIsNoRuleThatFailed) {
  const auto found = traced(shop(judged("{action: ALLOW, rules: [{to: [{operation: {methods: [GET]}}]}]}"), "istio.io/dataplane-mode: ambient"));
  const auto& last = found.ways.front().hops.back();
  EXPECT_EQ(last.engine, Engine::Ztunnel);
  EXPECT_EQ(last.policy, "AuthorizationPolicy shop/p");
  EXPECT_TRUE(last.missed.empty());
  EXPECT_EQ(found.ways.front().seen, "the connection is reset");
}

}  // namespace s2a::trace_test
