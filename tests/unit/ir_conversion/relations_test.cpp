// Sets of paths against each other: by their texts, and as automata tell it.
#include "ir/conversion/relations.h"

#include <gtest/gtest.h>

#include "frontend/grammar/regex.h"
#include "ir/conversion/texts.h"
#include "ir/pattern/relation.h"

namespace s2a::test::relations_test {

std::vector<Pattern> patterns() {
  std::vector<Pattern> out{Present{}};
  for (const std::string text : {"/", "/fo", "/foo", "/foo/", "/foo/x", "/foox", "/FOO", "/bar"}) {
    out.insert(out.end(), {Exact{text}, Exact{text, true}, Prefix{text}, Prefix{text, true}});
    if (text.size() > 1 && !text.ends_with('/')) out.insert(out.end(), {segment_prefix(text), beside_segment(text)});
  }
  for (const std::string text : {"/foo.*", "/fo+", "/(foo|bar)", "/foo(/.*)?", "/a|/b", "(?i)/foo", "/fo.?x", "/[a-f]+/.*", "/bar\\.x", "^/foo/.*$"})
    out.emplace_back(*parse_regex(text));
  return out;
}

TEST(Relations, AreWhatAutomataTell) {
  Relations relations;
  int found = 0;
  int proven = 0;
  for (const auto& a : patterns()) {
    for (const auto& b : patterns()) {
      const bool in = *within(a, b, all_paths());
      const bool apart = *disjoint(a, b, all_paths());
      EXPECT_FALSE(relations.within(a, b, all_paths()) && !in) << to_string(a) << " in " << to_string(b);
      EXPECT_FALSE(relations.disjoint(a, b, all_paths()) && !apart) << to_string(a) << " and " << to_string(b);
      found += (in ? 1 : 0) + (apart ? 1 : 0);
      proven += (relations.within(a, b, all_paths()) ? 1 : 0) + (relations.disjoint(a, b, all_paths()) ? 1 : 0);
    }
  }
  EXPECT_GT(found, 500);
  EXPECT_GT(100 * proven, 97 * found) << proven << " of " << found;
}

TEST(Relations, BeginWithTheLiteralsOfARegularExpression) {
  EXPECT_EQ(literal_head("/foo/.*"), "/foo/");
  EXPECT_EQ(literal_head("^/a\\.b/[0-9]+$"), "/a.b/");
  EXPECT_EQ(literal_head("\\/api\\/v1"), "/api/v1");
  EXPECT_EQ(literal_head("/foo?"), "/fo");
  EXPECT_EQ(literal_head("/foo(a|b)"), "/foo");
  EXPECT_EQ(literal_head("/foo|/bar"), "");
  EXPECT_EQ(literal_head("/foo(a|b)|c"), "");
  EXPECT_EQ(literal_head("/foo[(]|c"), "");
  EXPECT_EQ(literal_head("/a\\d"), "/a");
}

}  // namespace s2a::test::relations_test
