// The sampler against brute force: whatever some short string can match, a sample matches.
#include "ir/pattern/samples.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <set>

#include "frontend/grammar/regex.h"
#include "ir/pattern/istio_values.h"
#include "tests/support/random_regex.h"

namespace s2a::samples_test {

using Signs = std::vector<bool>;
using test::strings;

Signs signs(const std::vector<Pattern>& patterns, const std::string& value) {
  Signs out;
  for (const auto& pattern : patterns) out.push_back(matches(pattern, value));
  return out;
}

std::string text_of(const std::vector<Pattern>& patterns) { return to_string(Set{patterns}); }

void expect_all_signs(const std::vector<Pattern>& patterns, const std::vector<std::string>& universe, const Pattern& domain) {
  const auto [values, signs_of_values, complete] = partition(patterns, domain);
  EXPECT_TRUE(complete) << text_of(patterns);
  std::set<Signs> sampled;
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_TRUE(matches(domain, values[i])) << values[i];
    EXPECT_EQ(signs_of_values[i], signs(patterns, values[i])) << "`" << values[i] << "` for " << text_of(patterns);
    EXPECT_TRUE(sampled.insert(signs(patterns, values[i])).second) << "`" << values[i] << "` is one too many for " << text_of(patterns);
  }
  for (const auto& value : universe) {
    ASSERT_TRUE(!matches(domain, value) || sampled.contains(signs(patterns, value))) << "`" << value << "` is like no sample of " << text_of(patterns);
  }
}

TEST(Samples, ReachEverythingThatShortStringsReach) {
  const auto universe = strings("ab/", 7);
  const std::vector<Pattern> pool{Exact{"a"},
                                  Exact{"ab"},
                                  Exact{"AB", true},
                                  Prefix{"a"},
                                  Prefix{"ab/"},
                                  Prefix{"B", true},
                                  Suffix{"b"},
                                  Suffix{"ba"},
                                  Suffix{"/A", true},
                                  Contains{"aa"},
                                  NonEmpty{},
                                  Present{},
                                  path("a/{*}"),
                                  path("{**}/b"),
                                  path("a{*}/{**}"),
                                  Glob{},
                                  Glob{{{"a", Star{Chars::NotSlash}, "/"}, {"b"}}}};
  std::mt19937 random(30);
  for (int round = 0; round < 150; ++round) {
    std::vector<Pattern> patterns;
    for (auto n = random() % 4; n-- > 0;) patterns.push_back(pool[random() % pool.size()]);
    expect_all_signs(patterns, universe, round % 3 == 0 ? Pattern(Prefix{"a"}) : Pattern(Present{}));
  }
}

TEST(Samples, OfIdentitiesAreIdentities) {
  std::vector<std::string> universe;
  for (const auto& ns : strings("ab", 3)) {
    for (const auto& sa : strings("ab", 3)) {
      if (!ns.empty() && !sa.empty()) universe.push_back("spiffe://td/ns/" + ns + "/sa/" + sa);
    }
  }
  const std::vector<Pattern> pool{principal("td/ns/a/sa/b"),
                                  principal("td/ns/a*"),
                                  principal("*/sa/b"),
                                  principal("*b"),
                                  principal("*"),
                                  namespace_at_envoy("a*b"),
                                  namespace_at_envoy("*b*"),
                                  namespace_at_ztunnel("a*b"),
                                  namespace_at_ztunnel("b*"),
                                  namespace_at_ztunnel("*a"),
                                  service_account_at_envoy("a", "a"),
                                  service_account_at_ztunnel("b", "a/ab"),
                                  trust_domain_at_envoy("t*"),
                                  principal("spiffe://td/ns/a/sa/b")};
  std::mt19937 random(31);
  for (int round = 0; round < 100; ++round) {
    std::vector<Pattern> patterns;
    for (auto n = random() % 5; n-- > 0;) patterns.push_back(pool[random() % pool.size()]);
    expect_all_signs(patterns, universe, identities("td"));
  }
}

