// Who handles a pod's traffic: injection, ambient mode, gateways, neither.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::dataplane_test {

using test::mesh_from_yaml;

struct Case {
  std::string_view about;
  std::string_view ns_labels;  ///< flow map of the Namespace's labels; `none`: no manifest
  std::string_view labels;     ///< flow map of the pod's labels
  std::string_view annotations;
  Dataplane expected;
  std::string_view extra = {};  ///< more of the pod's spec, or more documents
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.about; }

constexpr Case kCases[] = {
    {"namespace injects", "{istio-injection: enabled}", "{app: a}", "{}", Dataplane::Sidecar},
    {"namespace has a revision", "{istio.io/rev: stable}", "{app: a}", "{}", Dataplane::Sidecar},
    {"disabled wins over a revision", "{istio-injection: disabled, istio.io/rev: stable}", "{app: a}", "{}", Dataplane::Outside},
    {"namespace says nothing", "{team: a}", "{app: a}", "{}", Dataplane::Outside},
    {"no manifest", "none", "{app: a}", "{}", Dataplane::Sidecar},
    {"the pod's label declines", "{istio-injection: enabled}", "{app: a, sidecar.istio.io/inject: 'false'}", "{}", Dataplane::Outside},
    {"the pod's annotation declines", "{istio-injection: enabled}", "{app: a}", "{sidecar.istio.io/inject: 'false'}", Dataplane::Outside},
    {"the label wins over the annotation", "{istio-injection: enabled}", "{sidecar.istio.io/inject: 'true'}", "{sidecar.istio.io/inject: 'false'}", Dataplane::Sidecar},
    {"declines without a manifest", "none", "{sidecar.istio.io/inject: 'false'}", "{}", Dataplane::Outside},
    {"the pod's label asks", "{}", "{sidecar.istio.io/inject: 'true'}", "{}", Dataplane::Sidecar},
    {"the pod's revision asks", "{}", "{istio.io/rev: stable}", "{}", Dataplane::Sidecar},
    {"an annotation cannot ask", "{}", "{app: a}", "{sidecar.istio.io/inject: 'true'}", Dataplane::Outside},
    {"disabled wins over what the pod asks", "{istio-injection: disabled}", "{sidecar.istio.io/inject: 'true'}", "{}", Dataplane::Outside},
    {"namespace is ambient", "{istio.io/dataplane-mode: ambient}", "{app: a}", "{}", Dataplane::Ambient},
    {"namespace is ambient and injects", "{istio.io/dataplane-mode: ambient, istio-injection: enabled}", "{app: a}", "{}", Dataplane::Sidecar},
    {"... and the pod declines the sidecar", "{istio.io/dataplane-mode: ambient, istio-injection: enabled}", "{sidecar.istio.io/inject: 'false'}", "{}", Dataplane::Ambient},
    {"the pod opts out of ambient", "{istio.io/dataplane-mode: ambient}", "{istio.io/dataplane-mode: none}", "{}", Dataplane::Outside},
    {"the pod is ambient by itself", "{}", "{istio.io/dataplane-mode: ambient}", "{}", Dataplane::Ambient},
    {"... without a manifest", "none", "{istio.io/dataplane-mode: ambient}", "{}", Dataplane::Ambient},
    {"host network", "{istio-injection: enabled}", "{app: a}", "{}", Dataplane::Outside, "hostNetwork: true"},
    {"a gateway of the Gateway API", "{istio-injection: enabled}", "{gateway.networking.k8s.io/gateway-name: g}", "{}", Dataplane::Gateway},
    {"injected as a gateway", "none", "{app: a}", "{inject.istio.io/templates: gateway}", Dataplane::Gateway},
    {"behind an Istio Gateway", "{}", "{istio: ingressgateway}", "{}", Dataplane::Gateway,
     "nodeName: x\n---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: web}\nspec: {selector: {istio: ingressgateway}, servers: [{port: "
     "{number: 80, name: http, protocol: HTTP}, hosts: ['*']}]}"},
    {"an application with a sidecar is no gateway", "{istio-injection: enabled}", "{app: a}", "{}", Dataplane::Sidecar,
     "nodeName: x\n---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: web}\nspec: {selector: {app: a}, servers: [{port: {number: 80, name: "
     "http, protocol: HTTP}, hosts: ['*']}]}"},
};

class DataplaneOf : public testing::TestWithParam<Case> {};

TEST_P(DataplaneOf, Pod) {
  const auto& c = GetParam();
  const auto pod =
      fmt::format("apiVersion: v1\nkind: Pod\nmetadata: {{name: p, namespace: shop, labels: {}, annotations: {}}}\nspec:\n  containers: [{{name: app, image: app}}]\n  {}\n",
                  c.labels, c.annotations, c.extra);
  const auto ns = c.ns_labels == "none" ? std::string{} : fmt::format("apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {}}}\n---\n", c.ns_labels);
  const auto mesh = mesh_from_yaml(ns + pod);
  const auto& workload = (*mesh)[mesh.workload("p")];
  EXPECT_EQ(workload.dataplane, c.expected) << workload.dataplane_reason;
  EXPECT_FALSE(workload.dataplane_reason.empty());
}

INSTANTIATE_TEST_SUITE_P(All, DataplaneOf, testing::ValuesIn(kCases));

TEST(Dataplane, SaysWhatItPresumesForWantOfANamespace) {
  const auto mesh = mesh_from_yaml(R"(
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop, labels: {app: a}}
spec: {containers: [{name: app, image: app}]}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: web, labels: {app: b, sidecar.istio.io/inject: "false"}}
spec: {containers: [{name: app, image: app}]}
---
apiVersion: v1
kind: Pod
metadata: {name: istiod, namespace: istio-system, labels: {app: istiod}}
spec: {containers: [{name: app, image: app}]}
)");
  const std::vector<Assumption> expected{
      {"pods of namespace `istio-system` get no sidecar: the input has no Namespace manifest for it", "kubectl get namespace istio-system -o yaml", "istio-system", false},
      {"pods of namespace `shop` get a sidecar: the input has no Namespace manifest for it", "kubectl get namespace shop -o yaml", "shop", false},
  };
  EXPECT_EQ(mesh->assumptions(), expected);
}

}  // namespace s2a::dataplane_test
