// Who asks for a waypoint, with which field, and for which pods.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "ir/audit/needs.h"
#include "tests/unit/ir_audit/shop.h"

namespace s2a::test::needs_test {

/// `AuthorizationPolicy shop/p: rules[0].to[0].operation.paths@43:9 for cart`
std::vector<std::string> told(const TestMesh& mesh) {
  std::vector<std::string> out;
  for (const auto& need : waypoint_needs(*mesh)) {
    auto line = need.subject + ":";
    for (const auto& reason : need.reasons) line += fmt::format(" {}{}", reason.path, reason.path.ends_with(reason.what) ? "" : "=" + reason.what);
    line += " for";
    for (const auto id : need.workloads) line += " " + (*mesh)[id].name;
    out.push_back(line);
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(Needs, EveryFieldThatZtunnelCannotBeTold) {
  struct Row {
    const char* spec;
    Lines wanted;
  };
  const std::vector<Row> rows = {
      {"{rules: [{from: [{source: {principals: [a], notIpBlocks: [10.0.0.1]}}], to: [{operation: {ports: ['1']}}], when: [{key: source.namespace, values: [a]}]}]}", {}},
      {"{selector: {matchLabels: {app: cart}}, rules: [{from: [{source: {requestPrincipals: ['*'], notRemoteIpBlocks: [10.0.0.1]}}], to: [{operation: {notMethods: [GET], "
       "notHosts: [a], paths: [/]}}]}]}",
       {"AuthorizationPolicy shop/p: rules[0].from[0].source.requestPrincipals rules[0].from[0].source.notRemoteIpBlocks rules[0].to[0].operation.notHosts "
        "rules[0].to[0].operation.notMethods rules[0].to[0].operation.paths for cart"}},
      {"{rules: [{}, {when: [{key: source.ip, values: [10.0.0.1]}, {key: 'request.headers[x-a]', values: [b]}, {key: connection.sni, notValues: [c]}]}]}",
       {"AuthorizationPolicy shop/p: rules[1].when[1]=request.headers[x-a] rules[1].when[2]=connection.sni for cart db"}},
      {"{action: CUSTOM, provider: {name: opa}, rules: [{to: [{operation: {ports: ['1']}}]}]}", {"AuthorizationPolicy shop/p: action=CUSTOM for cart db"}},
      {"{action: AUDIT, rules: [{to: [{operation: {methods: [GET]}}]}]}", {}},
      {"{targetRefs: [{kind: Service, group: '', name: cart}], rules: [{to: [{operation: {methods: [GET]}}]}]}", {}},
      {"{selector: {matchLabels: {app: nobody}}, rules: [{from: [{source: {namespaces: [a]}}]}]}", {}},
  };
  for (const auto& row : rows) EXPECT_EQ(told(mesh_from_yaml(kCart + policy(row.spec))), row.wanted) << row.spec;
}

TEST(Needs, OtherResources) {
  struct Row {
    const char* resource;
    Lines wanted;
  };
  const std::vector<Row> rows = {
      {"kind: RequestAuthentication\napiVersion: security.istio.io/v1\nmetadata: {name: r, namespace: shop}\nspec: {jwtRules: [{issuer: i}]}",
       {"RequestAuthentication shop/r: jwtRules for cart db"}},
      {"kind: RequestAuthentication\napiVersion: security.istio.io/v1\nmetadata: {name: r, namespace: shop}\nspec: {}", {}},
      {"kind: VirtualService\napiVersion: networking.istio.io/v1\nmetadata: {name: v, namespace: shop}\nspec: {hosts: [cart], http: [{route: [{destination: {host: cart}}]}]}",
       {"VirtualService shop/v: hosts for cart"}},
      {"kind: VirtualService\napiVersion: networking.istio.io/v1\nmetadata: {name: v, namespace: web}\nspec: {hosts: [cart], http: [{route: [{destination: {host: cart}}]}]}",
       {"VirtualService web/v: hosts for pods app=cart"}},
      {"kind: VirtualService\napiVersion: networking.istio.io/v1\nmetadata: {name: v, namespace: web}\nspec: {hosts: [cart.shop.svc.cluster.local], http: [{route: "
       "[{destination: {host: cart}}]}]}",
       {"VirtualService web/v: hosts for cart"}},
      {"kind: VirtualService\napiVersion: networking.istio.io/v1\nmetadata: {name: v, namespace: web}\nspec: {hosts: ['*.shop.svc.cluster.local'], http: [{route: "
       "[{destination: {host: cart}}]}]}",
       {"VirtualService web/v: hosts for cart"}},
      {"kind: VirtualService\napiVersion: networking.istio.io/v1\nmetadata: {name: v, namespace: shop}\nspec: {hosts: [cart], gateways: [web/gw], http: [{route: [{destination: "
       "{host: cart}}]}]}",
       {}},
      {"kind: HTTPRoute\napiVersion: gateway.networking.k8s.io/v1\nmetadata: {name: h, namespace: shop}\nspec: {parentRefs: [{kind: Service, group: '', name: cart}], rules: "
       "[{backendRefs: [{name: cart, port: 80}]}]}",
       {"HTTPRoute shop/h: parentRefs for cart"}},
      {"kind: WasmPlugin\napiVersion: extensions.istio.io/v1alpha1\nmetadata: {name: w, namespace: shop}\nspec: {selector: {matchLabels: {app: db}}, url: 'oci://x'}",
       {"WasmPlugin shop/w: selector for db"}},
  };
  for (const auto& row : rows) EXPECT_EQ(told(mesh_from_yaml(std::string(kCart) + "---\n" + row.resource + "\n")), row.wanted) << row.resource;
}

TEST(Needs, AFieldIsPlacedAtItsValues) {
  const auto mesh = mesh_from_yaml(kCart + policy("{rules: [{to: [{operation: {paths: [/x]}}]}]}"));
  const auto needs = waypoint_needs(*mesh);
  ASSERT_EQ(needs.size(), 1U);
  const auto& place = needs.front().reasons.front().place;
  EXPECT_EQ(mesh.store->sources[place.file].at(place.span), "[/x]");
}

TEST(Needs, PathsAreThoseOfTheItemOfAList) {
  const auto mesh = mesh_from_yaml(
      "kind: List\napiVersion: v1\nitems:\n- kind: AuthorizationPolicy\n  apiVersion: security.istio.io/v1\n  metadata: {name: p, namespace: shop}\n"
      "  spec: {rules: [{to: [{operation: {paths: [/x]}}]}]}\n");
  EXPECT_EQ(layer_7_of(*mesh, policy_of(mesh)).front().path, "rules[0].to[0].operation.paths");
}

TEST(Needs, AWaypointStandsBeforeServicesWithAnAddress) {
  const auto mesh = mesh_from_yaml(kCart);
  EXPECT_TRUE(can_have_waypoint(*mesh, mesh.workload("cart")));
  EXPECT_FALSE(can_have_waypoint(*mesh, mesh.workload("db")));
  auto headless = std::string(kCart);
  headless.insert(headless.find("selector: {app: cart}, ports"), "clusterIP: None, ");
  const auto without = mesh_from_yaml(headless);
  EXPECT_FALSE(can_have_waypoint(*without, without.workload("cart")));
}

}  // namespace s2a::test::needs_test
