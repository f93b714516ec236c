// Redirects, CORS, comparable actions, and routes that pick the next hop.
#include "ir/table/route_action.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ir/table/path.h"

namespace s2a::route_action_test {

Request request(const std::string& host, const std::string& path, const std::string& query = {}) {
  return {{Attribute::Method, {"GET"}}, {Attribute::Host, {host}}, {Attribute::Path, {path}}, {Attribute::Target, {path + query}}};
}

TEST(Redirect, KeepsWhatItDoesNotName) {
  EXPECT_EQ(location({}, request("reviews:9080", "/a", "?q=1")), "http://reviews:9080/a?q=1");
  EXPECT_EQ(location({.scheme = "https"}, request("reviews:80", "/a")), "https://reviews/a") << "the port of the other scheme goes";
  EXPECT_EQ(location({.scheme = "https"}, request("reviews:8080", "/a")), "https://reviews:8080/a");
  EXPECT_EQ(location({.port = 8443}, request("reviews:80", "/a")), "http://reviews:8443/a");
  EXPECT_EQ(location({.host = "h.example", .path = {.kind = PathRewrite::Kind::Full, .matched = {}, .value = "new?z=1"}}, request("reviews", "/a", "?q=1")),
            "http://h.example/new?z=1");
  EXPECT_EQ(location({.path = prefix_rewrite("/a", "/b")}, request("reviews", "/a/x", "?q=1")), "http://reviews/b/x?q=1");
}

TEST(Cors, AnswersPreflightsAndGivesLeave) {
  Cors cors{.origins = {{.kind = StringMatch::Kind::Exact, .text = "https://a.example"}}, .methods = "GET", .headers = "*", .expose = "x-e", .max_age = "5", .credentials = true};
  auto asked = request("reviews", "/");
  asked[{Attribute::Header, "origin"}] = {"https://a.example"};
  EXPECT_FALSE(answers(cors, asked)) << "no preflight";
  EXPECT_EQ(cors_headers(cors, asked).size(), 3u) << "origin, credentials, expose";
  asked[Attribute::Method] = {"OPTIONS"};
  asked[{Attribute::Header, "access-control-request-method"}] = {"GET"};
  asked[{Attribute::Header, "access-control-request-headers"}] = {"x-a,x-b"};
  EXPECT_TRUE(answers(cors, asked));
  const auto headers = cors_headers(cors, asked);
  EXPECT_NE(std::ranges::find(headers, std::pair<std::string, std::string>("access-control-allow-headers", "x-a,x-b")), headers.end()) << "what is asked for";
  asked[{Attribute::Header, "origin"}] = {"https://b.example"};
  EXPECT_FALSE(answers(cors, asked)) << "another origin's is forwarded";
  cors.answers_all = true;
  EXPECT_TRUE(answers(cors, asked));
  EXPECT_EQ(cors_headers(cors, asked).front().first, "access-control-allow-credentials") << "without its leave";
}

Destination to(const std::string& service, std::int64_t weight) { return {.cluster = {.service = service, .subset = {}, .port = 80}, .endpoints = {}, .weight = weight}; }

TEST(RouteAction, IsComparedByWhatItDoes) {
  RouteAction a;
  a.destinations = {to("shop/b", 50), to("shop/a", 25), to("shop/a", 25)};
  a.retries = RetryPolicy{.on = "5xx,retriable-status-codes", .codes = {}, .attempts = 1, .per_try = Milliseconds(2000), .backoff = {}};
  a.timeout = Milliseconds(1000);
  RouteAction b;
  b.destinations = {to("shop/a", 1), to("shop/b", 1)};
  b.retries = RetryPolicy{.on = "5xx", .codes = {}, .attempts = 1, .per_try = {}, .backoff = {}};
  b.timeout = Milliseconds(1000);
  EXPECT_NE(a, b);
  EXPECT_EQ(normalised(a), normalised(b));
}

TEST(Table, KeepsTheSameActionOnce) {
  Table table;
  RouteAction action;
  action.destinations = {to("shop/a", 1)};
  EXPECT_EQ(table.add(action), 0u);
  EXPECT_EQ(table.add(RouteAction{}), 1u);
  EXPECT_EQ(table.add(action), 0u);
}

/// /a goes to the first hop, everything else to both.
TEST(Evaluate, ARowPicksTheNextHopsAndAllOfThemMustAllow) {
  const auto hop = [](Outcome outcome) { return Path{.engine = Engine::Sidecar, .table = {.rows = {}, .otherwise = outcome}, .next = {}, .hops = {}}; };
  const Literal on_a{.attribute = Attribute::Path, .set = {.any_of = {Exact{"/a"}}}, .negated = false};
  Path path{.engine = Engine::Waypoint,
            .table = {.rows = {{.guard = {.all_of = {{.any_of = {{on_a}}}}}, .outcome = Outcome::Allow, .origin = {}, .action = 0}}, .otherwise = Outcome::Allow},
            .next = {hop(Outcome::Allow), hop(Outcome::Forbidden)},
            .hops = {{0}, {0, 1}}};
  path.table.actions = {RouteAction{.destinations = {to("shop/a", 1)}}, RouteAction{.destinations = {to("shop/a", 1), to("shop/b", 1)}}};
  path.table.otherwise_action = 1;
  const auto a = evaluate(path, request("reviews", "/a"));
  EXPECT_TRUE(a.allowed());
  EXPECT_EQ(a.steps.front().action->destinations.size(), 1u);
  EXPECT_EQ(evaluate(path, request("reviews", "/b")).outcome, Outcome::Forbidden);
}

}  // namespace s2a::route_action_test
