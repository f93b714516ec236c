// Which routes and client settings keep all callers on sidecars: those that no waypoint would follow. routing.md 6
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "ir/passes/blockers.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::blockers_traffic_test {

constexpr std::string_view kMesh = R"(
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: web, labels: {istio-injection: enabled}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: cart, namespace: shop, labels: {app: cart}}, spec: {containers: [{name: a, image: a}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: web, labels: {app: web}}, spec: {containers: [{name: a, image: a}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {selector: {app: cart}, ports: [{name: http, port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: headless, namespace: shop}, spec: {clusterIP: None, selector: {app: cart}, ports: [{name: http, port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: outside, namespace: shop}, spec: {type: ExternalName, externalName: a.example, ports: [{name: http, port: 80}]}}
---
{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: shop}, spec: {hosts: [e.example], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}}
---
)";

std::string entry(std::string_view name, std::string_view spec) {
  return fmt::format(
      "{{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {{name: {}, namespace: web}}, spec: {{ports: [{{number: 80, name: http, protocol: HTTP}}], "
      "{}}}}}\n---\n",
      name, spec);
}

std::string virtual_service(std::string_view spec) {
  return fmt::format("{{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {{name: v, namespace: shop}}, spec: {}}}", spec);
}

std::string to_cart(std::string_view head) { return virtual_service(fmt::format("{{{}http: [{{route: [{{destination: {{host: cart}}}}]}}]}}", head)); }

std::string route(std::string_view parent, std::string_view backend = "cart") {
  return fmt::format(
      "{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: r, namespace: web}}, spec: {{parentRefs: [{}], rules: [{{backendRefs: [{{name: {}, "
      "namespace: shop, port: 80}}]}}]}}}}",
      parent, backend);
}

std::string client_tls(std::string_view mode) {
  return fmt::format(
      "{{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {{name: d, namespace: shop}}, spec: {{host: cart, trafficPolicy: {{tls: {{mode: {}}}}}}}}}", mode);
}

std::string outside_tls(std::string_view tls, std::string_view host = "e.example") {
  return fmt::format(
      "{{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {{name: d, namespace: shop}}, spec: {{host: {}, trafficPolicy: {{portLevelSettings: [{{port: "
      "{{number: "
      "80}}, tls: {}}}]}}}}}}",
      host, tls);
}

/// Somebody is turned away.
constexpr std::string_view kGuard = R"(
---
{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: a, namespace: shop}, spec: {action: DENY, rules: [{from: [{source: {namespaces: [web]}}]}]}}
)";
constexpr std::string_view kStrict = R"(
---
{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: p, namespace: shop}, spec: {mtls: {mode: STRICT}}}
)";
constexpr std::string_view kPermissive = R"(
---
{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: p, namespace: shop}, spec: {mtls: {mode: PERMISSIVE}}}
)";

std::string guarded(std::string objects, std::string_view by = kGuard) { return std::move(objects) + std::string(by); }

std::string without_selector(std::string_view name) {
  return fmt::format("{{apiVersion: v1, kind: Service, metadata: {{name: {}, namespace: shop}}, spec: {{ports: [{{name: http, port: 80}}]}}}}\n---\n", name);
}

std::string outside_the_mesh() {
  return "{apiVersion: v1, kind: Service, metadata: {name: old, namespace: old}, spec: {selector: {app: old}, ports: [{name: http, port: 80}]}}\n---\n"
         "{apiVersion: v1, kind: Namespace, metadata: {name: old}}\n---\n"
         "{apiVersion: v1, kind: Pod, metadata: {name: old, namespace: old, labels: {app: old}}, spec: {containers: [{name: a, image: a}]}}\n---\n";
}

