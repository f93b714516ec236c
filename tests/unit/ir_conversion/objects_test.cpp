// Which objects a host becomes: names, ports, namespaces, grants, routes for layer 4, and several routes where one has no room. routing.md 1.6, 1.8, 5.3, 7
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "tests/unit/ir_conversion/shop.h"

namespace s2a::test::objects_test {

const std::string kDb =
    R"({apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {selector: {app: db}, ports: [{name: tcp, port: 9000}, {name: tls, port: 9443}]}}
---
)";

/// `HTTPRoute shop/reviews-reviews-80`, ...
std::vector<std::string> names(const ConvertedMesh& converted) {
  std::vector<std::string> out;
  for (const auto& object : converted.routes) out.push_back(fmt::format("{} {}/{}", object.kind, object.ns, object.name));
  return out;
}

const Value& spec_of(const ConvertedObject& object) { return std::get<Value::Map>(object.value.content).back().second; }

using Names = std::vector<std::string>;

TEST(Objects, AreOneRouteForEachPortWithRules) {
  const auto converted = routes_of("{hosts: [ratings], http: [{match: [{port: 80}, {port: 9090}], route: [{destination: {host: ratings}}]}]}");
  EXPECT_EQ(names(converted), (Names{"HTTPRoute shop/reviews-ratings-80", "HTTPRoute shop/reviews-ratings-9090"}));
  EXPECT_NE(flow(converted.routes[1].value).find("parentRefs: [{group: , kind: Service, name: ratings, port: 9090}]"), std::string::npos);
  EXPECT_NE(flow(converted.routes[1].value).find("backendRefs: [{group: , kind: Service, name: ratings, port: 9090}]"), std::string::npos);
}

TEST(Objects, AreNoneForAPortWithoutRules) {
  EXPECT_EQ(names(routes_of("{hosts: [ratings], http: [{match: [{port: 80}], route: [{destination: {host: ratings}}]}]}")), Names{"HTTPRoute shop/reviews-ratings-80"});
}

TEST(Objects, StandInTheNamespaceOfTheService) {
  const auto converted = routes_of("{hosts: [one.far.svc.cluster.local], http: [{route: [{destination: {host: reviews, subset: v1}}]}]}");
  EXPECT_EQ(names(converted), (Names{"HTTPRoute far/reviews-one-80", "ReferenceGrant shop/reviews-from-far"}));
  EXPECT_NE(flow(converted.routes[0].value).find("name: reviews-v1, namespace: shop"), std::string::npos);
  EXPECT_EQ(flow(spec_of(converted.routes[1])), "{from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: far}], to: [{group: , kind: Service}]}");
}

TEST(Objects, AreForServiceEntriesToo) {
  const auto converted =
      routes_of("{hosts: [a.example], http: [{timeout: 1s, route: [{destination: {host: a.example}}]}]}",
                "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: out, namespace: shop}, spec: {hosts: [a.example], ports: [{number: 80, "
                "name: http, protocol: HTTP}], resolution: DNS}}\n---\n");
  ASSERT_EQ(names(converted), Names{"HTTPRoute shop/reviews-out-80"});
  EXPECT_NE(flow(converted.routes[0].value).find("parentRefs: [{group: networking.istio.io, kind: ServiceEntry, name: out, port: 80}]"), std::string::npos);
  EXPECT_NE(flow(converted.routes[0].value).find("backendRefs: [{group: networking.istio.io, kind: Hostname, name: a.example, port: 80}]"), std::string::npos);
}

