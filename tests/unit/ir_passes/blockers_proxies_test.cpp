// What keeps namespaces on sidecars because it changes these. authorization.md 7, 9.14
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "ir/passes/blockers.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::blockers_proxies_test {

using test::mesh_from_yaml;

constexpr std::string_view kMesh = R"(apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Namespace
metadata: {name: web, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Pod
metadata: {name: cart, namespace: shop, labels: {app: cart}, annotations: ANNOTATIONS}
spec: {containers: [{name: a, image: a}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: web, labels: {app: web}}
spec: {containers: [{name: a, image: a}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: waypoint, namespace: shop}
spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}
)";

/// `shop web: the first message`, or nothing.
std::string blocked(std::string_view annotations, std::string_view resource) {
  std::string yaml(kMesh);
  yaml.replace(yaml.find("ANNOTATIONS"), 11, annotations);
  if (!resource.empty()) yaml += fmt::format("---\n{}\n", resource);
  const auto mesh = mesh_from_yaml(yaml);
  EXPECT_FALSE(mesh.diagnostics.has(Severity::Error)) << mesh.diagnostics.all().front().message;
  std::vector<Diagnostic> found;
  find_proxy_blockers(*mesh, found);
  std::erase_if(found, [](const Diagnostic& d) { return d.keeps.empty(); });
  return found.empty() ? "" : fmt::format("{}: {}", fmt::join(found.front().keeps, " "), found.front().message);
}

std::string of_kind(std::string_view kind, std::string_view ns, std::string_view spec) {
  const auto* group = kind == "WasmPlugin" || kind == "TrafficExtension" ? "extensions.istio.io/v1alpha1"
                      : kind == "EnvoyFilter"                            ? "networking.istio.io/v1alpha3"
                      : kind == "ProxyConfig"                            ? "networking.istio.io/v1beta1"
                                                                         : "networking.istio.io/v1";
  return blocked("{}", fmt::format("apiVersion: {}\nkind: {}\nmetadata: {{name: x, namespace: {}}}\nspec: {{{}}}", group, kind, ns, spec));
}

constexpr std::string_view kLua = "configPatches: [{applyTo: HTTP_FILTER, match: {context: CONTEXT}, patch: {operation: ADD, value: {name: lua}}}]";

std::string filter(std::string_view ns, std::string_view context, std::string_view more) {
  std::string patches(kLua);
  patches.replace(patches.find("CONTEXT"), 7, context);
  return of_kind("EnvoyFilter", ns, fmt::format("{}{}", more, patches));
}

TEST(ProxyBlockers, EnvoyFilters) {
  const std::string lost = "shop: `lua` may decide about requests, and nothing follows it in ambient mode";
  const std::string followed = "shop: `lua` may decide about requests, and the waypoint would follow it";
  EXPECT_EQ(filter("shop", "SIDECAR_INBOUND", ""), lost);
  EXPECT_EQ(filter("shop", "ANY", "workloadSelector: {labels: {app: cart}}, "), lost);
  EXPECT_EQ(filter("istio-system", "SIDECAR_OUTBOUND", "workloadSelector: {labels: {app: cart}}, "), lost);
  EXPECT_TRUE(filter("istio-system", "SIDECAR_OUTBOUND", "").starts_with("shop web: "));
  EXPECT_EQ(filter("shop", "GATEWAY", ""), "");
  EXPECT_EQ(filter("shop", "WAYPOINT", ""), "") << "waypoints take none that does not target them";
  EXPECT_EQ(filter("shop", "ANY", "workloadSelector: {labels: {istio: ingressgateway}}, "), "");
  EXPECT_EQ(filter("shop", "SIDECAR_INBOUND", "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: waypoint}], "), followed);
  EXPECT_EQ(filter("shop", "WAYPOINT", "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: to-come}], "), followed);
  EXPECT_EQ(filter("shop", "ANY", "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: edge}], "), "");
  EXPECT_TRUE(filter("istio-system", "ANY", "targetRefs: [{group: gateway.networking.k8s.io, kind: GatewayClass, name: istio-waypoint}], ").starts_with("shop web: "));
  EXPECT_EQ(of_kind("EnvoyFilter", "shop", ""), "");
}

TEST(ProxyBlockers, Sidecars) {
  EXPECT_EQ(of_kind("Sidecar", "shop", "ingress: [{port: {number: 80, protocol: HTTP, name: a}, defaultEndpoint: '127.0.0.1:8080'}]"), "shop: ztunnel has no ingress listeners");
  EXPECT_EQ(of_kind("Sidecar", "shop", "outboundTrafficPolicy: {mode: REGISTRY_ONLY}"), "shop: ztunnel does not keep callers to the registry");
  EXPECT_EQ(of_kind("Sidecar", "shop", "egress: [{hosts: ['./*']}]"), "");
}

TEST(ProxyBlockers, Extensions) {
  EXPECT_EQ(of_kind("WasmPlugin", "shop", "url: a, phase: AUTHZ"), "");
  EXPECT_EQ(of_kind("WasmPlugin", "shop", "url: a, phase: AUTHZ, match: [{ports: [{number: 80}]}]"), "shop: a waypoint leaves out what is bound to ports");
  EXPECT_EQ(of_kind("WasmPlugin", "shop", "url: a, phase: AUTHZ, match: [{ports: [{number: 80}]}, {mode: SERVER}]"), "") << "the second holds on every port";
  EXPECT_EQ(of_kind("WasmPlugin", "shop", "url: a, phase: STATS, match: [{ports: [{number: 80}]}]"), "");
  EXPECT_EQ(of_kind("TrafficExtension", "shop", "phase: AUTHN, wasm: {url: a}, match: [{mode: CLIENT}]"),
            "shop: it may refuse what its pods send, and nothing looks at that in ambient mode");
  EXPECT_EQ(of_kind("WasmPlugin", "shop", "url: a, phase: AUTHN, vmConfig: {env: [{name: A, valueFrom: HOST}]}"),
            "shop: it reads the environment of the sidecar, and a waypoint has another one");
  EXPECT_EQ(of_kind("WasmPlugin", "shop", "url: a, phase: AUTHN, selector: {matchLabels: {app: nobody}}"),
            "shop: it may refuse requests, and no pod in the input has the labels that it selects");
  EXPECT_EQ(of_kind("WasmPlugin", "shop", "url: a, phase: AUTHN, selector: {matchLabels: {istio: ingressgateway}}"), "");
  EXPECT_EQ(of_kind("WasmPlugin", "shop", "url: a, phase: AUTHN, match: [{ports: [{number: 80}]}], targetRefs: [{group: '', kind: Service, name: cart}]"), "");
}

TEST(ProxyBlockers, Settings) {
  EXPECT_EQ(of_kind("ProxyConfig", "shop", "concurrency: 1, environmentVariables: {ISTIO_META_DNS_CAPTURE: 'true'}"), "");
  EXPECT_EQ(of_kind("ProxyConfig", "shop", "environmentVariables: {ISTIO_META_TLS_CLIENT_KEY: /a}"),
            "shop: variable `ISTIO_META_TLS_CLIENT_KEY` may change what sidecars do to requests");
  EXPECT_EQ(of_kind("ProxyConfig", "shop", "selector: {matchLabels: {istio: ingressgateway}}, environmentVariables: {A: b}"), "");
  EXPECT_EQ(blocked("{sidecar.istio.io/proxyCPU: 1m, proxy.istio.io/config: '{concurrency: 1, proxyMetadata: {ISTIO_META_DNS_CAPTURE: x}}'}", ""), "");
  EXPECT_EQ(blocked("{proxy.istio.io/config: 'proxyHeaders: {}'}", ""), "shop: `proxyHeaders` may change what the sidecar does to requests");
  EXPECT_EQ(blocked("{proxy.istio.io/config: 'proxyMetadata: {INBOUND_CAPTURE_PORTS: \"\"}'}", ""),
            "shop: `proxyMetadata.INBOUND_CAPTURE_PORTS` may change what the sidecar does to requests");
  EXPECT_EQ(blocked("{proxy.istio.io/config: '{'}", ""), "shop: the settings of the sidecar cannot be read");
  EXPECT_EQ(blocked("{sidecar.istio.io/bootstrapOverride: own}", ""), "shop: the sidecar starts with settings of its own, which may decide about requests");
}

TEST(ProxyBlockers, WaypointsOfSomebodyElse) {
  EXPECT_TRUE(blocked("{}",
                      "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: other, namespace: web, annotations: {ambient.istio.io/waypoint-inbound-binding: "
                      "PROXY/15088}}\nspec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}")
                  .starts_with("web: the waypoint takes connections in a way of its own"));
}

}  // namespace s2a::blockers_proxies_test
