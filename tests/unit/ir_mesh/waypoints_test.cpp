// Waypoints: who they are and what passes them. authorization.md 4.7
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::waypoints_test {

using test::mesh_from_yaml;

struct Case {
  std::string_view about;
  std::string_view ns_labels, service_labels;
  std::string_view expected;  ///< name of the waypoint, empty: none
  std::string_view service_spec = "";
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.about; }

constexpr std::string_view kWaypoints = R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: own, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: pods, namespace: shop, labels: {istio.io/waypoint-for: workload}}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: both, namespace: shop, labels: {istio.io/waypoint-for: all}, annotations: {gateway.istio.io/service-account: keeper}}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: open, namespace: infra}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE, allowedRoutes: {namespaces: {from: All}}}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: closed, namespace: infra}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: addressless, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
status: {addresses: []}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: pending, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
status: {conditions: [{type: Accepted, status: "True"}, {type: Programmed, status: "False"}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: programmed, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
status: {addresses: [{value: 10.96.0.9}], conditions: [{type: Programmed, status: "True"}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: ingress, namespace: shop}
spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
)";

constexpr Case kCases[] = {
    {"nothing asks", "{}", "{}", ""},
    {"the namespace asks", "{istio.io/use-waypoint: own}", "{}", "own"},
    {"the Service asks", "{}", "{istio.io/use-waypoint: own}", "own"},
    {"the Service wins", "{istio.io/use-waypoint: own}", "{istio.io/use-waypoint: both}", "both"},
    {"the Service opts out", "{istio.io/use-waypoint: own}", "{istio.io/use-waypoint: none}", ""},
    {"no such waypoint", "{istio.io/use-waypoint: missing}", "{}", ""},
    {"the Service's missing one hides the namespace's", "{istio.io/use-waypoint: own}", "{istio.io/use-waypoint: missing}", ""},
    {"for pods only", "{istio.io/use-waypoint: pods}", "{}", ""},
    {"for all", "{istio.io/use-waypoint: both}", "{}", "both"},
    {"without an address", "{istio.io/use-waypoint: addressless}", "{}", ""},
    {"not programmed", "{istio.io/use-waypoint: pending}", "{}", ""},
    {"programmed", "{istio.io/use-waypoint: programmed}", "{}", "programmed"},
    {"the Service's hides the namespace's even when it is not ready", "{istio.io/use-waypoint: own}", "{istio.io/use-waypoint: pending}", ""},
    {"another class", "{istio.io/use-waypoint: ingress}", "{}", ""},
    {"another namespace's, open", "{istio.io/use-waypoint: open, istio.io/use-waypoint-namespace: infra}", "{}", "open"},
    {"another namespace's, closed", "{istio.io/use-waypoint: closed, istio.io/use-waypoint-namespace: infra}", "{}", ""},
    {"another namespace's, not named", "{istio.io/use-waypoint: open}", "{}", ""},
    {"headless", "{istio.io/use-waypoint: own}", "{}", "", "clusterIP: None, "},
    {"ExternalName", "{istio.io/use-waypoint: own}", "{}", "", "type: ExternalName, externalName: example.org, "},
    {"a waypoint's own Service", "{istio.io/use-waypoint: own}", "{gateway.istio.io/managed: istio.io-mesh-controller}", ""},
};

class WaypointOf : public testing::TestWithParam<Case> {};

TEST_P(WaypointOf, Service) {
  const auto& c = GetParam();
  const auto mesh = mesh_from_yaml(fmt::format(
      "{}---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {}}}\n---\napiVersion: v1\nkind: Service\nmetadata: {{name: a, namespace: shop, labels: {}}}\n"
      "spec: {{{}selector: {{app: a}}, ports: [{{name: http, port: 80}}]}}\n",
      kWaypoints, c.ns_labels, c.service_labels, c.service_spec));
  const auto* waypoint = mesh->waypoint_of(mesh.service("a"));
  EXPECT_EQ(waypoint ? waypoint->name : "", c.expected);
}

INSTANTIATE_TEST_SUITE_P(All, WaypointOf, testing::ValuesIn(kCases));

TEST(Waypoints, StandBeforeServiceEntriesWithAnAddress) {
  const struct {
    std::string_view about;
    std::string_view spec;
    std::string_view expected;
    std::string_view more_labels = "";
  } cases[] = {
      {"of other names", "hosts: [a.example], resolution: DNS", "own"},
      {"of single addresses", "hosts: [a.example], resolution: STATIC, addresses: [10.0.0.0/8, 240.0.0.1]", "own"},
      {"of its own address, wherever that leads", "hosts: [a.example], addresses: [240.0.0.1]", "own"},
      {"of whatever was dialled", "hosts: [a.example], resolution: NONE", ""},
      {"without a resolution", "hosts: [a.example]", ""},
      {"of a range", "hosts: [a.example], resolution: STATIC, addresses: [10.0.0.0/8]", ""},
      {"of a wildcard", "hosts: ['*.example'], resolution: DNS", ""},
      {"that gets no address", "hosts: [a.example], resolution: DNS", "", ", networking.istio.io/enable-autoallocate-ip: 'false'"},
      {"that has one all the same", "hosts: [a.example], resolution: DNS, addresses: [240.0.0.1]", "own", ", networking.istio.io/enable-autoallocate-ip: 'false'"},
  };
  for (const auto& c : cases) {
    const auto mesh = mesh_from_yaml(
        fmt::format("{}---\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {{name: a, namespace: shop, labels: {{istio.io/use-waypoint: own{}}}}}\nspec: {{{}, "
                    "ports: [{{number: 80, name: http, protocol: HTTP}}]}}\n",
                    kWaypoints, c.more_labels, c.spec));
    const auto* waypoint = mesh->waypoint_of(mesh->all(Kind::ServiceEntry).front()->id);
    EXPECT_EQ(waypoint ? waypoint->name : "", c.expected) << c.about;
  }
}

TEST(Waypoints, ACanaryIsASecondOne) {
  const auto canary = [](std::string_view labels) {
    const auto mesh = mesh_from_yaml(
        fmt::format("{}---\napiVersion: v1\nkind: Service\nmetadata: {{name: a, namespace: shop, labels: {}}}\nspec: {{ports: [{{port: 80}}]}}\n", kWaypoints, labels));
    const auto* found = mesh->canary_of(mesh.service("a"));
    return found ? found->principal : "";
  };
  EXPECT_EQ(canary("{istio.io/use-waypoint: own}"), "");
  EXPECT_EQ(canary("{istio.io/use-waypoint: own, istio.io/use-waypoint-canary: both}"), "cluster.local/ns/shop/sa/keeper");
  EXPECT_EQ(canary("{istio.io/use-waypoint: own, istio.io/use-waypoint-canary: open, istio.io/use-waypoint-canary-namespace: infra}"), "cluster.local/ns/infra/sa/open");
  EXPECT_EQ(canary("{istio.io/use-waypoint: own, istio.io/use-waypoint-canary: pending}"), "");
  EXPECT_EQ(canary("{istio.io/use-waypoint-canary: both}"), "");
}

TEST(Waypoints, AreKnownByTheirServiceAccount) {
  const auto mesh = mesh_from_yaml(kWaypoints, {.trust_domain = "td1"});
  std::vector<std::string> found;
  for (const auto& w : mesh->waypoints()) found.push_back(fmt::format("{} {} {} {}", w.principal, w.serves_services, w.serves_workloads, w.open));
  EXPECT_EQ(found, (std::vector<std::string>{"td1/ns/shop/sa/own true false false", "td1/ns/shop/sa/pods false true false", "td1/ns/shop/sa/keeper true true false",
                                             "td1/ns/infra/sa/open true false true", "td1/ns/infra/sa/closed true false false", "td1/ns/shop/sa/addressless true false false",
                                             "td1/ns/shop/sa/pending true false false", "td1/ns/shop/sa/programmed true false false"}));
}

}  // namespace s2a::waypoints_test
