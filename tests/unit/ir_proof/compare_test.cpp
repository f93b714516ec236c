// The comparison finds the plainest request that differs, and gives up rather than guess.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ir/pattern/istio_values.h"
#include "ir/proof/compare.h"

namespace s2a {
namespace {

const Callers kCallers{.identified = true, .http = true, .trust_domain = "cluster.local", .host = "cart.shop", .outside = {}};

/// Allows requests whose attribute matches, and nothing else.
Path only(Attribute attribute, const Pattern& pattern) {
  const Literal literal{.attribute = attribute, .set = {.any_of = {pattern}}, .negated = false};
  return {.engine = Engine::Sidecar,
          .table = {.rows = {{.guard = {.all_of = {Clause{{{literal}}}}}, .outcome = Outcome::Allow, .origin = {}}}, .otherwise = Outcome::Forbidden, .otherwise_origin = {}},
          .next = {}};
}
Path open() { return {}; }

std::string value(const Comparison& comparison, Attribute attribute) { return comparison.difference->request.at(attribute).front(); }

TEST(Compare, EqualPathsAreEqual) {
  EXPECT_EQ(compare(only(Attribute::Method, istio_string("GET")), only(Attribute::Method, istio_string("GET")), kCallers).verdict, Verdict::Equal);
  EXPECT_EQ(compare(open(), open(), kCallers).verdict, Verdict::Equal);
}

TEST(Compare, AWideningIsFoundWithAWitness) {
  const auto found = compare(only(Attribute::Path, path("/admin*")), only(Attribute::Path, path("/*")), kCallers);
  ASSERT_EQ(found.verdict, Verdict::Wider);
  EXPECT_FALSE(value(found, Attribute::Path).starts_with("/admin"));
  EXPECT_TRUE(found.difference->after.allowed());
  EXPECT_FALSE(found.difference->before.allowed());
}

TEST(Compare, WiderWinsOverNarrower) {
  EXPECT_EQ(compare(only(Attribute::Method, istio_string("GET")), only(Attribute::Method, istio_string("POST")), kCallers).verdict, Verdict::Wider);
  EXPECT_EQ(compare(open(), only(Attribute::Method, istio_string("POST")), kCallers).verdict, Verdict::Narrower);
}

TEST(Compare, TheWitnessDiffersFromAPlainRequestInAsLittleAsPossible) {
  const auto found = compare(only(Attribute::Path, path("/x")), open(), kCallers);
  ASSERT_EQ(found.verdict, Verdict::Wider);
  EXPECT_EQ(value(found, Attribute::Method), "GET");
  EXPECT_EQ(value(found, Attribute::Path), "/");
  EXPECT_EQ(value(found, Attribute::Host), "cart.shop");
}

TEST(Compare, OverlapsOfTwoPatternsAreTried) {
  // Only a path that begins with /a and ends in z differs.
  auto before = only(Attribute::Path, path("/a*"));
  before.table.rows.insert(
      before.table.rows.begin(),
      {.guard = {.all_of = {Clause{{{{.attribute = Attribute::Path, .set = {.any_of = {path("*z")}}, .negated = false}}}}}}, .outcome = Outcome::Forbidden, .origin = {}});
  const auto found = compare(before, only(Attribute::Path, path("/a*")), kCallers);
  ASSERT_EQ(found.verdict, Verdict::Wider);
  const auto witness = value(found, Attribute::Path);
  EXPECT_TRUE(witness.starts_with("/a") && witness.ends_with("z")) << witness;
}

TEST(Compare, AWaypointsIdentityIsOutsideAndNobodyElseIs) {
  auto callers = kCallers;
  callers.outside = {"spiffe://cluster.local/ns/shop/sa/waypoint"};
  const auto nobody = only(Attribute::Identity, never());
  EXPECT_EQ(compare(nobody, only(Attribute::Identity, principal("cluster.local/ns/shop/sa/waypoint")), callers).verdict, Verdict::Equal);
  EXPECT_EQ(compare(nobody, only(Attribute::Identity, principal("cluster.local/ns/shop/sa/*")), callers).verdict, Verdict::Wider);
  EXPECT_EQ(compare(nobody, only(Attribute::Identity, principal("cluster.local/ns/shop/sa/waypoint")), kCallers).verdict, Verdict::Wider);
}

TEST(Compare, PlaintextHasNoIdentity) {
  auto plaintext = kCallers;
  plaintext.identified = false;
  EXPECT_EQ(compare(only(Attribute::Identity, principal("*")), only(Attribute::Identity, never()), plaintext).verdict, Verdict::Equal);
}

TEST(Compare, TooManyRequestsAreUnknown) {
  Path many = open();
  for (const auto attribute : {Attribute::Identity, Attribute::Method, Attribute::Path, Attribute::Host})
    for (int n = 0; n < 30; ++n) {
      const auto text = attribute == Attribute::Identity ? fmt::format("spiffe://cluster.local/ns/n{}/sa/a", n)
                        : attribute == Attribute::Path   ? fmt::format("/{}", n)
                                                         : fmt::format("v{}", n);
      many.table.rows.push_back(
          {.guard = {.all_of = {Clause{{{{.attribute = attribute, .set = {.any_of = {Exact{text}}}, .negated = false}}}}}}, .outcome = Outcome::Forbidden, .origin = {}});
    }
  EXPECT_EQ(compare(many, many, kCallers).verdict, Verdict::Unknown);
}

}  // namespace
}  // namespace s2a
