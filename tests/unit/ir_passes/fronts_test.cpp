// What stands between a waypoint and pods. authorization.md 8.0, 8.2
#include "ir/passes/fronts.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::fronts_test {

using test::mesh_from_yaml;

constexpr std::string_view kNamespace = R"(apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: waypoint, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: v1
kind: Pod
metadata: {name: cart, namespace: shop, labels: {app: cart}}
spec: {containers: [{name: a, image: a}]}
)";

std::string service(std::string_view name, std::string_view app, std::string_view port) {
  return fmt::format(
      "---\napiVersion: v1\nkind: Service\nmetadata: {{name: {}, namespace: shop}}\nspec: {{selector: {{app: {}}}, ports: [{{name: {}, port: 80, targetPort: 8080}}]}}\n", name,
      app, port);
}

std::vector<Front> fronts_in(const test::TestMesh& mesh) {
  MovingNamespace moving;
  moving.name = "shop";
  moving.waypoint = "waypoint";
  return fronts(*mesh, moving);
}

TEST(Fronts, AsManyTargetsAsOneObjectTakes) {
  auto yaml = std::string(kNamespace) + service("other", "other", "http");
  for (int i = 0; i < 17; ++i) yaml += service(fmt::format("s{:02}", i), "cart", "http");
  const auto mesh = mesh_from_yaml(yaml);
  const auto groups = services_before(fronts_in(mesh), {mesh.workload("cart")});
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].size(), 16U);
  EXPECT_EQ(groups[1], std::vector<std::string>{"s16"});
  EXPECT_TRUE(services_before(fronts_in(mesh), {}).empty());
}

/// `80` where the waypoint would not look at what the extension looks at in sidecars.
std::string unchecked(std::string_view extension) {
  const auto mesh = mesh_from_yaml(fmt::format("{}{}{}---\napiVersion: extensions.istio.io/v1alpha1\nkind: WasmPlugin\nmetadata: {{name: x, namespace: shop}}\nspec: {{{}}}\n",
                                               kNamespace, service("first", "cart", "http"), service("second", "cart", "tcp"), extension));
  EXPECT_FALSE(mesh.diagnostics.has(Severity::Error));
  for (const auto& front : fronts_in(mesh))
    if (front.name == "second") return fmt::format("{}", fmt::join(front.unchecked_ports, " "));
  return "no front";
}

TEST(Fronts, PortsThatTheWaypointTakesForBytes) {
  EXPECT_EQ(unchecked("url: a, phase: AUTHZ"), "80");
  EXPECT_EQ(unchecked("url: a, phase: AUTHN, selector: {matchLabels: {app: cart}}"), "80");
  EXPECT_EQ(unchecked("url: a, phase: STATS"), "");
  EXPECT_EQ(unchecked("url: a, phase: AUTHZ, type: NETWORK"), "") << "it looks at bytes";
  EXPECT_EQ(unchecked("url: a, phase: AUTHZ, selector: {matchLabels: {app: other}}"), "");
}

}  // namespace s2a::fronts_test
