// WasmPlugins and TrafficExtensions that may refuse, at sidecars and waypoints. authorization.md 2.2, 7
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ir/authz/enforcement.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::extensions_test {

using test::mesh_from_yaml;

constexpr std::string_view kShop = R"(
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: waypoint, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{name: any, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: cart, namespace: shop, labels: {app: cart}}
spec: {containers: [{name: a, image: a}]}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: )";

/// Who refuses: any of the four, as `HTTP sidecar, TCP sidecar, HTTP waypoint, TCP waypoint`.
std::string refusing(std::string_view extension) {
  std::string out;
  for (const bool waypoint : {false, true}) {
    const auto labels = waypoint ? "{istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint}" : "{istio-injection: enabled}";
    const auto mesh = mesh_from_yaml(fmt::format("{}{}}}\n---\napiVersion: extensions.istio.io/v1alpha1\n{}", kShop, labels, extension));
    EXPECT_FALSE(mesh.diagnostics.has(Severity::Error)) << mesh.diagnostics.all().front().message;
    for (const bool http : {true, false}) {
      const Question question{.client = waypoint ? ClientClass::AmbientToService : ClientClass::Sidecar,
                              .workload = mesh.workload("cart"),
                              .service = mesh.service("cart"),
                              .service_port = 80,
                              .container_port = 8080,
                              .http = http};
      const auto path = enforcement(*mesh, question);
      Request request{{Attribute::Identity, {"spiffe://cluster.local/ns/web/sa/frontend"}}};
      const auto silent = evaluate(*path, request);
      for (const auto* kind : {"WasmPlugin", "TrafficExtension"}) request[{Attribute::Authorizer, fmt::format("{} shop/x", kind)}] = {"allow"};
      EXPECT_TRUE(evaluate(*path, request).allowed()) << extension;
      if (!silent.allowed()) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", http ? "HTTP" : "TCP", to_string(silent.steps.back().engine));
    }
  }
  return out;
}

struct Case {
  std::string_view about, kind, spec, refusing;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.about; }

constexpr std::string_view kPlugin = "WasmPlugin";
constexpr std::string_view kTraffic = "TrafficExtension";

constexpr Case kCases[] = {
    {"AUTHN", kPlugin, "url: a, phase: AUTHN", "HTTP sidecar"},
    {"AUTHZ", kPlugin, "url: a, phase: AUTHZ, selector: {matchLabels: {app: cart}}", "HTTP sidecar"},
    {"another pod's", kPlugin, "url: a, phase: AUTHZ, selector: {matchLabels: {app: other}}", ""},
    {"another phase", kPlugin, "url: a, phase: STATS", ""},
    {"no phase", kPlugin, "url: a", "HTTP sidecar"},
    {"type NETWORK", kPlugin, "url: a, phase: AUTHZ, type: NETWORK", "HTTP sidecar, TCP sidecar"},
    {"at a Service", kPlugin, "url: a, phase: AUTHZ, targetRefs: [{group: '', kind: Service, name: cart}]", "HTTP waypoint"},
    {"at a Gateway", kPlugin, "url: a, phase: AUTHZ, type: NETWORK, targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: waypoint}]",
     "HTTP waypoint, TCP waypoint"},
    {"on the pod's port", kPlugin, "url: a, phase: AUTHZ, match: [{ports: [{number: 8080}]}]", "HTTP sidecar"},
    {"on another port", kPlugin, "url: a, phase: AUTHZ, match: [{ports: [{number: 80}]}]", ""},
    {"on one of two", kPlugin, "url: a, phase: AUTHZ, match: [{ports: [{number: 80}]}, {mode: SERVER, ports: [{number: 8080}]}]", "HTTP sidecar"},
    {"on what goes out", kPlugin, "url: a, phase: AUTHZ, match: [{mode: CLIENT}]", ""},
    {"a port on HTTP at a waypoint: never", kPlugin, "url: a, phase: AUTHZ, match: [{ports: [{number: 80}]}], targetRefs: [{group: '', kind: Service, name: cart}]", ""},
    {"a TrafficExtension", kTraffic, "phase: AUTHZ, wasm: {url: a}", "HTTP sidecar"},
    {"of type NETWORK", kTraffic, "phase: AUTHN, wasm: {url: a, type: NETWORK}", "HTTP sidecar, TCP sidecar"},
    {"in Lua", kTraffic, "phase: AUTHZ, lua: {inlineCode: a}, targetRefs: [{group: '', kind: Service, name: cart}]", "HTTP waypoint"},
};

class Extensions : public testing::TestWithParam<Case> {};

TEST_P(Extensions, Refuse) {
  const auto& c = GetParam();
  EXPECT_EQ(refusing(fmt::format("kind: {}\nmetadata: {{name: x, namespace: shop}}\nspec: {{{}}}\n", c.kind, c.spec)), c.refusing);
}

INSTANTIATE_TEST_SUITE_P(All, Extensions, testing::ValuesIn(kCases));

TEST(Extensions, OfTheRootNamespaceReachEverySidecar) {
  const auto mesh = mesh_from_yaml(fmt::format(
      "{}{{}}}}\n---\napiVersion: extensions.istio.io/v1alpha1\nkind: WasmPlugin\nmetadata: {{name: x, namespace: istio-system}}\nspec: {{url: a, phase: AUTHZ}}\n", kShop));
  EXPECT_EQ(mesh->extensions_at_sidecar(mesh.workload("cart")).size(), 1U);
}

}  // namespace s2a::extensions_test
