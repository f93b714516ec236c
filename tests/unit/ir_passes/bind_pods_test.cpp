// Which pods get a waypoint of their own. authorization.md 9.1
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ir/passes/passes.h"
#include "ir/passes/survey.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::bind_pods_test {

using test::mesh_from_yaml;

struct Shop {
  std::string_view pod_labels = "app: db";
  std::string_view address = "clusterIP: None, ";
  std::string_view port = "http";
  std::string_view rule = "{to: [{operation: {paths: [/a]}}]}";
  std::string_view more;
};

/// What is made, one `what` a line.
std::string bound(const Shop& shop) {
  const auto mesh = mesh_from_yaml(fmt::format(R"(apiVersion: v1
kind: Namespace
metadata: {{name: shop, labels: {{istio-injection: enabled}}}}
---
apiVersion: v1
kind: Service
metadata: {{name: db, namespace: shop}}
spec: {{{}selector: {{app: db}}, ports: [{{name: {}, port: 8080}}]}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: db, namespace: shop}}
spec: {{template: {{metadata: {{labels: {{{}}}}}, spec: {{serviceAccountName: db, containers: [{{name: a, image: a}}]}}}}}}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {{name: p, namespace: shop}}
spec: {{selector: {{matchLabels: {{app: db}}}}, action: DENY, rules: [{}]}}
{})",
                                               shop.address, shop.port, shop.pod_labels, shop.rule, shop.more));
  EXPECT_FALSE(mesh.diagnostics.has(Severity::Error)) << mesh.diagnostics.all().front().message;
  const PassOptions options;
  const auto who = survey(*mesh, options, {});
  Plan plan;
  PassContext ctx{.before = *mesh, .now = *mesh, .options = options, .survey = who, .plan = plan};
  bind_pods(ctx);
  std::string out;
  for (const auto& action : plan.actions) out += fmt::format("{}: {}\n", action.subject, action.what);
  return out;
}

constexpr std::string_view kBound = "Gateway shop/waypoint-db: a waypoint for pods behind headless Services\nStatefulSet shop/db: label the pods use-waypoint waypoint-db\n";

TEST(BindPods, WhereOnlyAHeadlessServiceLeadsToThem) {
  EXPECT_EQ(bound({}), kBound);
  EXPECT_EQ(bound({.address = ""}), "");
  EXPECT_EQ(bound({.rule = "{from: [{source: {namespaces: [web]}}]}"}), "") << "ztunnel enforces it";
  EXPECT_EQ(bound({.pod_labels = "app: db, istio.io/use-waypoint: other"}), "") << "their own label says otherwise";
}

TEST(BindPods, OnlyWhereAWaypointReadsAsTheSidecarDoes) {
  EXPECT_EQ(bound({.port = "tcp"}), "");
  EXPECT_EQ(bound({.more = "---\napiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: {name: r, namespace: shop}\nspec: {jwtRules: [{issuer: i}]}\n"}), "");
  EXPECT_EQ(bound({.more = "---\napiVersion: extensions.istio.io/v1alpha1\nkind: WasmPlugin\nmetadata: {name: w, namespace: shop}\nspec: {url: a, phase: AUTHZ}\n"}), "");
}

TEST(BindPods, NamesThatAreTaken) {
  EXPECT_EQ(
      bound({.more = "---\napiVersion: v1\nkind: Service\nmetadata: {name: waypoint-db, namespace: shop}\nspec: {type: ExternalName, externalName: a.example}\n"}).substr(0, 28),
      "Gateway shop/waypoint-db-2: ");
}

}  // namespace s2a::bind_pods_test
