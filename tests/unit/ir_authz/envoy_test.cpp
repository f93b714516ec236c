// Claims by issuer, certificates of further authorities, ServiceEntries. authorization.md 2.4, 2.8, 4.2
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ir/authz/enforcement.h"
#include "ir/authz/message.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::envoy_test {

using test::mesh_from_yaml;

constexpr std::string_view kPod =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: cart, namespace: shop, labels: {app: cart}}\nspec: {containers: [{name: a, image: a}]}\n---\napiVersion: v1\nkind: Namespace\n"
    "metadata: {name: shop, labels: {istio-injection: enabled}}\n---\n";

Decision decide(const test::TestMesh& mesh, Request request) {
  const auto path = enforcement(*mesh, {.client = ClientClass::Sidecar, .workload = mesh.workload("cart"), .container_port = 8080});
  request.try_emplace(Attribute::Identity, AttributeValues{"spiffe://cluster.local/ns/web/sa/frontend"});
  return evaluate(*path, request);
}

TEST(Claims, AreSplitInTokensOfTheIssuerThatSaysSo) {
  const auto mesh = mesh_from_yaml(std::string(kPod) + R"(apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: r, namespace: shop}
spec: {jwtRules: [{issuer: a, spaceDelimitedClaims: [roles]}, {issuer: b}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {rules: [{when: [{key: "request.auth.claims[roles]", values: [read], notValues: [banned]}]}, {when: [{key: "request.auth.claims[scope]", values: [read]}]}]}
)");
  const auto allowed = [&](const std::string& issuer, const std::string& claim, const std::string& text) {
    Request request;
    EXPECT_TRUE(add_message(request, {.host = "cart", .target = "/", .headers = {}}, Token{.holds = true, .claims = {{"iss", {{issuer}}}, {claim, {{text}}}}}, {}));
    return decide(mesh, request).allowed();
  };
  EXPECT_TRUE(allowed("a", "roles", "read write"));
  EXPECT_FALSE(allowed("a", "roles", "read banned"));
  EXPECT_FALSE(allowed("b", "roles", "read write"));
  EXPECT_TRUE(allowed("b", "roles", "read"));
  EXPECT_TRUE(allowed("b", "scope", "read write"));
  EXPECT_FALSE(decide(mesh, {{Attribute::Method, {"GET"}}}).allowed());
}

TEST(TrustDomains, OfFurtherAuthoritiesAreTakenAndNotMigrated) {
  const auto mesh = mesh_from_yaml(std::string(kPod) + test::mesh_config_map(R"({"caCertificates": [{"pem": "x", "trustDomains": ["partner"]}]})") +
                                   "---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: p, namespace: shop}\n"
                                   "spec: {rules: [{from: [{source: {principals: [cluster.local/ns/web/sa/a, partner/ns/web/sa/b]}}]}]}\n");
  const auto allowed = [&](const std::string& identity) { return decide(mesh, {{Attribute::Identity, {"spiffe://" + identity}}}).outcome; };
  EXPECT_EQ(allowed("partner/ns/web/sa/b"), Outcome::Allow);
  EXPECT_EQ(allowed("partner/ns/web/sa/a"), Outcome::Forbidden);
  EXPECT_EQ(allowed("stranger/ns/web/sa/b"), Outcome::Reset);
}

TEST(ServiceEntries, AreJudgedByTheirWaypointAlone) {
  const auto decide_outwards = [](std::string_view labels, ClientClass client, bool http) {
    const auto mesh = mesh_from_yaml(fmt::format(R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: waypoint, namespace: shop}}
spec: {{gatewayClassName: istio-waypoint, listeners: [{{name: mesh, port: 15008, protocol: HBONE}}]}}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {{name: partner, namespace: shop, labels: {}}}
spec: {{hosts: [a.example], resolution: DNS, ports: [{{number: 80, name: x, protocol: HTTP}}]}}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {{name: p, namespace: shop}}
spec: {{targetRefs: [{{group: networking.istio.io, kind: ServiceEntry, name: partner}}], rules: [{{to: [{{operation: {{methods: [GET], ports: ["80"]}}}}]}}]}}
)",
                                                 labels));
    const auto path = enforcement(*mesh, {.client = client, .entry = mesh->all(Kind::ServiceEntry).front()->id, .service_port = 80, .http = http});
    const auto ask = [&](const std::string& method) {
      return evaluate(*path, {{Attribute::Identity, {"spiffe://cluster.local/ns/web/sa/frontend"}}, {Attribute::Method, {method}}}).allowed();
    };
    return fmt::format("{} {}", ask("GET"), ask("POST"));
  };
  using enum ClientClass;
  constexpr std::string_view kBound = "{istio.io/use-waypoint: waypoint}";
  EXPECT_EQ(decide_outwards(kBound, AmbientToService, true), "true false");
  EXPECT_EQ(decide_outwards(kBound, AmbientToService, false), "false false");
  EXPECT_EQ(decide_outwards(kBound, Sidecar, true), "true true");
  EXPECT_EQ(decide_outwards(kBound, Ingress, true), "true true");
  EXPECT_EQ(decide_outwards("{istio.io/use-waypoint: waypoint, istio.io/ingress-use-waypoint: 'true'}", Ingress, true), "true false");
  EXPECT_EQ(decide_outwards("{}", AmbientToService, true), "true true");
}

}  // namespace s2a::envoy_test
