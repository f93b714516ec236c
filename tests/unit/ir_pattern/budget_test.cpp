// Sets that are built to blow up end in an incomplete partition, soon; sets of a size that people write do not.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "frontend/grammar/regex.h"
#include "ir/pattern/relation.h"
#include "ir/pattern/samples.h"

namespace s2a::budget_test {

/// A walk's budget twice, on a machine that is busy otherwise.
constexpr std::chrono::seconds kSoon(10);

Partition partition_soon(const std::vector<Pattern>& patterns, const Pattern& domain = Present{}) {
  const auto begin = std::chrono::steady_clock::now();
  auto out = partition(patterns, domain);
  const auto time = std::chrono::steady_clock::now() - begin;
  fmt::print("{} patterns, {} values, {}, {} ms\n", patterns.size(), out.values.size(), out.complete ? "complete" : "incomplete",
             std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
  EXPECT_LT(time, kSoon);
  return out;
}

std::vector<Pattern> regexes(const std::vector<std::string>& texts) {
  std::vector<Pattern> out;
  std::ranges::transform(texts, std::back_inserter(out), [](const std::string& text) { return *parse_regex(text); });
  return out;
}

TEST(Budget, EndsInAnIncompletePartition) {
  for (const auto& texts : std::vector<std::vector<std::string>>{{"(a|b)*a(a|b){20}", "[ab]*a[ab]{20}"},
                                                                 {".*a.{1000}", ".*[a].{1000}"},
                                                                 {"(?:a?){1000}", "a{0,1000}"},
                                                                 {"(?:.?\\b){1000}x", "(?:.?\\b){1000}y"},
                                                                 {"\\pL{100}", "\\pL{99}"}}) {
    const auto patterns = regexes(texts);
    const auto found = partition_soon(patterns);
    EXPECT_FALSE(found.complete) << texts.front();
    for (std::size_t i = 0; i < found.values.size(); ++i)
      for (std::size_t j = 0; j < patterns.size(); ++j) EXPECT_EQ(found.signs[i][j], matches(patterns[j], found.values[i]));
  }
}

TEST(Budget, LeavesAValueOfEachPattern) {
  const auto patterns = regexes({"(a|b)*a(a|b){20}", "[ab]*a[ab]{20}"});
  const auto values = samples(patterns);
  for (const auto& pattern : patterns) EXPECT_TRUE(std::ranges::any_of(values, [&](const auto& value) { return matches(pattern, value); }));
}

TEST(Budget, SufficesForNestedCounters) {
  for (const auto& texts : std::vector<std::vector<std::string>>{{".{1000}", ".{999}"},
                                                                 {"(?:a?\\b){1000}x", "(?:a?\\b){1000}y"},
                                                                 {"(?:a?){100}", "a*"},
                                                                 {"((a*)*)*b", "(a|a)*"},
                                                                 {"(?:(?:x{10}){10}){10}", "x+"},
                                                                 {"\\^*x", std::string(1000, '^') + "x"}})
    EXPECT_TRUE(partition_soon(regexes(texts)).complete) << texts.front();
}

TEST(Budget, SufficesForHundredsOfRegexes) {
  std::vector<Pattern> patterns;
  for (int i = 0; i < 100; ++i) {
    patterns.push_back(*parse_regex(fmt::format("/api/v{}/resource{}/[^/]+(/.*)?", i % 7, i)));
    patterns.push_back(i % 2 == 0 ? Pattern(Prefix{fmt::format("/api/v{}/r{}", i % 7, i)}) : *parse_regex(fmt::format("(?i)/api/v{}/.*\\.{}", i % 7, i % 3 == 0 ? "css" : "js")));
  }
  EXPECT_TRUE(partition_soon(patterns, Prefix{"/"}).complete);
}

TEST(Budget, OfHundredsThatOccurTogetherEndsSoon) {
  std::vector<Pattern> patterns;
  for (int i = 0; i < 200; ++i) patterns.push_back(*parse_regex(fmt::format(".*word{}.*", i)));
  EXPECT_FALSE(partition_soon(patterns).complete);
}

TEST(Relation, IsExact) {
  const Pattern versions = *parse_regex("/v[0-9]+(/.*)?");
  EXPECT_EQ(within(*parse_regex("/v1/[^/]*"), versions, Prefix{"/"}), false);  // a line feed
  const Pattern paths = Glob{{{"/", Star{Chars::InPath}}}};
  EXPECT_EQ(within(*parse_regex("/v1/[^/]*"), versions, paths), true);
  EXPECT_EQ(within(versions, *parse_regex("/v1/[^/]*"), paths), false);
  EXPECT_EQ(within(Set{{Exact{"/v1"}, Prefix{"/v2/"}}}, Set{{versions}}, paths), true);
  EXPECT_EQ(within(Prefix{"/v2"}, versions, paths), false);
  EXPECT_EQ(disjoint(versions, Prefix{"/admin"}), true);
  EXPECT_EQ(disjoint(Set{{versions}}, Set{{Exact{"/admin"}, Suffix{"/x"}}}), false);
  EXPECT_EQ(within(*parse_regex("a{3}"), Exact{"AAA", true}), true);
  EXPECT_EQ(within(PortRange{80, 90}, PortRange{1, 100}), true);
  EXPECT_EQ(disjoint(*parse_cidr("10.0.0.0/8"), *parse_cidr("10.1.0.0/16")), false);
  EXPECT_EQ(within(Glob{}, Exact{"x"}), true);
}

TEST(Relation, IsOpenWhereTheBudgetEnds) {
  const Pattern blown = *parse_regex("(a|b)*a(a|b){20}");
  EXPECT_EQ(within(blown, *parse_regex("[ab]*a[ab]{20}")), std::nullopt);
  EXPECT_EQ(disjoint(blown, *parse_regex("(a|b)*b(a|b){20}")), std::nullopt);
  EXPECT_EQ(within(*parse_regex("(a|b)*"), blown), false);
}

}  // namespace s2a::budget_test
