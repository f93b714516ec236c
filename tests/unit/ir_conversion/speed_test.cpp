// VirtualServices of 1,000 rules, each kind of which makes another step compare many pairs. None may take for ever: the test has the patience of ctest.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <functional>
#include <iostream>

#include "tests/unit/ir_conversion/shop.h"

namespace s2a::test::speed_test {

constexpr int kRules = 1'000;

struct Large {
  std::string name;
  std::function<std::string(int)> match;
};

void PrintTo(const Large& large, std::ostream* out) { *out << large.name; }

const std::vector<Large>& all() {
  static const std::vector<Large> kAll{
      {"prefixes", [](int n) { return fmt::format("{{uri: {{prefix: /api/{}/}}}}", n); }},
      {"bare_prefixes", [](int n) { return fmt::format("{{uri: {{prefix: /api/p{:04}}}}}", n); }},
      {"paths", [](int n) { return fmt::format("{{uri: {{exact: /api/{}}}}}", n); }},
      {"header_first", [](int n) { return n < 10 ? fmt::format("{{headers: {{x-{}: {{exact: on}}}}}}", n) : fmt::format("{{uri: {{exact: /api/{}}}}}", n); }},
      {"headers_last", [](int n) { return n > 500 ? fmt::format("{{headers: {{x-{}: {{exact: on}}}}}}", n) : fmt::format("{{uri: {{prefix: /api/{}/}}}}", n); }},
      {"headers_alternate", [](int n) { return n % 2 == 0 ? fmt::format("{{headers: {{x-a: {{exact: v{}}}}}}}", n) : fmt::format("{{uri: {{prefix: /api/{}/}}}}", n); }},
      {"nested", [](int n) { return fmt::format("{{uri: {{prefix: /{}}}}}", std::string(static_cast<std::size_t>(kRules - n), 'a')); }},
      {"withouts", [](int n) { return fmt::format("{{uri: {{prefix: /api/{}/}}, withoutHeaders: {{x-a: {{exact: v{}}}}}}}", n, n); }},
      {"regexes", [](int n) { return fmt::format("{{uri: {{regex: '/api/{}/[a-z]+/x'}}}}", n); }},
      {"like_regexes", [](int n) { return fmt::format("{{uri: {{regex: '/[a-z]+/{}/.*'}}}}", n); }},
      {"methods", [](int n) { return fmt::format("{{uri: {{prefix: /api/{}/}}, method: {{regex: GET|POST}}}}", n); }},
  };
  return kAll;
}

class Speed : public testing::TestWithParam<Large> {};

TEST_P(Speed, OfAThousandRules) {
  std::string http = "[";
  for (int n = 0; n < kRules; ++n) http += fmt::format("{{match: [{}], {}}}, ", GetParam().match(n), to(fmt::format("v{}", n % 3 + 1)));
  http += fmt::format("{{{}}}]", to("v1"));
  const auto mesh =
      shop(fmt::format("{{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {{name: reviews, namespace: shop}}, spec: {{hosts: [reviews], http: {}}}}}", http));
  const auto converted = convert_all(mesh, newest());
  ASSERT_EQ(converted.hosts.size(), 1);
  std::cout << fmt::format("{} rules on {}: {} routes {}\n", kRules, GetParam().name, converted.routes.size(), fmt::join(converted.hosts.front().obstacles, " "));
  EXPECT_TRUE(!converted.routes.empty() || !converted.hosts.front().obstacles.empty()) << "neither routes nor a reason";
}

INSTANTIATE_TEST_SUITE_P(Large, Speed, testing::ValuesIn(all()), [](const auto& large) { return large.param.name; });

}  // namespace s2a::test::speed_test
