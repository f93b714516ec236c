// The way of a request to its pod: what each hop sees of the caller. authorization.md 2.9, 2.10, 5, 8.8
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ir/authz/enforcement.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::enforcement_test {

using test::mesh_from_yaml;

constexpr std::string_view kFrontend = "spiffe://cluster.local/ns/web/sa/frontend";
constexpr std::string_view kClientAddress = "10.0.5.5";
constexpr std::string_view kWaypointAddress = "10.0.9.9";

constexpr std::string_view kWaypoint = R"(---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: waypoint, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
)";

/// Service cart, port 80, in front of one pod's port 8080.
std::string shop(std::string_view ns_labels, std::string_view pod_labels, std::string_view annotations = "{}") {
  return fmt::format(
      "apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {{{}}}}}\n---\napiVersion: v1\nkind: Service\nmetadata: {{name: cart, namespace: shop}}\n"
      "spec: {{selector: {{app: cart}}, ports: [{{name: http, port: 80, targetPort: 8080}}]}}\n---\napiVersion: v1\nkind: Pod\n"
      "metadata: {{name: cart, namespace: shop, labels: {{app: cart{}}}, annotations: {}}}\nspec: {{containers: [{{name: a, image: a}}]}}\n{}---\n",
      ns_labels, pod_labels, annotations, kWaypoint);
}

std::string policy(std::string_view action, std::string_view rule) {
  return fmt::format("apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{name: p, namespace: shop}}\nspec: {{action: {}, rules: [{}]}}\n", action, rule);
}

constexpr std::string_view kStrict = "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: strict, namespace: shop}\nspec: {mtls: {mode: STRICT}}\n";
constexpr std::string_view kDisable = "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: off, namespace: shop}\nspec: {mtls: {mode: DISABLE}}\n";

/// GET by Service, or to the pod.
std::optional<Decision> decide(const test::TestMesh& mesh, ClientClass client, bool http = true) {
  Question question{.client = client, .workload = mesh.workload("cart"), .container_port = 8080, .http = http};
  if (client == ClientClass::AmbientToService || client == ClientClass::Ingress) {
    question.service = mesh.service("cart");
    question.service_port = 80;
  }
  const auto path = enforcement(*mesh, question);
  Request request{{Attribute::PeerAddress, {std::string(kClientAddress)}}, {Attribute::WaypointAddress, {std::string(kWaypointAddress)}}};
  if (client != ClientClass::Plaintext) request[Attribute::Identity] = {std::string(kFrontend)};
  if (http) {
    request[Attribute::Method] = {"GET"};
    request[Attribute::RemoteAddress] = request[Attribute::PeerAddress];
  }
  return path ? std::optional(evaluate(*path, request)) : std::nullopt;
}

struct Case {
  std::string_view about;
  ClientClass client;
  std::string_view ns_labels, pod_labels;
  std::string_view action, rule;
  bool allowed;
  std::string_view more = "";
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.about; }

constexpr std::string_view kSidecar = "istio-injection: enabled";
constexpr std::string_view kSidecarBound = "istio-injection: enabled, istio.io/use-waypoint: waypoint";
constexpr std::string_view kTunnelled = ", networking.istio.io/tunnel: http";
constexpr std::string_view kIsFrontend = "{from: [{source: {principals: [cluster.local/ns/web/sa/frontend]}}]}";
constexpr std::string_view kIsWaypoint = "{from: [{source: {principals: [cluster.local/ns/shop/sa/waypoint]}}]}";
constexpr std::string_view kIsNobody = "{from: [{source: {notPrincipals: ['*']}}]}";
constexpr std::string_view kAtClient = "{from: [{source: {ipBlocks: [10.0.5.0/24]}}]}";
constexpr std::string_view kNotAtClient = "{from: [{source: {notIpBlocks: [10.0.5.0/24]}}]}";
constexpr std::string_view kAtWaypoint = "{from: [{source: {ipBlocks: [10.0.9.9]}}]}";
constexpr std::string_view kRemoteClient = "{from: [{source: {remoteIpBlocks: [10.0.5.0/24]}}]}";
constexpr std::string_view kAnything = "{}";

using enum ClientClass;

