// Replaced prefixes: the paths that a waypoint sends on, as the client's sidecar would have. routing.md 3.2
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ostream>

#include "tests/support/routed.h"
#include "tests/unit/ir_conversion/shop.h"

namespace s2a::test::rewrite_test {

struct Row {
  std::string name;
  std::string prefix;
  std::string rewrite;
  PathPrefixMode mode = PathPrefixMode::Strict;
  std::vector<std::pair<std::string, std::string>> paths;  ///< as asked for and as sent on; none: refused
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

std::vector<Row> rows() {
  using enum PathPrefixMode;
  const auto regex = [](const std::string& match, const std::string& rewrite) { return fmt::format("{{uriRegexRewrite: {{match: '{}', rewrite: '{}'}}}}", match, rewrite); };
  return {
      {"strips", "/foo/", "{uri: /}", Strict, {{"/foo/x", "/x"}, {"/foo/", "/"}, {"/foo", "/foo"}, {"/foobar", "/foobar"}}},
      {"replaces", "/foo/", "{uri: /bar/}", Strict, {{"/foo/x?q=1", "/bar/x?q=1"}, {"/foo", "/foo"}}},
      {"root", "/", "{uri: /bar}", Strict, {{"/x", "/barx"}}},
      {"prepends", "/", "{uri: /bar/}", Strict, {}},
      {"loses_the_slash", "/foo/", "{uri: /bar}", Strict, {}},
      {"no_segment", "/foo", "{uri: /bar}", Strict, {}},
      {"segment", "/foo", "{uri: /bar}", Segment, {{"/foo/x", "/bar/x"}, {"/foo", "/bar"}, {"/foobar", "/foobar"}}},
      {"doubles_the_slash", "/foo", "{uri: /}", Segment, {}},
      {"doubles_a_slash", "/foo", "{uri: /bar/}", Segment, {}},
      {"strips_by_regex", "/foo/", regex("^/foo/(.*)$", "/\\1"), Strict, {{"/foo/x", "/x"}, {"/foo", "/foo"}}},
      {"replaces_by_regex", "/foo/", regex("^/foo/(.*)", "/bar/\\1"), Strict, {{"/foo/x", "/bar/x"}}},
      {"drops_a_slash_by_regex", "/foo", regex("^/foo(/|$)(.*)", "/\\2"), Segment, {{"/foo/x", "/x"}, {"/foo", "/"}}},
      {"other_regex", "/foo/", regex("o", "a"), Strict, {}},
  };
}

class Rewrites : public testing::TestWithParam<Row> {};

TEST_P(Rewrites, GoToTheSamePath) {
  auto options = newest();
  options.path_prefix = GetParam().mode;
  const auto converted =
      http_routes_of(fmt::format("[{{match: [{{uri: {{prefix: {}}}}}], rewrite: {}, {}}}, {{{}}}]", GetParam().prefix, GetParam().rewrite, to("v1"), to("v2")), options);
  ASSERT_EQ(converted.refused(), GetParam().paths.empty()) << converted.added;
  if (converted.refused()) return;
  const RoutedCase routed({{"manifests", kShop + converted.added + kWaypoint}, {"point", "waypoint"}, {"service", "shop/reviews"}, {"port", 80}});
  for (const auto& [asked, sent] : GetParam().paths)
    EXPECT_EQ(routed.decide({{"method", "GET"}, {"host", "reviews"}, {"path", asked}}).at("seen")[0].at("path"), sent) << asked << '\n' << converted.added;
}

INSTANTIATE_TEST_SUITE_P(All, Rewrites, testing::ValuesIn(rows()), [](const auto& row) { return row.param.name; });

}  // namespace s2a::test::rewrite_test
