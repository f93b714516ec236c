// Which AuthorizationPolicies stand at a sidecar, at ztunnel and at a waypoint. authorization.md 2.1, 3.1, 4.2
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::attachment_test {

using test::mesh_from_yaml;

constexpr std::string_view kMesh = R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: waypoint, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/use-waypoint: waypoint}}
---
apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec: {selector: {app: reviews}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: reviews, namespace: shop, labels: {app: reviews, version: v1}}
spec: {containers: [{name: app, image: app}]}
---
apiVersion: v1
kind: Pod
metadata: {name: bare, namespace: shop}
spec: {containers: [{name: app, image: app}]}
---
apiVersion: v1
kind: Pod
metadata: {name: waypoint-1, namespace: shop, labels: {gateway.networking.k8s.io/gateway-name: waypoint}}
spec: {containers: [{name: app, image: app}]}
)";

struct Case {
  std::string_view metadata, spec;
  bool sidecar, ztunnel, bare_sidecar, bare_ztunnel, waypoint;
};

void PrintTo(const Case& c, std::ostream* out) { *out << "{" << c.metadata << "} " << c.spec; }

constexpr Case kCases[] = {
    // reviews at sidecar, at ztunnel; the pod without labels at sidecar, at ztunnel; Service reviews at its waypoint
    {"namespace: shop", "{action: DENY, rules: [{}]}", true, true, true, true, false},
    {"namespace: web", "{action: DENY, rules: [{}]}", false, false, false, false, false},
    {"namespace: istio-system", "{action: DENY, rules: [{}]}", true, true, true, true, false},
    {"namespace: shop", "{selector: {matchLabels: {app: reviews}}}", true, true, false, true, false},
    {"namespace: shop", "{selector: {matchLabels: {app: reviews, version: v1}}}", true, true, false, true, false},
    {"namespace: shop", "{selector: {matchLabels: {app: reviews, version: v2}}}", false, false, false, true, false},
    {"namespace: web", "{selector: {matchLabels: {app: reviews}}}", false, false, false, false, false},
    {"namespace: istio-system", "{selector: {matchLabels: {app: reviews}}}", true, true, false, true, false},
    {"namespace: shop", "{selector: {}}", true, false, true, false, false},
    {"namespace: shop", "{selector: {matchLabels: {}}}", true, true, true, true, false},
    {"namespace: shop", "{action: AUDIT, rules: [{}]}", true, false, true, false, false},
    {"namespace: shop", "{action: CUSTOM, provider: {name: opa}, rules: [{}]}", true, false, true, false, false},
    {"namespace: shop, annotations: {istio.io/dry-run: 'true'}", "{}", true, false, true, false, false},
    {"namespace: shop, annotations: {istio.io/dry-run: 'false'}", "{}", true, true, true, true, false},
    {"namespace: shop", "{targetRefs: [{kind: Service, group: '', name: reviews}]}", false, false, false, false, true},
    {"namespace: shop", "{targetRefs: [{kind: Service, group: core, name: reviews}]}", false, false, false, false, true},
    {"namespace: shop", "{targetRefs: [{kind: Service, group: apps, name: reviews}]}", false, false, false, false, false},
    {"namespace: shop", "{targetRef: {kind: Service, group: '', name: reviews}}", false, false, false, false, true},
    {"namespace: shop", "{targetRefs: [{kind: Service, group: '', name: x}, {kind: Service, group: '', name: reviews}]}", false, false, false, false, true},
    {"namespace: web", "{targetRefs: [{kind: Service, group: '', name: reviews}]}", false, false, false, false, false},
    {"namespace: shop", "{targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: waypoint}]}", false, false, false, false, true},
    {"namespace: shop", "{targetRefs: [{kind: Gateway, group: '', name: waypoint}]}", false, false, false, false, false},
    {"namespace: shop", "{targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: other}]}", false, false, false, false, false},
    {"namespace: istio-system", "{targetRefs: [{kind: GatewayClass, group: gateway.networking.k8s.io, name: istio-waypoint}]}", false, false, false, false, true},
    {"namespace: shop", "{targetRefs: [{kind: GatewayClass, group: gateway.networking.k8s.io, name: istio-waypoint}]}", false, false, false, false, false},
    {"namespace: istio-system", "{targetRefs: [{kind: GatewayClass, group: gateway.networking.k8s.io, name: mine}]}", false, false, false, false, false},
    {"namespace: shop", "{targetRefs: [{kind: ServiceEntry, group: networking.istio.io, name: reviews}]}", false, false, false, false, false},
    {"namespace: shop", "{targetRefs: []}", true, true, true, true, false},
};

class Attachment : public testing::TestWithParam<Case> {};

TEST_P(Attachment, OfOnePolicy) {
  const auto& c = GetParam();
  const auto mesh =
      mesh_from_yaml(fmt::format("{}---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{name: p, {}}}\nspec: {}\n", kMesh, c.metadata, c.spec));
  const auto reviews = mesh.workload("reviews");
  const auto bare = mesh.workload("bare");
  EXPECT_EQ(!mesh->policies_at_sidecar(reviews).empty(), c.sidecar);
  EXPECT_EQ(!mesh->policies_at_ztunnel(reviews).empty(), c.ztunnel);
  EXPECT_EQ(!mesh->policies_at_sidecar(bare).empty(), c.bare_sidecar);
  EXPECT_EQ(!mesh->policies_at_ztunnel(bare).empty(), c.bare_ztunnel);
  ASSERT_EQ(mesh->waypoints().size(), 1U);
  EXPECT_EQ(!mesh->policies_at_waypoint(mesh.service("reviews"), mesh->waypoints().front()).empty(), c.waypoint);
  EXPECT_TRUE(mesh->policies_at_sidecar(mesh.workload("waypoint-1")).empty());
}

INSTANTIATE_TEST_SUITE_P(All, Attachment, testing::ValuesIn(kCases));

TEST(SelectedBy, RootNamespaceReachesAllNamespacesOnce) {
  const auto mesh = mesh_from_yaml(R"(
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop, labels: {app: a}}
spec: {containers: [{name: app, image: app}]}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: mesh, labels: {app: a}}
spec: {containers: [{name: app, image: app}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: p, namespace: mesh}
spec: {selector: {matchLabels: {app: a}}}
)",
                                   {.root_namespace = "mesh"});
  const auto& policy = *mesh->all(Kind::AuthorizationPolicy).front();
  EXPECT_EQ(mesh->selected_by(policy), (std::vector{mesh.workload("a"), mesh.workload("b")}));
  EXPECT_EQ(mesh->policies_at_sidecar(mesh.workload("b")).size(), 1U);
  EXPECT_EQ(mesh->policies_at_ztunnel(mesh.workload("a")).size(), 1U);
}

}  // namespace s2a::attachment_test