TEST(Traffic, KeepsAllCallersWhereNoWaypointFollows) {
  const struct {
    std::string_view about;
    std::string object;
    std::vector<Code> codes;
  } cases[] = {
      {"a Service beside it", to_cart("hosts: [cart], "), {}},
      {"a Service by its whole name", to_cart("hosts: [cart.shop.svc.cluster.local], "), {}},
      {"only a gateway's", to_cart("hosts: [a.example], gateways: [gw], "), {}},
      {"a delegate", to_cart(""), {}},
      {"a host outside", to_cart("hosts: [a.example], "), {Code::UnsupportedVirtualService}},
      {"a gateway's and the mesh's", to_cart("hosts: [a.example], gateways: [gw, mesh], "), {Code::UnsupportedVirtualService}},
      {"one of two hosts", to_cart("hosts: [cart, a.example], "), {Code::UnsupportedVirtualService}},
      {"two hosts", to_cart("hosts: [b.example, a.example], "), {Code::UnsupportedVirtualService, Code::UnsupportedVirtualService}},
      {"hosts by pattern", to_cart("hosts: ['*art.shop.svc.cluster.local'], "), {}},
      {"hosts by a pattern, two of them without an address", to_cart("hosts: ['*.shop.svc.cluster.local'], "), {Code::UnsupportedVirtualService, Code::UnsupportedVirtualService}},
      {"nobody by pattern", to_cart("hosts: ['*.example.com'], "), {Code::UnsupportedVirtualService}},
      {"a headless Service", to_cart("hosts: [headless], "), {Code::UnsupportedVirtualService}},
      {"an ExternalName", to_cart("hosts: [outside], "), {Code::UnsupportedVirtualService}},
      {"a ServiceEntry", to_cart("hosts: [e.example], "), {}},
      {"a ServiceEntry with an address", entry("f", "hosts: [f.example], addresses: [240.0.0.1], resolution: STATIC") + to_cart("hosts: [f.example], "), {}},
      {"a ServiceEntry of other hosts", entry("f", "hosts: [f.example], resolution: DNS, endpoints: [{address: g.example}]") + to_cart("hosts: [f.example], "), {}},
      {"a ServiceEntry of addresses that may be pods",
       guarded(entry("f", "hosts: [f.example], resolution: STATIC, endpoints: [{address: 10.0.0.1}]") + to_cart("hosts: [f.example], ")),
       {Code::UnsupportedVirtualService}},
      {"the same, to which callers are led",
       guarded(entry("f", "hosts: [f.example], resolution: STATIC, endpoints: [{address: 10.0.0.1}]") +
               virtual_service("{hosts: [cart], http: [{route: [{destination: {host: f.example}}]}]}")),
       {Code::UnsupportedVirtualService}},
      {"the same, where everybody is let in", entry("f", "hosts: [f.example], resolution: STATIC, endpoints: [{address: 10.0.0.1}]") + to_cart("hosts: [f.example], "), {}},
      {"a Service without a selector", without_selector("s") + to_cart("hosts: [s], "), {}},
      {"where mTLS may be left out", guarded(without_selector("s") + to_cart("hosts: [s], "), kPermissive), {}},
      {"where somebody is turned away", guarded(without_selector("s") + to_cart("hosts: [s], ")), {Code::UnsupportedVirtualService}},
      {"where mTLS is asked for", guarded(without_selector("s") + to_cart("hosts: [s], "), kStrict), {Code::UnsupportedVirtualService}},
      {"the API server",
       guarded("{apiVersion: v1, kind: Service, metadata: {name: kubernetes, namespace: default}, spec: {ports: [{name: https, port: 443}]}}\n---\n" +
               to_cart("hosts: [kubernetes.default.svc.cluster.local], ")),
       {}},
      {"a mirror that may be pods",
       guarded(without_selector("s") + virtual_service("{hosts: [cart], http: [{route: [{destination: {host: cart}}], mirror: {host: s}}]}")),
       {Code::UnsupportedVirtualService}},
      {"a ServiceEntry of whatever was dialled", entry("f", "hosts: [f.example], addresses: [240.0.0.1]") + to_cart("hosts: [f.example], "), {Code::UnsupportedVirtualService}},
      {"a ServiceEntry of a range",
       entry("f", "hosts: [f.example], addresses: [240.0.0.0/24], resolution: DNS") + to_cart("hosts: [f.example], "),
       {Code::UnsupportedVirtualService}},
      {"a ServiceEntry that is not for everybody",
       entry("f", "hosts: [f.example], resolution: DNS, exportTo: ['.']") + to_cart("hosts: [f.example], "),
       {Code::UnsupportedVirtualService}},
      {"two ServiceEntries", entry("f", "hosts: [f.example, e.example], resolution: DNS") + to_cart("hosts: [e.example], "), {Code::UnsupportedVirtualService}},
      {"a route on a Service", route("{group: '', kind: Service, name: cart, namespace: shop}"), {}},
      {"a route on a Gateway", route("{name: gw}"), {}},
      {"a route on a Service that is not in its namespace", route("{group: '', kind: Service, name: cart}"), {Code::UnsupportedMeshRoute}},
      {"a route on a headless Service", route("{group: '', kind: Service, name: headless, namespace: shop}"), {Code::UnsupportedMeshRoute}},
      {"a route to what may be pods", guarded(without_selector("s") + route("{group: '', kind: Service, name: cart, namespace: shop}", "s")), {Code::UnsupportedMeshRoute}},
      {"a route to what may be pods, where everybody is let in", without_selector("s") + route("{group: '', kind: Service, name: cart, namespace: shop}", "s"), {}},
      {"another name as a destination", guarded(virtual_service("{hosts: [cart], http: [{route: [{destination: {host: outside}}]}]}")), {Code::UnsupportedVirtualService}},
      {"where a patch may decide",
       guarded(without_selector("s") + to_cart("hosts: [s], "),
               "\n---\n{apiVersion: networking.istio.io/v1alpha3, kind: EnvoyFilter, metadata: {name: f, namespace: shop}, spec: {configPatches: [{applyTo: HTTP_FILTER, match: "
               "{context: "
               "SIDECAR_INBOUND}, patch: {operation: ADD, value: {name: envoy.filters.http.rbac}}}]}}\n"),
       {Code::UnsupportedVirtualService}},
      {"a route on a ServiceEntry", route("{group: networking.istio.io, kind: ServiceEntry, name: e, namespace: shop}"), {}},
      {"a route on a ServiceEntry that is not there", route("{group: networking.istio.io, kind: ServiceEntry, name: e}"), {Code::UnsupportedMeshRoute}},
      {"TLS of Istio's own", client_tls("ISTIO_MUTUAL"), {}},
      {"TLS of the client's", client_tls("SIMPLE"), {Code::UnsupportedDestinationRuleTls}},
      {"no TLS", client_tls("DISABLE"), {}},
      {"no TLS to pods that ask who calls", guarded(client_tls("DISABLE")), {Code::UnsupportedDestinationRuleTls}},
      {"no TLS to pods that ask for it", guarded(client_tls("DISABLE"), kStrict), {Code::UnsupportedDestinationRuleTls}},
      {"no TLS to what is not in the mesh", guarded(outside_the_mesh() + outside_tls("{mode: DISABLE}", "'*.old.svc.cluster.local'")), {}},
      {"no TLS to what may be in it", guarded(outside_tls("{mode: DISABLE}", "'*.old.svc.cluster.local'")), {Code::UnsupportedDestinationRuleTls}},
      {"no TLS to anything", guarded(outside_the_mesh() + outside_tls("{mode: DISABLE}", "'*.local'")), {Code::UnsupportedDestinationRuleTls}},
      {"TLS to a ServiceEntry", outside_tls("{mode: SIMPLE, sni: e.example}"), {}},
      {"with a client's file", outside_tls("{mode: SIMPLE, caCertificates: /etc/certs/ca.pem}"), {Code::UnsupportedDestinationRuleTls}},
      {"with a client's certificate", outside_tls("{mode: MUTUAL, credentialName: c}"), {Code::UnsupportedDestinationRuleTls}},
      {"no TLS to a ServiceEntry", guarded(outside_tls("{mode: DISABLE}")), {}},
      {"TLS to a ServiceEntry of a range",
       entry("f", "hosts: [f.example], addresses: [240.0.0.0/24], resolution: DNS") + outside_tls("{mode: SIMPLE}", "f.example"),
       {Code::UnsupportedDestinationRuleTls}},
  };
  for (const auto& c : cases) {
    const auto mesh = test::mesh_from_yaml(std::string(kMesh) + c.object);
    EXPECT_FALSE(mesh.diagnostics.has(Severity::Error)) << c.about;
    std::vector<Diagnostic> found;
    find_traffic_blockers(mesh.mesh, found);
    std::vector<Code> codes;
    for (const auto& diagnostic : found) {
      codes.push_back(diagnostic.code);
      EXPECT_EQ(fmt::format("{}", fmt::join(diagnostic.keeps, " ")), "shop web") << c.about;
    }
    EXPECT_EQ(codes, c.codes) << c.about;
  }
}

}  // namespace s2a::blockers_traffic_test
