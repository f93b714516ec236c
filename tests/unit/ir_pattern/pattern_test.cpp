// Each kind of pattern: what it matches, how it is ordered and written.
#include "ir/pattern/pattern.h"

#include <gtest/gtest.h>

#include <random>

#include "frontend/grammar/regex.h"
#include "ir/pattern/regex_syntax.h"

namespace s2a::pattern_test {

TEST(Pattern, Matches) {
  const Pattern regex = *parse_regex("a|bc");
  struct {
    Pattern pattern;
    std::string subject;
    bool in;
  } const cases[] = {
      {Present{}, "", true},
      {NonEmpty{}, "", false},
      {NonEmpty{}, "x", true},
      {Exact{"a"}, "a", true},
      {Exact{"a"}, "A", false},
      {Exact{"a", true}, "A", true},
      {Prefix{"/a"}, "/a", true},
      {Prefix{"/a"}, "/", false},
      {Prefix{"aB", true}, "Abc", true},
      {Suffix{".css"}, "x.css", true},
      {Suffix{".css"}, "x.CSS", false},
      {Suffix{".CSS", true}, "x.css", true},
      {Contains{"dev"}, "a-dev-b", true},
      {Contains{"dev"}, "de-v", false},
      {Contains{"DEV", true}, "dev", true},
      {regex, "bc", true},
      {regex, "abc", false},
      {regex, "ab", false},
      {after_rewrite("/v1", "", false, {{Prefix{"/a"}}}), "/v1/ab", true},
      {after_rewrite("/v1", "", false, {{Prefix{"/a"}}}), "/ab", false},
      {after_rewrite("/v1", "/", false, {{Exact{"//a"}}}), "/v1/a", true},
      {after_rewrite("/v1", "/", true, {{Exact{"/a"}}}), "/v1/a", true},
      {after_rewrite("/v1", "/", true, {{Exact{"/a"}}}), "/v1a", true},
      {after_rewrite("/v1", "/", true, {{Exact{"//a"}}}), "/v1//a", true},
      {after_rewrite("/v1", "/x", true, {{Exact{"a"}, Exact{"/x"}}}), "/v1", true},
      {after_rewrite("/v1", "/x", true, {}), "/v1", false},
      {PortRange{80, 90}, "85", true},
      {PortRange{80, 90}, "91", false},
      {PortRange{80, 80}, "080", true},
      {PortRange{0, 65535}, "x", false},
      {*parse_cidr("10.0.0.0/8"), "10.1.1.1", true},
      {*parse_cidr("10.0.0.0/8"), "no address", false},
      {Glob{}, "", false},
      {Glob{{{}}}, "", true},
      {Glob{{{}}}, "x", false},
      {Glob{{{"A", Star{}, "b"}}, true}, "axxB", true},
      {Glob{{{"/a/", Star{Chars::Segment, false}}}}, "/a/", false},
      {Glob{{{"/a/", Star{Chars::Segment, false}}}}, "/a/b/c", false},
      {Glob{{{"/a/", Star{Chars::SegmentOrSlash}}}}, "/a/b/c", true},
      {Glob{{{Star{}, "aab"}}}, "aaab", true},
      {Glob{{{"x"}, {"y"}}}, "y", true},
  };
  for (const auto& [pattern, subject, in] : cases) EXPECT_EQ(matches(pattern, subject), in) << to_string(pattern) << " on " << subject;
}

TEST(Pattern, SetsHoldAnyOfTheirPatterns) {
  const Set set{{Exact{"a"}, Prefix{"b"}}};
  EXPECT_TRUE(set.contains("a"));
  EXPECT_TRUE(set.contains("bc"));
  EXPECT_FALSE(set.contains("c"));
  EXPECT_FALSE(Set{}.contains(""));
  EXPECT_EQ(to_string(set), "a, b*");
}

TEST(Pattern, AreOrderedByValue) {
  EXPECT_EQ(*parse_regex("a"), *parse_regex("a"));
  EXPECT_LT(Pattern(*parse_regex("a")), Pattern(*parse_regex("b")));
  EXPECT_LT(Pattern(Exact{"a"}), Pattern(Exact{"b"}));
  EXPECT_LT(Pattern(Exact{"z"}), Pattern(Prefix{"a"}));
  EXPECT_NE(Pattern(Exact{"a"}), Pattern(Exact{"a", true}));
  EXPECT_EQ(after_rewrite("/a", "/", true, {{Exact{"/x"}}}), after_rewrite("/a", "/", true, {{Exact{"/x"}}}));
  EXPECT_LT(after_rewrite("/a", "/", true, {{Exact{"/x"}}}), after_rewrite("/a", "/", true, {{Exact{"/y"}}}));
  EXPECT_EQ(Regex::compile("a(", {}), std::nullopt);
}

TEST(Pattern, AreWrittenForPeople) {
  const std::pair<Pattern, std::string> cases[] = {
      {Exact{"/admin"}, "/admin"},
      {Prefix{"/admin"}, "/admin*"},
      {Suffix{".css"}, "*.css"},
      {NonEmpty{}, "*"},
      {PortRange{80, 80}, "80"},
      {PortRange{80, 90}, "80-90"},
      {Glob{}, "nothing"},
      {*parse_regex("a+"), "regex a+"},
      {*parse_cidr("10.0.0.0/8"), "10.0.0.0/8"},
      {after_rewrite("/v1", "/", true, {{Prefix{"/x"}, Exact{"/y"}}}), "/x*, /y once /v1 or /v1/ is /"},
      {after_rewrite("/v1", "/v2", false, {{Prefix{"/x"}}}), "/x* once /v1 is /v2"},
  };
  for (const auto& [pattern, text] : cases) EXPECT_EQ(to_string(pattern), text);
}

// The same set, once as a Pattern's own test and once as the pieces that the sampler walks.
TEST(Pattern, AgreesWithItsPieces) {
  const Pattern patterns[] = {Present{},         NonEmpty{},   Exact{"ab"},        Exact{"aB", true}, Prefix{"a/"},
                              Prefix{"A", true}, Suffix{"ba"}, Suffix{"Ba", true}, Contains{"aa"},    Contains{"AB", true}};
  std::mt19937 random(21);
  for (int i = 0; i < 20'000; ++i) {
    std::string subject;
    for (auto n = random() % 6; n-- > 0;) subject += "abAB/"[random() % 5];
    for (const auto& pattern : patterns) ASSERT_EQ(matches(pattern, subject), matches(*as_glob(pattern), subject)) << to_string(pattern) << " on " << subject;
  }
}

}  // namespace s2a::pattern_test
