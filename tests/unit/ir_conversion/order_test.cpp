// How the order of rules is kept: the examples of routing.md 2.8, in the order in which istiod sorts what is written.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <array>
#include <ostream>

#include "tests/unit/ir_conversion/shop.h"

namespace s2a::test::order_test {

struct Row {
  std::string name;
  OrderKept order{};
  std::string http;  ///< with @1 to @3 for routes to subsets
  std::vector<std::string> expected;
  PathPrefixMode mode = PathPrefixMode::Strict;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

std::string spelled(std::string http) {
  for (std::size_t at = http.find('@'); at != std::string::npos; at = http.find('@', at)) http.replace(at, 2, to(std::string("v") + http[at + 1]));
  return http;
}

std::vector<Row> rows() {
  using enum OrderKept;
  return {
      {"regex_before_all",
       AsWritten,
       "[{match: [{uri: {regex: '/api/v[0-9]+/.*'}}], @1}, {@2}]",
       {"RegularExpression /api/v[0-9]+/.* -> reviews-v1", "RegularExpression /.* -> reviews-v2"}},
      {"dead_prefix", AsWritten, "[{match: [{uri: {prefix: /}}], @1}, {match: [{uri: {prefix: /admin}}], @2}]", {"PathPrefix / -> reviews-v1"}},
      {"canary_strict",
       Padded,
       "[{match: [{headers: {x-canary: {exact: 'true'}}}], @2}, {match: [{uri: {prefix: /admin}}], @3}, {@1}]",
       {"RegularExpression ^^^^^^/.* x-canary=true -> reviews-v2", "RegularExpression /admin.* -> reviews-v3", "RegularExpression /.* -> reviews-v1"}},
      {"canary_segment",
       Repaired,
       "[{match: [{headers: {x-canary: {exact: 'true'}}}], @2}, {match: [{uri: {prefix: /admin}}], @3}, {@1}]",
       {"PathPrefix /admin x-canary=true -> reviews-v2", "PathPrefix /admin -> reviews-v3", "PathPrefix / x-canary=true -> reviews-v2", "PathPrefix / -> reviews-v1"},
       PathPrefixMode::Segment},
      {"dead_headers",
       AsWritten,
       "[{match: [{headers: {x: {exact: '1'}}}], @1}, {match: [{headers: {x: {exact: '1'}, y: {exact: '2'}}}], @2}, {@3}]",
       {"PathPrefix / x=1 -> reviews-v1", "PathPrefix / -> reviews-v3"}},
      {"ties",
       AsWritten,
       "[{match: [{headers: {x: {exact: '1'}}}], @1}, {match: [{headers: {y: {exact: '2'}}}], @2}]",
       {"PathPrefix / x=1 -> reviews-v1", "PathPrefix / y=2 -> reviews-v2"}},
      {"method_beats_headers",
       Repaired,
       "[{match: [{headers: {x: {exact: '1'}, y: {exact: '2'}}}], @1}, {match: [{method: {exact: GET}}], @2}]",
       {"PathPrefix / GET x=1 y=2 -> reviews-v1", "PathPrefix / GET -> reviews-v2", "PathPrefix / x=1 y=2 -> reviews-v1"}},
      {"headers_beat_query",
       Repaired,
       "[{match: [{queryParams: {q: {exact: '1'}}}], @1}, {match: [{headers: {x: {exact: '1'}}}], @2}]",
       {"PathPrefix / x=1 ?q=1 -> reviews-v1", "PathPrefix / x=1 -> reviews-v2", "PathPrefix / ?q=1 -> reviews-v1"}},
      {"string_prefix",
       AsWritten,
       "[{match: [{uri: {prefix: /foo}}], @1}, {match: [{uri: {prefix: /foobar}}], @2}, {@3}]",
       {"RegularExpression /foo.* -> reviews-v1", "RegularExpression /.* -> reviews-v3"}},
      {"longer_regex",
       Padded,
       "[{match: [{uri: {regex: '/a/.*'}}], @1}, {match: [{uri: {regex: '/.*/report'}}], @2}, {@3}]",
       {"RegularExpression ^^^^^^/a/.* -> reviews-v1", "RegularExpression /.*/report -> reviews-v2", "RegularExpression /.* -> reviews-v3"}},
      {"exact_behind_header",
       Repaired,
       "[{match: [{headers: {x: {exact: '1'}}}], @1}, {match: [{uri: {exact: /login}}], @2}, {@3}]",
       {"Exact /login x=1 -> reviews-v1", "Exact /login -> reviews-v2", "PathPrefix / x=1 -> reviews-v1", "PathPrefix / -> reviews-v3"}},
      {"root_as_regex", AsWritten, "[{match: [{uri: {regex: /}}], @1}, {match: [{uri: {regex: '.*'}}], @2}]", {"Exact / -> reviews-v1", "PathPrefix / -> reviews-v2"}},
      {"natural_order",
       AsWritten,
       "[{match: [{uri: {regex: '/v1/.*x'}}], @1}, {match: [{headers: {x: {exact: '1'}}}], @2}, {@3}]",
       {"RegularExpression /v1/.*x -> reviews-v1", "RegularExpression /.* x=1 -> reviews-v2", "RegularExpression /.* -> reviews-v3"}},
      {"header_before_regex",
       Padded,
       "[{match: [{headers: {x: {exact: '1'}}}], @2}, {match: [{uri: {regex: '/v1/.*x'}}], @1}, {@3}]",
       {"RegularExpression ^^^^^/.* x=1 -> reviews-v2", "RegularExpression /v1/.*x -> reviews-v1", "RegularExpression /.* -> reviews-v3"}},
      {"without_header", Complements, "[{match: [{withoutHeaders: {x: {exact: y}}}], @1}, {@2}]", {"PathPrefix / x=y -> reviews-v2", "PathPrefix / -> reviews-v1"}},
      {"guard", Complements, "[{match: [{uri: {prefix: /foo/}}], @1}, {@2}]", {"Exact /foo -> reviews-v2", "PathPrefix /foo -> reviews-v1", "PathPrefix / -> reviews-v2"}},
      {"no_guard", AsWritten, "[{match: [{uri: {prefix: /foo/}}], @1}]", {"RegularExpression /foo/.* -> reviews-v1"}},
      {"ignored_case",
       AsWritten,
       "[{match: [{uri: {prefix: /Api}, ignoreUriCase: true}], @1}, {@2}]",
       {"RegularExpression (?i)/Api.* -> reviews-v1", "RegularExpression /.* -> reviews-v2"}},
      {"authority",
       AsWritten,
       "[{match: [{authority: {exact: reviews.example.com}}], @1}, {@2}]",
       {"PathPrefix / Host=reviews.example.com -> reviews-v1", "PathPrefix / -> reviews-v2"}},
      {"labels_with_gateways", AsWritten, "[{match: [{gateways: [mesh], sourceLabels: {app: x}}], @1}, {@2}]", {"PathPrefix / -> reviews-v1"}},
      {"methods",
       AsWritten,
       "[{match: [{method: {regex: GET|HEAD}}], @1}, {@2}]",
       {"PathPrefix / GET -> reviews-v1", "PathPrefix / HEAD -> reviews-v1", "PathPrefix / -> reviews-v2"}},
      {"joined_paths", AsWritten, "[{match: [{uri: {exact: /foo}}, {uri: {prefix: /foo/}}], @1}, {@2}]", {"PathPrefix /foo -> reviews-v1", "PathPrefix / -> reviews-v2"}},
      {"beside_is_equal",
       AsWritten,
       "[{match: [{uri: {exact: /x}}], @2}, {match: [{uri: {prefix: /foo}}], @1}, {@1}]",
       {"Exact /x -> reviews-v2", "PathPrefix /foo -> reviews-v1", "PathPrefix / -> reviews-v1"}},
      {"gateway_matches", AsWritten, "[{match: [{gateways: [gw], uri: {exact: /x}}], @1}, {match: [{port: 81}], @1}, {@2}]", {"PathPrefix / -> reviews-v2"}},
      {"presence_and_prefix",
       AsWritten,
       "[{match: [{headers: {x: {}, y: {prefix: 'a.'}}, queryParams: {q: {exact: ''}}}], @1}, {@2}]",
       {"PathPrefix / x~.* y~a\\..* ?q~^$ -> reviews-v1", "PathPrefix / -> reviews-v2"}},
      {"impossible", AsWritten, "[{match: [{uri: {exact: '/a?b'}}], @1}, {@2}]", {"PathPrefix / -> reviews-v2"}},
  };
}

class Orders : public testing::TestWithParam<Row> {};

TEST_P(Orders, IsKept) {
  auto options = newest();
  options.path_prefix = GetParam().mode;
  const auto converted = http_routes_of(spelled(GetParam().http), options);
  EXPECT_EQ(sorted_matches(converted), GetParam().expected) << converted.added;
  EXPECT_EQ(converted.hosts.front().orders, std::set{GetParam().order});
}

INSTANTIATE_TEST_SUITE_P(Examples, Orders, testing::ValuesIn(rows()), [](const auto& row) { return row.param.name; });

}  // namespace s2a::test::order_test