TEST(Samples, AreReadable) {
  struct {
    std::vector<Pattern> patterns;
    Pattern domain;
    std::vector<std::string> values;
  } const cases[] = {
      {{path("/admin*")}, Prefix{"/"}, {"/other", "/admin"}},
      {{path("/admin"), path("/admin*")}, Prefix{"/"}, {"/other", "/admin", "/adminx"}},
      {{path("/api/*"), path("*/users")}, Prefix{"/"}, {"/other", "/api/", "/users", "/api/users"}},
      {{path("/api/{*}/users"), path("/api/*")}, Prefix{"/"}, {"/other", "/api/x/users", "/api/"}},
      {{method("GET"), method("P*")}, NonEmpty{}, {"other", "GET", "P"}},
      {{host("Reviews.shop")}, NonEmpty{}, {"other", "reviews.shop"}},
      {{principal("cluster.local/ns/web/*"), namespace_at_envoy("shop")},
       identities("cluster.local"),
       {"spiffe://cluster.local/ns/other/sa/other", "spiffe://cluster.local/ns/web/sa/x", "spiffe://cluster.local/ns/shop/sa/x"}},
      {{*parse_regex("/v[0-9]+/.*"), path("/v1/*")}, Glob{{{"/", Star{Chars::InPath}}}}, {"/other", "/v1/", "/v0/"}},
      {{after_rewrite("/api", "/", true, {{path("/users*")}}), path("/api/*")}, Prefix{"/"}, {"/other", "/api/", "/apiusers", "/api/users"}},
      {{*port("8080"), PortRange{80, 90}}, Present{}, {"8080", "8081", "80"}},
      {{*cidr("10.0.0.0/8"), *cidr("10.1.0.0/16")}, Present{}, {"192.0.2.1", "10.0.0.0", "10.1.0.0"}},
      {{*cidr("::/0")}, Present{}, {"192.0.2.1", "2001:db8::1"}},
  };
  for (const auto& [patterns, domain, values] : cases) {
    auto seen = samples(patterns, domain);
    auto wanted = values;
    std::ranges::sort(seen);
    std::ranges::sort(wanted);
    EXPECT_EQ(seen, wanted) << text_of(patterns);
  }
}

TEST(Samples, OfNumbersAreExact) {
  std::mt19937 random(32);
  for (int round = 0; round < 200; ++round) {
    std::vector<Pattern> patterns;
    for (auto n = 1 + random() % 4; n-- > 0;) {
      const auto first = static_cast<std::uint16_t>(random() % 12);
      patterns.emplace_back(PortRange{first, static_cast<std::uint16_t>(first + random() % 4)});
    }
    std::vector<std::string> universe;
    for (int port = 1; port <= 20; ++port) universe.push_back(fmt::format("{}", port));
    expect_all_signs(patterns, universe, PortRange{1, 65535});
  }
  for (int round = 0; round < 200; ++round) {
    std::vector<Pattern> patterns;
    for (auto n = 1 + random() % 4; n-- > 0;) patterns.push_back(*cidr(fmt::format("255.255.255.{}/{}", random() % 256, 24 + random() % 9)));
    std::vector<std::string> universe{"::1", "1.2.3.4"};
    for (int last = 0; last < 256; ++last) universe.push_back(fmt::format("255.255.255.{}", last));
    expect_all_signs(patterns, universe, Present{});
  }
}

TEST(Samples, HaveOtherBytesToo) { EXPECT_EQ(samples(std::vector<Pattern>{Exact{"\xC3\xA9"}}), (std::vector<std::string>{"other", "\xC3\xA9"})); }

// So many that their combinations cannot all be walked; those of any two are there all the same.
TEST(Samples, OfManyPatternsCoverEveryPair) {
  std::vector<Pattern> patterns;
  for (char c = 'a'; c <= 'p'; ++c) patterns.emplace_back(Contains{std::string(2, c)});
  const auto [values, signs_of_values, complete] = partition(patterns);
  EXPECT_FALSE(complete);
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    for (std::size_t j = i + 1; j < patterns.size(); ++j) {
      std::set<Signs> seen;
      for (const auto& value : values) seen.insert(signs({patterns[i], patterns[j]}, value));
      EXPECT_EQ(seen.size(), 4U) << to_string(patterns[i]) << " " << to_string(patterns[j]);
    }
  }
}

TEST(Samples, OfABigPolicyAreQuick) {
  std::vector<Pattern> patterns;
  for (int i = 0; i < 100; ++i) {
    patterns.push_back(path(fmt::format("/api/v{}/resource{}/list", i % 7, i)));
    if (i % 5 == 0) patterns.push_back(path(fmt::format("/api/v{}/r*", i % 7)));
    if (i % 10 == 0) patterns.push_back(path(fmt::format("*/file{}.css", i)));
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto [values, signs_of_values, complete] = partition(patterns, Prefix{"/"});
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  fmt::print("{} patterns, {} samples, {:.3f} s\n", patterns.size(), values.size(), seconds.count());
  EXPECT_TRUE(complete);
  EXPECT_GE(values.size(), 110U);
}

TEST(Samples, Overlap) {
  EXPECT_TRUE(overlap(path("/api/*"), path("*/users")));
  EXPECT_FALSE(overlap(path("/api/*"), path("/admin*")));
  EXPECT_FALSE(overlap(principal("spiffe://td/ns/a/sa/b"), identities()));
  EXPECT_TRUE(overlap(principal("td/ns/a*"), identities()));
  EXPECT_FALSE(overlap(never(), Present{}));
  EXPECT_TRUE(overlap(*cidr("10.0.0.0/8"), *cidr("10.1.0.0/16")));
  EXPECT_FALSE(overlap(*cidr("10.0.0.0/8"), *cidr("::/0")));
}

}  // namespace s2a::samples_test
