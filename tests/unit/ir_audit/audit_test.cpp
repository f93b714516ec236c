// The whole audit of small meshes.
#include <gtest/gtest.h>

#include "ir/audit/audit.h"
#include "tests/unit/ir_audit/shop.h"

namespace s2a::test::audit_test {

constexpr const char* kFilter =
    "---\nkind: EnvoyFilter\napiVersion: networking.istio.io/v1alpha3\nmetadata: {name: f, namespace: shop}\nspec: {configPatches: [{applyTo: FILTER_CHAIN}]}\n";

TEST(Audit, NamesWhoNeedsAWaypointAndWhy) {
  const auto mesh = mesh_from_yaml(kCart + policy("{selector: {matchLabels: {app: cart}}, rules: [{to: [{operation: {methods: [GET]}}]}]}"));
  const auto found = audit(*mesh, {}, {});
  ASSERT_EQ(found.namespaces.size(), 1U);
  const auto& shop = found.namespaces.front();
  EXPECT_EQ(shop.name, "shop");
  EXPECT_TRUE(shop.needs_waypoint);
  EXPECT_TRUE(shop.kept_by.empty());
  ASSERT_EQ(shop.workloads.size(), 2U);
  EXPECT_EQ(shop.workloads[0].needs, std::vector<std::string>{"AuthorizationPolicy shop/p"});
  EXPECT_TRUE(shop.workloads[1].needs.empty());
  ASSERT_EQ(shop.needs.size(), 1U);
  EXPECT_EQ(shop.needs.front().reasons.front().path, "rules[0].to[0].operation.methods");
  EXPECT_EQ(found.policies.front().prospect.behind_waypoint.has_value(), true);
  EXPECT_FALSE(found.policies.front().missed_by_guide);
}

TEST(Audit, APodThatNoServiceLeadsToMakesNoNamespaceNeedOne) {
  const auto mesh = mesh_from_yaml(kCart + policy("{selector: {matchLabels: {app: db}}, rules: [{to: [{operation: {hosts: [a]}}]}]}"));
  const auto found = audit(*mesh, {}, {});
  EXPECT_FALSE(found.namespaces.front().needs_waypoint);
  EXPECT_FALSE(found.namespaces.front().workloads[1].in_reach_of_waypoint);
  EXPECT_FALSE(found.policies.front().prospect.behind_waypoint);
  EXPECT_TRUE(found.policies.front().missed_by_guide);
}

TEST(Audit, TheWaypointIsTheOneThatTheNamespaceWouldGet) {
  const auto spec = policy("{rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/door]}}]}, {to: [{operation: {methods: [GET]}}]}]}");
  const auto mesh = mesh_from_yaml(kCart + spec);
  EXPECT_FALSE(audit(*mesh, {.waypoint_name = "door"}, {}).policies.front().prospect.behind_waypoint->keeps_out) << "the waypoint is let in";
  EXPECT_TRUE(audit(*mesh, {.waypoint_name = "other"}, {}).policies.front().prospect.behind_waypoint->keeps_out);
}

TEST(Audit, GroupsBlockersByCode) {
  auto twice = std::string(kFilter);
  twice.replace(twice.find("name: f"), 7, "name: g");
  const auto mesh = mesh_from_yaml(kCart + std::string(kFilter) + twice);
  const auto found = audit(*mesh, {}, {});
  ASSERT_EQ(found.blockers.size(), 1U);
  EXPECT_EQ(found.blockers.front().code, Code::UnsupportedProxyResource);
  EXPECT_EQ(found.blockers.front().found.size(), 2U);
  EXPECT_EQ(found.namespaces.front().kept_by, std::set<Code>{Code::UnsupportedProxyResource});
}

TEST(Audit, WhatCouldNotBeReadKeepsANamespaceToo) {
  const auto mesh = mesh_from_yaml(kCart);
  Diagnostics reading;
  reading.add({.code = Code::MalformedYaml, .subject = {}, .message = "m", .labels = {}, .help = {}, .notes = {}, .keeps = {"shop"}});
  EXPECT_EQ(audit(*mesh, {}, reading).namespaces.front().kept_by, std::set<Code>{Code::MalformedYaml});
}

TEST(Audit, LeavesPoliciesOfGatewaysAlone) {
  const auto mesh = mesh_from_yaml(
      "kind: Deployment\napiVersion: apps/v1\nmetadata: {name: gw, namespace: web}\nspec: {selector: {matchLabels: {istio: ingressgateway}}, template: {metadata: {labels: {istio: "
      "ingressgateway}, annotations: {inject.istio.io/templates: gateway}}, spec: {containers: [{name: c, image: c}]}}}\n---\nkind: AuthorizationPolicy\napiVersion: "
      "security.istio.io/v1\nmetadata: {name: p, namespace: web}\nspec: {selector: {matchLabels: {istio: ingressgateway}}, rules: [{to: [{operation: {methods: [GET]}}]}]}\n");
  const auto found = audit(*mesh, {}, {});
  EXPECT_TRUE(found.namespaces.empty());
  EXPECT_TRUE(found.policies.empty());
}

}  // namespace s2a::test::audit_test
