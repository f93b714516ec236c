// Service ports, container ports and their protocols. authorization.md 2.4, 2.5
#include <gtest/gtest.h>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::ports_test {

using test::mesh_from_yaml;
using test::TestMesh;

TEST(Protocol, IsDeclaredByAppProtocolThenNameThenNumber) {
  struct Case {
    std::string_view name, app_protocol;
    std::uint16_t port;
    AppProtocol expected;
  };
  const Case cases[] = {
      {"http", "", 80, AppProtocol::Http},
      {"HTTP-Web", "", 80, AppProtocol::Http},
      {"http2-x", "", 80, AppProtocol::Http},
      {"grpc", "", 80, AppProtocol::Http},
      {"grpc-web", "", 80, AppProtocol::Http},
      {"grpc-web-x", "", 80, AppProtocol::Http},
      {"httpx", "", 80, AppProtocol::Auto},
      {"web-http", "", 80, AppProtocol::Auto},
      {"", "", 80, AppProtocol::Auto},
      {"https", "", 443, AppProtocol::Tcp},
      {"tls-x", "", 443, AppProtocol::Tcp},
      {"tcp", "", 80, AppProtocol::Tcp},
      {"mongo-a", "", 80, AppProtocol::Tcp},
      {"redis", "", 80, AppProtocol::Tcp},
      {"mysql", "", 80, AppProtocol::Tcp},
      {"db", "", 3306, AppProtocol::Tcp},
      {"", "", 27017, AppProtocol::Tcp},
      {"mail", "", 25, AppProtocol::Tcp},
      {"dns", "", 53, AppProtocol::Tcp},
      {"http", "", 3306, AppProtocol::Http},
      {"", "", 6379, AppProtocol::Auto},
      {"tcp-x", "http", 80, AppProtocol::Http},
      {"http-x", "tcp", 80, AppProtocol::Tcp},
      {"x", "kubernetes.io/h2c", 80, AppProtocol::Http},
      {"x", "kubernetes.io/ws", 80, AppProtocol::Http},
      {"http", "kubernetes.io/wss", 80, AppProtocol::Tcp},
      {"http-x", "example.org/foo", 80, AppProtocol::Auto},
  };
  for (const auto& c : cases) {
    ServicePort port;
    port.name.value = c.name;
    port.app_protocol = c.app_protocol;
    port.port = c.port;
    EXPECT_EQ(MeshModel::protocol(port), c.expected) << c.name << " " << c.app_protocol << " " << c.port;
  }
}

constexpr std::string_view kPorts = R"(
apiVersion: v1
kind: Pod
metadata: {name: reviews, namespace: shop, labels: {app: reviews}}
spec:
  containers:
  - {name: app, image: app, ports: [{name: web, containerPort: 9090}, {name: dns, containerPort: 5353, protocol: UDP}]}
  - {name: extra, image: app, ports: [{containerPort: 7070}]}
---
apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  selector: {app: reviews}
  ports:
  - {name: http, port: 80, targetPort: web}
  - {name: tcp-b, port: 8081, targetPort: 9091}
  - {name: same, port: 8082}
  - {name: gone, port: 8083, targetPort: gone}
  - {name: udp, port: 8084, targetPort: dns}
  - {name: dns, port: 53, targetPort: 5300, protocol: UDP}
---
apiVersion: v1
kind: Service
metadata: {name: outside, namespace: shop}
spec: {type: ExternalName, externalName: example.org, selector: {app: reviews}, ports: [{name: http, port: 1234}]}
---
apiVersion: v1
kind: Service
metadata: {name: elsewhere, namespace: web}
spec: {selector: {app: reviews}, ports: [{name: http, port: 4321}]}
---
apiVersion: v1
kind: Service
metadata: {name: bare, namespace: shop}
spec: {ports: [{name: http, port: 5678}]}
)";

TEST(ContainerPort, IsNumberNameOrTheServicePortItself) {
  const auto mesh = mesh_from_yaml(kPorts);
  const auto pod = mesh.workload("reviews");
  const auto& ports = (*mesh)[mesh.service("reviews")].spec.ports;
  const std::optional<std::uint16_t> expected[] = {9090, 9091, 8082, std::nullopt, std::nullopt};
  for (std::size_t i = 0; i < std::size(expected); ++i) EXPECT_EQ(mesh->container_port(ports[i], pod), expected[i]) << ports[i].name.value;
}

TEST(PortsOf, AreContainerPortsAndTargetsOfTcp) {
  const auto mesh = mesh_from_yaml(kPorts);
  EXPECT_EQ(mesh->ports_of(mesh.workload("reviews")), (std::vector<std::uint16_t>{7070, 8082, 9090, 9091}));
}

TEST(ServicesOf, AreThoseOfTheNamespaceThatSelectThePod) {
  const auto mesh = mesh_from_yaml(kPorts);
  EXPECT_EQ(mesh->services_of(mesh.workload("reviews")), std::vector{mesh.service("reviews")});
  for (const auto* name : {"outside", "elsewhere", "bare"}) EXPECT_TRUE((*mesh)[mesh.service(name)].backends.empty()) << name;
}

/// Two Services on container port 9080: `first` speaks HTTP, `second` as given.
TestMesh two_services(std::string_view first_age, std::string_view second_age, std::string_view second_port) {
  const auto service = [](std::string_view name, std::string_view age, std::string_view port) {
    return "---\napiVersion: v1\nkind: Service\nmetadata: {name: " + std::string(name) + ", namespace: shop" +
           (age.empty() ? "" : ", creationTimestamp: \"" + std::string(age) + "\"") + "}\nspec: {selector: {app: a}, ports: [{name: " + std::string(port) +
           ", port: 80, targetPort: 9080}]}\n";
  };
  return mesh_from_yaml("apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop, labels: {app: a}}\nspec: {containers: [{name: app, image: app}]}\n" +
                        service("first", first_age, "http") + service("second", second_age, second_port));
}

TEST(ProtocolAtSidecar, IsTheOldestServices) {
  constexpr std::string_view kOld = "2024-01-01T00:00:00Z";
  constexpr std::string_view kNew = "2025-01-01T00:00:00Z";
  const auto at = [](const TestMesh& mesh, std::uint16_t port) { return mesh->protocol_at_sidecar(mesh.workload("a"), port); };
  EXPECT_EQ(at(two_services(kOld, kNew, "tcp"), 9080), AppProtocol::Http);
  EXPECT_EQ(at(two_services(kNew, kOld, "tcp"), 9080), AppProtocol::Tcp);
  EXPECT_EQ(at(two_services(kOld, kOld, "tcp"), 9080), AppProtocol::Http) << "of one age: the first name";
  EXPECT_EQ(at(two_services("", "", "tcp"), 9080), std::nullopt);
  EXPECT_EQ(at(two_services(kOld, "", "tcp"), 9080), std::nullopt);
  EXPECT_EQ(at(two_services("", "", "grpc"), 9080), AppProtocol::Http);
  EXPECT_EQ(at(two_services("", "", "tcp"), 9999), AppProtocol::Auto) << "no Service leads there";
}

}  // namespace s2a::ports_test