const Case kCases[] = {
    {"a sidecar is known", Sidecar, kSidecar, "", "ALLOW", kIsFrontend, true},
    {"an ambient caller comes in plaintext", AmbientToPod, kSidecar, "", "ALLOW", kIsFrontend, false},
    {"and is nobody", AmbientToPod, kSidecar, "", "ALLOW", kIsNobody, true},
    {"so a DENY misses it", AmbientToService, kSidecar, "", "DENY", kIsFrontend, true},
    {"its address is seen", AmbientToPod, kSidecar, "", "ALLOW", kAtClient, true},
    {"STRICT refuses it", AmbientToPod, kSidecar, "", "ALLOW", kAnything, false, kStrict},
    {"over HBONE it is known", AmbientToPod, kSidecar, kTunnelled, "ALLOW", kIsFrontend, true},
    {"STRICT takes HBONE", AmbientToPod, kSidecar, kTunnelled, "ALLOW", kAnything, true, kStrict},
    {"so does DISABLE", AmbientToPod, kSidecar, kTunnelled, "ALLOW", kAnything, true, kDisable},
    {"which refuses mutual TLS", Sidecar, kSidecar, kTunnelled, "ALLOW", kAnything, false, kDisable},
    {"over HBONE no address is seen", AmbientToPod, kSidecar, kTunnelled, "ALLOW", kAtClient, false},
    {"not even as another one", AmbientToPod, kSidecar, kTunnelled, "ALLOW", kNotAtClient, true},
    {"the remote address is", AmbientToPod, kSidecar, kTunnelled, "ALLOW", kRemoteClient, true},
    {"another tunnel is none", AmbientToPod, kSidecar, ", networking.istio.io/tunnel: none", "ALLOW", kIsFrontend, false},
    {"a sidecar does not tunnel", Sidecar, kSidecar, kTunnelled, "ALLOW", kAtClient, true},
    {"behind a waypoint there is nobody", AmbientToService, kSidecarBound, "", "ALLOW", kIsWaypoint, false},
    {"but its address", AmbientToService, kSidecarBound, "", "ALLOW", kAtWaypoint, true},
    {"over HBONE the waypoint is there", AmbientToService, kSidecarBound, kTunnelled, "ALLOW", kIsWaypoint, true},
    {"and not the caller", AmbientToService, kSidecarBound, kTunnelled, "ALLOW", kIsFrontend, false},
    {"nor an address", AmbientToService, kSidecarBound, kTunnelled, "ALLOW", kAtWaypoint, false},
    {"a gateway goes to the sidecar", Ingress, kSidecarBound, "", "ALLOW", kIsFrontend, true},
    {"plaintext is plaintext", Plaintext, kSidecar, kTunnelled, "ALLOW", kIsNobody, true},
};

class ToSidecar : public testing::TestWithParam<Case> {};

TEST_P(ToSidecar, IsSeenAs) {
  const auto& c = GetParam();
  const auto mesh = mesh_from_yaml(fmt::format("{}{}---\n{}", shop(c.ns_labels, c.pod_labels), policy(c.action, c.rule), c.more));
  const auto decision = decide(mesh, c.client);
  ASSERT_TRUE(decision);
  EXPECT_EQ(decision->allowed(), c.allowed);
}

INSTANTIATE_TEST_SUITE_P(All, ToSidecar, testing::ValuesIn(kCases));

TEST(ToSidecar, OnTcpBehindAWaypointTheRemoteAddressIsTheWaypoints) {
  const auto mesh = mesh_from_yaml(
      "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio-injection: enabled, istio.io/use-waypoint: waypoint}}\n---\napiVersion: v1\nkind: Service\n"
      "metadata: {name: cart, namespace: shop}\nspec: {selector: {app: cart}, ports: [{name: tcp, port: 80, targetPort: 8080}]}\n---\napiVersion: v1\nkind: Pod\n"
      "metadata: {name: cart, namespace: shop, labels: {app: cart, networking.istio.io/tunnel: http}}\nspec: {containers: [{name: a, image: a}]}\n" +
      std::string(kWaypoint) + "---\n" + policy("ALLOW", "{from: [{source: {remoteIpBlocks: [10.0.9.9]}}]}"));
  EXPECT_TRUE(decide(mesh, AmbientToService, false)->allowed());
}

/// V51: the front's policies are asked, and ztunnel sees the waypoint.
TEST(Enforcement, ARouteLeadsPastThePoliciesOfTheServiceBehind) {
  const auto mesh = mesh_from_yaml(shop("istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint", "") + R"(apiVersion: v1
kind: Service
metadata: {name: front, namespace: shop}
spec: {selector: {app: front}, ports: [{name: http, port: 81}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: shop}
spec: {parentRefs: [{kind: Service, group: "", name: front, port: 81}], rules: [{backendRefs: [{name: cart, port: 80}]}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: shop}
spec: {targetRefs: [{kind: Service, group: "", name: cart}], action: DENY, rules: [{}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: guard, namespace: shop}
spec: {selector: {matchLabels: {app: cart}}, action: DENY, rules: [{from: [{source: {notPrincipals: [cluster.local/ns/shop/sa/waypoint]}}]}]}
)");
  const auto ways = mesh->fronts(mesh.workload("cart"));
  ASSERT_EQ(ways.size(), 2U);
  for (const auto& way : ways) {
    const auto path =
        enforcement(*mesh, {.client = AmbientToService, .workload = way.workload, .service = way.service, .service_port = way.service_port, .container_port = way.container_port});
    const Request request{{Attribute::Identity, {std::string(kFrontend)}}, {Attribute::Method, {"GET"}}};
    EXPECT_EQ(evaluate(*path, request).allowed(), (*mesh)[way.service].name == "front");
  }
}

TEST(Enforcement, WhatIsNotCapturedIsNotJudged) {
  const auto nothing = policy("ALLOW", "{from: [{source: {namespaces: [none]}}]}");
  const auto excluded = mesh_from_yaml(shop(kSidecar, "", "{traffic.sidecar.istio.io/excludeInboundPorts: '8080'}") + nothing);
  const auto bypassed = mesh_from_yaml(shop("istio.io/dataplane-mode: ambient", "", "{ambient.istio.io/bypass-inbound-capture: 'true'}") + nothing);
  const auto judged = mesh_from_yaml(shop("istio.io/dataplane-mode: ambient", "", "{traffic.sidecar.istio.io/excludeInboundPorts: '8080'}") + nothing);
  EXPECT_TRUE(decide(excluded, Sidecar)->allowed());
  EXPECT_TRUE(decide(excluded, Plaintext)->allowed());
  EXPECT_TRUE(decide(bypassed, AmbientToPod)->allowed());
  EXPECT_FALSE(decide(judged, AmbientToPod)->allowed());
}

}  // namespace s2a::enforcement_test