TEST(Objects, TakeNamesThatAreFree) {
  const auto taken =
      routes_of("{hosts: [reviews], http: [{timeout: 1s, " + to("v1") + "}]}",
                "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: reviews-reviews-80, namespace: shop}, spec: {parentRefs: [{group: '', kind: "
                "Service, name: ratings}], rules: []}}\n---\n");
  ASSERT_EQ(taken.routes.size(), 1);
  EXPECT_TRUE(taken.routes[0].name.starts_with("reviews-reviews-80-")) << taken.routes[0].name;
  const std::string name(60, 'r');
  const auto cut = routes_of(
      fmt::format("{{hosts: [{}], http: [{{timeout: 1s, {}}}]}}", name, to("v1")),
      fmt::format("{{apiVersion: v1, kind: Service, metadata: {{name: {}, namespace: shop}}, spec: {{selector: {{a: b}}, ports: [{{name: http, port: 80}}]}}}}\n---\n", name));
  ASSERT_EQ(cut.routes.size(), 1);
  EXPECT_EQ(cut.routes[0].name.size(), 63);
}

TEST(Objects, AreSeveralWhereOneHasNoRoom) {
  std::string http = "[";
  for (int n = 0; n < 20; ++n) http += fmt::format("{{match: [{{uri: {{exact: /{}}}}}], {}}}, ", n, to(fmt::format("v{}", n % 2 + 1)));
  const auto converted = http_routes_of(http + "{" + to("v3") + "}]");
  EXPECT_EQ(names(converted), (Names{"HTTPRoute shop/reviews-reviews-80-01", "HTTPRoute shop/reviews-reviews-80-02"}));
  EXPECT_EQ(converted.routes[0].origins.size(), 16);
  EXPECT_EQ(converted.routes[1].origins.size(), 5);
}

TEST(Objects, ShareARuleWhereTheyDoTheSame) {
  std::string matches;
  for (int n = 0; n < 70; ++n) matches += fmt::format("{{uri: {{exact: /{}}}}}, ", n);
  const auto converted = http_routes_of(fmt::format("[{{match: [{}], {}}}]", matches, to("v1")));
  ASSERT_EQ(converted.routes.size(), 1);
  EXPECT_EQ(converted.routes[0].origins.size(), 2) << "64 matches in one rule, 6 in the next";
}

TEST(Objects, OfLayer4AreRoutesOfTheFirstRuleThatCounts) {
  const auto converted = routes_of(
      "{hosts: [db, db.shop.svc.cluster.local], tcp: [{match: [{port: 9000}], route: [{destination: {host: db, port: {number: 9000}}}]}, {route: [{destination: {host: db, port: "
      "{number: 9443}}}]}], tls: [{match: [{sniHosts: [db.shop.svc.cluster.local]}], route: [{destination: {host: db}}]}]}",
      kDb);
  ASSERT_GE(converted.routes.size(), 2);
  EXPECT_EQ(converted.routes[0].kind, "TCPRoute");
  EXPECT_EQ(flow(spec_of(converted.routes[0])),
            "{parentRefs: [{group: , kind: Service, name: db, port: 9000}], rules: [{backendRefs: [{group: , kind: Service, name: db, port: 9000}]}]}");
  EXPECT_EQ(converted.routes[1].kind, "TLSRoute");
  EXPECT_EQ(
      flow(spec_of(converted.routes[1])),
      "{parentRefs: [{group: , kind: Service, name: db, port: 9443}], hostnames: [db.shop.svc.cluster.local], rules: [{backendRefs: [{group: , kind: Service, name: db, port: "
      "9443}]}]}");
}

TEST(Objects, KeepWhereTheyComeFrom) {
  const auto mesh =
      shop("{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: reviews, namespace: shop}, spec: {hosts: [reviews], http: [{match: [{uri: {exact: /a}}], " +
           to("v1") + "}, {" + to("v2") + "}]}}");
  const auto converted = convert_all(mesh, newest());
  ASSERT_EQ(converted.routes.size(), 1);
  const auto& rules = std::get<VirtualService>(mesh->all(Kind::VirtualService).front()->spec).http;
  ASSERT_EQ(converted.routes[0].origins.size(), 2);
  EXPECT_EQ(converted.routes[0].origins[0].match.node, rules[0].matches[0].node);
  EXPECT_EQ(converted.routes[0].origins[1].match.node, rules[1].node);
}

}  // namespace s2a::test::objects_test
