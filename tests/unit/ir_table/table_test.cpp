// First match wins, clauses, sets of values, views and paths.
#include <gtest/gtest.h>

#include "ir/pattern/istio_values.h"
#include "ir/table/path.h"
#include "ir/table/view.h"

namespace s2a::table_test {

Literal is(Attribute attribute, std::string_view value, bool negated = false) { return {.attribute = attribute, .set = {.any_of = {istio_string(value)}}, .negated = negated}; }
Guard all(std::vector<Clause> clauses) { return {.all_of = std::move(clauses)}; }
Row row(Guard guard, Outcome outcome) { return {.guard = std::move(guard), .outcome = outcome, .origin = {}}; }
const Request kGet{{Attribute::Method, {"GET"}}, {Attribute::Path, {"/a"}}};

TEST(Guard, WithoutClausesAlwaysHoldsAndAClauseWithoutAlternativesNeverDoes) {
  EXPECT_TRUE(holds(all({}), kGet));
  EXPECT_FALSE(holds(all({Clause{}}), kGet));
  EXPECT_TRUE(holds(all({Clause{{Conjunction{}}}}), kGet)) << "an alternative that asks nothing";
}

TEST(Guard, IsAConjunctionOfAlternatives) {
  const Clause method{{{is(Attribute::Method, "POST")}, {is(Attribute::Method, "GET"), is(Attribute::Path, "/a")}}};
  EXPECT_TRUE(holds(all({method}), kGet));
  EXPECT_FALSE(holds(all({method, Clause{{{is(Attribute::Path, "/b")}}}}), kGet));
}

TEST(Literal, OnASetHoldsWhenSomeMemberIsInIt) {
  const Request two{{Attribute::Host, {"a", "b"}}};
  EXPECT_TRUE(holds(is(Attribute::Host, "b"), two));
  EXPECT_FALSE(holds(is(Attribute::Host, "b", true), two));
  EXPECT_FALSE(holds(is(Attribute::Host, "*"), kGet)) << "absent";
  EXPECT_TRUE(holds(is(Attribute::Host, "*", true), kGet)) << "negated holds where the attribute is absent";
}

TEST(Evaluate, TheFirstRowThatHoldsWins) {
  const Table table{.rows = {row(all({Clause{{{is(Attribute::Path, "/b")}}}}), Outcome::Reset), row(all({Clause{{{is(Attribute::Method, "GET")}}}}), Outcome::Forbidden),
                             row(all({}), Outcome::Allow)},
                    .otherwise = Outcome::Reset,
                    .otherwise_origin = {}};
  EXPECT_EQ(evaluate({.engine = Engine::Sidecar, .table = table, .next = {}}, kGet).outcome, Outcome::Forbidden);
  EXPECT_EQ(evaluate({.engine = Engine::Sidecar, .table = table, .next = {}}, {{Attribute::Method, {"PUT"}}}).outcome, Outcome::Allow);
  EXPECT_EQ(evaluate({.engine = Engine::Sidecar, .table = {.rows = {}, .otherwise = Outcome::Reset, .otherwise_origin = {}}, .next = {}}, kGet).outcome, Outcome::Reset);
}

TEST(Evaluate, EveryHopMustAllowAndTheFirstRefusalEndsIt) {
  const Path refusing{.engine = Engine::Ztunnel, .table = {.rows = {}, .otherwise = Outcome::Reset, .otherwise_origin = {}}, .next = {}};
  const Path allowing{.engine = Engine::Ztunnel, .table = {}, .next = {}};
  const Path both{.engine = Engine::Waypoint, .table = {}, .next = {allowing, refusing, allowing}};
  const auto decision = evaluate(both, kGet);
  EXPECT_EQ(decision.outcome, Outcome::Reset);
  ASSERT_EQ(decision.steps.size(), 3U);
  EXPECT_EQ(decision.steps.back().engine, Engine::Ztunnel);
  EXPECT_TRUE(evaluate({.engine = Engine::Waypoint, .table = {}, .next = {allowing, allowing}}, kGet).allowed());
}

TEST(View, DecidesFixedAttributesAndLeavesTheOthersOpen) {
  const Table table{.rows = {row(all({Clause{{{is(Attribute::Port, "80"), is(Attribute::Method, "GET")}, {is(Attribute::Port, "81")}}}}), Outcome::Forbidden)},
                    .otherwise = Outcome::Allow,
                    .otherwise_origin = {}};
  const auto at = [&](const char* port) { return View{.fixed = {{Attribute::Port, {port}}}}.preimage(table); };
  ASSERT_EQ(at("80").rows.size(), 1U);
  EXPECT_EQ(at("80").rows[0].guard.all_of[0].any_of[0].size(), 1U) << "the port is decided, the method is not";
  EXPECT_TRUE(at("81").rows[0].guard.all_of.empty()) << "always holds";
  EXPECT_TRUE(at("82").rows.empty()) << "never holds";
}

TEST(View, AnEmptyValueIsAnAbsentAttribute) {
  const Table table{.rows = {row(all({Clause{{{is(Attribute::Identity, "*", true)}}}}), Outcome::Reset)}, .otherwise = Outcome::Allow, .otherwise_origin = {}};
  const auto plaintext = View{.fixed = {{Attribute::Identity, {}}}}.preimage(table);
  EXPECT_EQ(evaluate({.engine = Engine::Sidecar, .table = plaintext, .next = {}}, kGet).outcome, Outcome::Reset);
}

TEST(View, HidesAKindWhateverItsName) {
  const Attribute team{Attribute::Header, "x-team"};
  const Table table{.rows = {row(all({Clause{{{is(team, "red")}}}}), Outcome::Forbidden), row(all({Clause{{{is(team, "red", true)}}}}), Outcome::Reset)},
                    .otherwise = Outcome::Allow,
                    .otherwise_origin = {}};
  const auto on_tcp = View{.fixed = {}, .hidden = {Attribute::Header}, .stands_for = {}}.preimage(table);
  EXPECT_EQ(evaluate({.engine = Engine::Sidecar, .table = on_tcp, .next = {}}, {{team, {"red"}}}).outcome, Outcome::Reset);
}

TEST(View, ReadsOneAttributeAsAnother) {
  const Table table{.rows = {row(all({Clause{{{is(Attribute::PeerAddress, "a")}}}}), Outcome::Reset)}, .otherwise = Outcome::Allow, .otherwise_origin = {}};
  const auto behind = View{.fixed = {}, .hidden = {}, .stands_for = {{Attribute::PeerAddress, Attribute::WaypointAddress}}}.preimage(table);
  EXPECT_TRUE(evaluate({.engine = Engine::Ztunnel, .table = behind, .next = {}}, {{Attribute::PeerAddress, {"a"}}}).allowed());
  EXPECT_FALSE(evaluate({.engine = Engine::Ztunnel, .table = behind, .next = {}}, {{Attribute::WaypointAddress, {"a"}}}).allowed());
}

TEST(Describe, SaysARequestInWords) {
  EXPECT_EQ(describe(kGet), "GET /a from a client without a mesh identity");
  EXPECT_EQ(describe({{Attribute::Identity, {"spiffe://cluster.local/ns/a/sa/b"}}}), "a TCP connection from spiffe://cluster.local/ns/a/sa/b");
  EXPECT_EQ(describe({{Attribute::Method, {"GET"}}, {Attribute::Path, {"/"}}, {Attribute::Host, {"cart.shop"}}, {Attribute::Identity, {"x"}}}), "GET http://cart.shop/ from x");
  EXPECT_EQ(describe({{Attribute::Identity, {"x"}}, {Attribute::PeerAddress, {"10.0.0.1"}}, {Attribute::ServerName, {"a.b"}}}),
            "a TCP connection from x (source address 10.0.0.1) (server name a.b)");
  EXPECT_EQ(describe({{Attribute::Method, {"GET"}},
                      {Attribute::Path, {"/"}},
                      {Attribute::Identity, {"x"}},
                      {Attribute::RemoteAddress, {"10.0.0.1"}},
                      {Attribute::Token, {"i"}},
                      {Attribute::RequestPrincipal, {"i\ns"}},
                      {{Attribute::Claim, "iss"}, {"i"}},
                      {{Attribute::Claim, "group"}, {"a", "b"}},
                      {{Attribute::Authorizer, "opa"}, {"allow"}}}),
            "GET / from x (remote address 10.0.0.1) with a token of `i/s` with claim `group: a, b` (let pass by opa)");
}

}  // namespace s2a::table_test
