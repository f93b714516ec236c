// Proofs that are known serve whoever asks the same, and nobody else.
#include "ir/proof/proofs.h"

#include <gtest/gtest.h>

#include "ir/pattern/istio_values.h"

namespace s2a::proofs_test {

const Callers kEveryone{.identified = true, .http = true, .trust_domain = "cluster.local", .host = {}, .outside = {}};

/// Allows requests with such a value, by a row of that name.
Path only(Attribute attribute, Pattern pattern, std::string origin) {
  Row row{.guard = {.all_of = {Clause{{{Literal{.attribute = std::move(attribute), .set = {{std::move(pattern)}}}}}}}}, .outcome = Outcome::Allow, .origin = {}};
  row.origin.text = std::move(origin);
  return {.engine = Engine::Sidecar, .table = {.rows = {std::move(row)}, .otherwise = Outcome::Forbidden, .otherwise_origin = {}}, .next = {}};
}

std::string host_of(const Comparison& found) { return found.difference->request.at(Attribute::Host).front(); }

TEST(Proofs, TheSameRulesOfSomebodyElseAreKnown) {
  Proofs proofs(kEveryone);
  const auto first = proofs.compare(only(Attribute::Path, path("/a"), "one"), only(Attribute::Path, path("/*"), "one"), true, true, "a.shop");
  const auto second = proofs.compare(only(Attribute::Path, path("/a"), "two"), only(Attribute::Path, path("/*"), "two"), true, true, "b.shop");
  EXPECT_EQ(proofs.size(), 1U);
  ASSERT_EQ(first.verdict, Verdict::Wider);
  ASSERT_EQ(second.verdict, Verdict::Wider);
  EXPECT_EQ(host_of(first), "a.shop");
  EXPECT_EQ(host_of(second), "b.shop");
  EXPECT_EQ(second.difference->after.steps.back().origin.text, "two");
  EXPECT_FALSE(second.difference->before.allowed());
}

TEST(Proofs, OtherQuestionsAreNot) {
  Proofs proofs(kEveryone);
  const auto ask = [&](const Path& before, const Path& after, bool identified = true, bool http = true, const std::string& host = "a.shop") {
    return proofs.compare(before, after, identified, http, host).verdict;
  };
  const auto narrow = only(Attribute::Path, path("/a"), {});
  const auto wide = only(Attribute::Path, path("/*"), {});
  EXPECT_EQ(ask(narrow, wide), Verdict::Wider);
  EXPECT_EQ(ask(wide, narrow), Verdict::Narrower);
  EXPECT_EQ(ask(narrow, wide, true, false), Verdict::Equal);  // no path where only bytes come
  EXPECT_EQ(ask(only(Attribute::Path, Prefix{"/a"}, {}), only(Attribute::Path, Suffix{"/a"}, {})), Verdict::Wider);
  EXPECT_EQ(ask(only(Attribute::Path, Exact{"/a"}, {}), only(Attribute::Path, Exact{"/a", true}, {})), Verdict::Wider);
  const auto by_host = only(Attribute::Host, host("a.shop"), {});
  EXPECT_EQ(ask(by_host, Path{}), Verdict::Wider);
  EXPECT_EQ(ask(by_host, Path{}, true, true, "b.shop"), Verdict::Wider);
  EXPECT_EQ(proofs.size(), 7U);
}

}  // namespace s2a::proofs_test
