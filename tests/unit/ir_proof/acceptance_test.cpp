// Who an `--accept` names: workloads and Services, by kind and name or by name alone.
#include "ir/proof/acceptance.h"

#include <gtest/gtest.h>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::test::acceptance_test {

TestMesh shop() {
  return mesh_from_yaml(
      "{apiVersion: v1, kind: Service, metadata: {name: reviews, namespace: shop}, spec: {selector: {app: r}, ports: [{name: http, port: 80}]}}\n---\n"
      "{apiVersion: v1, kind: Pod, metadata: {name: one, namespace: shop, labels: {app: r}}, spec: {containers: [{name: c, image: i}]}}\n");
}

TEST(Acceptance, NamesWorkloadsAndServices) {
  const auto mesh = shop();
  const struct {
    std::string_view resource;
    std::string_view subject;  ///< of a finding
    bool accepts;
    bool names_any;
  } cases[] = {
      {"", "Service shop/reviews", true, true},
      {"shop/reviews", "Service shop/reviews", true, true},
      {"Service shop/reviews", "Service shop/reviews", true, true},
      {"Deployment shop/reviews", "Service shop/reviews", false, false},
      {"shop/one", "Service shop/reviews", false, true},
      {"shop/one", "Pod shop/one", true, true},
      {"Pod shop/one", "Pod shop/one", true, true},
      {"reviews", "Service shop/reviews", false, false},
      {"web/reviews", "Service shop/reviews", false, false},
  };
  for (const auto& c : cases) {
    const Acceptance acceptance{.code = Code::RoutesDiffer, .resource = std::string(c.resource)};
    EXPECT_EQ(accepts({acceptance}, Code::RoutesDiffer, c.subject), c.accepts) << c.resource;
    EXPECT_FALSE(accepts({acceptance}, Code::Wider, c.subject)) << c.resource << ": another code";
    EXPECT_EQ(names_any(acceptance, *mesh), c.names_any) << c.resource;
  }
}

TEST(Acceptance, ThatMetNothingIsTold) {
  const auto mesh = shop();
  const std::vector<AcceptedWider> met{{.code = Code::RoutesDiffer, .subject = "Service shop/reviews", .witnesses = {}}};
  const struct {
    Acceptance acceptance;
    std::optional<Code> told;
    std::string_view help;
  } cases[] = {
      {{.code = Code::RoutesDiffer, .resource = {}}, std::nullopt, ""},
      {{.code = Code::RoutesDiffer, .resource = "shop/reviews"}, std::nullopt, ""},
      {{.code = Code::Wider, .resource = "shop/reviews"}, Code::AcceptsNothing, "take it back"},
      {{.code = Code::RoutesDiffer, .resource = "Pod shop/one"}, Code::AcceptsNothing, "take it back"},
      {{.code = Code::RoutesDiffer, .resource = "shop/reviws"}, Code::AcceptsNobody, "did you mean `shop/reviews`?"},
      {{.code = Code::RoutesDiffer, .resource = "Service shop/reviws"}, Code::AcceptsNobody, "did you mean `Service shop/reviews`?"},
      {{.code = Code::RoutesDiffer, .resource = "zzzzzz"}, Code::AcceptsNobody, "name it as the report does"},
  };
  for (const auto& c : cases) {
    const auto told = unused_acceptances({c.acceptance}, *mesh, met);
    ASSERT_EQ(told.all().size(), c.told ? 1U : 0U) << to_string(c.acceptance);
    if (!c.told) continue;
    EXPECT_EQ(told.all().front().code, *c.told) << to_string(c.acceptance);
    EXPECT_EQ(told.all().front().help, c.help) << to_string(c.acceptance);
  }
}

}  // namespace s2a::test::acceptance_test
