// What neither a sidecar nor ztunnel gets to see. authorization.md 2.9, 3.5
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::capture_test {

using test::mesh_from_yaml;

struct Case {
  std::string_view about;
  std::string_view annotations;
  std::vector<std::uint16_t> captured, passed_by;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.about; }

const Case kCases[] = {
    {"nothing is said", "{}", {80, 8080, 65000}, {15020, 15021, 15090}},
    {"excluded ports", "{traffic.sidecar.istio.io/excludeInboundPorts: '9102, 8081'}", {80}, {9102, 8081, 15020}},
    {"no excluded ports", "{traffic.sidecar.istio.io/excludeInboundPorts: ''}", {80}, {15021}},
    {"all are included", "{traffic.sidecar.istio.io/includeInboundPorts: '*', traffic.sidecar.istio.io/excludeInboundPorts: '81'}", {80}, {81, 15090}},
    {"some are included: exclusions are not looked at",
     "{traffic.sidecar.istio.io/includeInboundPorts: '80,8080', traffic.sidecar.istio.io/excludeInboundPorts: '80'}",
     {80, 8080},
     {81, 15020}},
    {"none is included", "{traffic.sidecar.istio.io/includeInboundPorts: ''}", {}, {80, 15020}},
    {"nothing is intercepted", "{sidecar.istio.io/interceptionMode: NONE}", {}, {80}},
    {"another way to intercept", "{sidecar.istio.io/interceptionMode: TPROXY}", {80}, {15020}},
    {"no port: the injector refuses the pod", "{traffic.sidecar.istio.io/excludeInboundPorts: '80,http'}", {80, 15020}, {}},
    {"a hole in the list", "{traffic.sidecar.istio.io/includeInboundPorts: '80,'}", {80, 81}, {}},
    {"a port too large", "{traffic.sidecar.istio.io/excludeInboundPorts: '65536'}", {80}, {}},
    {"no way to intercept", "{sidecar.istio.io/interceptionMode: none}", {80}, {}},
};

class CapturedBySidecar : public testing::TestWithParam<Case> {};

TEST_P(CapturedBySidecar, Ports) {
  const auto& c = GetParam();
  const auto mesh =
      mesh_from_yaml(fmt::format("apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {{istio-injection: enabled}}}}\n---\napiVersion: v1\nkind: Pod\n"
                                 "metadata: {{name: cart, namespace: shop, labels: {{app: cart}}, annotations: {}}}\nspec: {{containers: [{{name: a, image: a}}]}}\n",
                                 c.annotations));
  const auto pod = mesh.workload("cart");
  for (const auto port : c.captured) EXPECT_TRUE(mesh->captured_by_sidecar(pod, port)) << port;
  for (const auto port : c.passed_by) EXPECT_FALSE(mesh->captured_by_sidecar(pod, port)) << port;
  EXPECT_FALSE(mesh->captured_by_ztunnel(pod));
}

INSTANTIATE_TEST_SUITE_P(All, CapturedBySidecar, testing::ValuesIn(kCases));

struct PodCase {
  std::string_view about, ns_labels, metadata, spec;
  bool by_sidecar, by_ztunnel;
};

void PrintTo(const PodCase& c, std::ostream* out) { *out << c.about; }

constexpr PodCase kPods[] = {
    {"injected", "istio-injection: enabled", "", "", true, false},
    {"ambient", "istio.io/dataplane-mode: ambient", "", "", false, true},
    {"ambient, what comes in aside", "istio.io/dataplane-mode: ambient", "annotations: {ambient.istio.io/bypass-inbound-capture: 'true'}", "", false, false},
    {"the same in Go's words", "istio.io/dataplane-mode: ambient", "annotations: {ambient.istio.io/bypass-inbound-capture: 'T'}", "", false, false},
    {"not so", "istio.io/dataplane-mode: ambient", "annotations: {ambient.istio.io/bypass-inbound-capture: 'false'}", "", false, true},
    {"not a truth", "istio.io/dataplane-mode: ambient", "annotations: {ambient.istio.io/bypass-inbound-capture: 'yes'}", "", false, true},
    {"a sidecar's annotation counts for nothing at ztunnel", "istio.io/dataplane-mode: ambient", "annotations: {traffic.sidecar.istio.io/includeInboundPorts: ''}", "", false,
     true},
    {"the pod opts out", "istio.io/dataplane-mode: ambient", "labels: {istio.io/dataplane-mode: none}", "", false, false},
    {"host network, ambient", "istio.io/dataplane-mode: ambient", "", "hostNetwork: true, ", false, false},
    {"host network, injected", "istio-injection: enabled", "", "hostNetwork: true, ", false, false},
    {"a gateway", "istio-injection: enabled", "annotations: {inject.istio.io/templates: gateway}", "", true, false},
};

class Captured : public testing::TestWithParam<PodCase> {};

TEST_P(Captured, Pod) {
  const auto& c = GetParam();
  const auto mesh =
      mesh_from_yaml(fmt::format("apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {{{}}}}}\n---\napiVersion: v1\nkind: Pod\n"
                                 "metadata: {{name: cart, namespace: shop, {}}}\nspec: {{{}containers: [{{name: a, image: a}}]}}\n",
                                 c.ns_labels, c.metadata, c.spec));
  EXPECT_EQ(mesh->captured_by_sidecar(mesh.workload("cart"), 80), c.by_sidecar);
  EXPECT_EQ(mesh->captured_by_ztunnel(mesh.workload("cart")), c.by_ztunnel);
}

INSTANTIATE_TEST_SUITE_P(All, Captured, testing::ValuesIn(kPods));

}  // namespace s2a::capture_test
