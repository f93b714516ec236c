// Which objects lead gateways to which Services. routing.md 5.1
#include "ir/routing/gateway_targets.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::test::gateway_targets_test {

constexpr std::string_view kServices = R"(
{apiVersion: v1, kind: Service, metadata: {name: a, namespace: shop}, spec: {selector: {app: a}, ports: [{name: http, port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: b, namespace: shop}, spec: {selector: {app: b}, ports: [{name: http, port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: a, namespace: far}, spec: {selector: {app: a}, ports: [{name: http, port: 80}]}}
---
{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: shop}, spec: {hosts: [e.example], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}}
---
)";

std::string virtual_service(std::string_view spec) {
  return fmt::format("{{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {{name: v, namespace: shop}}, spec: {}}}", spec);
}

std::string route(std::string_view kind, std::string_view parents, std::string_view backends) {
  const std::string_view version = kind == "HTTPRoute" || kind == "GRPCRoute" ? "v1" : "v1alpha2";
  return fmt::format("{{apiVersion: gateway.networking.k8s.io/{}, kind: {}, metadata: {{name: r, namespace: shop}}, spec: {{parentRefs: {}, rules: [{{backendRefs: {}}}]}}}}",
                     version, kind, parents, backends);
}

TEST(GatewayTargets, AreWhatGatewaysLeadTo) {
  const std::string gateway = "[{name: gw}]";
  const std::string backend = "[{name: a, port: 80}]";
  const struct {
    std::string_view about;
    std::string object;
    std::string_view targets;
  } cases[] = {
      {"the mesh alone", virtual_service("{hosts: [a], http: [{route: [{destination: {host: a}}]}]}"), ""},
      {"the mesh by name", virtual_service("{hosts: [a], gateways: [mesh], http: [{route: [{destination: {host: a}}]}]}"), ""},
      {"a gateway", virtual_service("{hosts: [h.example], gateways: [gw], http: [{route: [{destination: {host: a}}]}]}"), "shop/a"},
      {"a gateway and the mesh", virtual_service("{hosts: [h.example], gateways: [mesh, gw], http: [{route: [{destination: {host: a}}]}]}"), "shop/a"},
      {"all destinations", virtual_service("{hosts: [h.example], gateways: [gw], http: [{route: [{destination: {host: a}}, {destination: {host: b}, weight: 1}]}]}"),
       "shop/a shop/b"},
      {"mirrors", virtual_service("{hosts: [h.example], gateways: [gw], http: [{mirror: {host: b}, route: [{destination: {host: a}}]}]}"), "shop/a shop/b"},
      {"tcp", virtual_service("{hosts: [h.example], gateways: [gw], tcp: [{route: [{destination: {host: b}}]}]}"), "shop/b"},
      {"tls", virtual_service("{hosts: [h.example], gateways: [gw], tls: [{match: [{sniHosts: [h.example]}], route: [{destination: {host: b}}]}]}"), "shop/b"},
      {"a whole name", virtual_service("{hosts: [h.example], gateways: [gw], http: [{route: [{destination: {host: a.far.svc.cluster.local}}]}]}"), "far/a"},
      {"a delegate, whoever its root is", virtual_service("{http: [{route: [{destination: {host: b}}]}]}"), "shop/b"},
      {"a ServiceEntry", virtual_service("{hosts: [h.example], gateways: [gw], http: [{route: [{destination: {host: e.example}}]}]}"), "ServiceEntry shop/e"},
      {"nobody", virtual_service("{hosts: [h.example], gateways: [gw], http: [{route: [{destination: {host: nobody}}]}]}"), ""},
      {"a redirect", virtual_service("{hosts: [h.example], gateways: [gw], http: [{redirect: {uri: /x}}]}"), ""},
      {"an HTTPRoute on a Gateway", route("HTTPRoute", gateway, backend), "shop/a"},
      {"a GRPCRoute on a Gateway", route("GRPCRoute", gateway, backend), "shop/a"},
      {"a TCPRoute on a Gateway", route("TCPRoute", gateway, backend), "shop/a"},
      {"a TLSRoute on a Gateway", route("TLSRoute", gateway, backend), "shop/a"},
      {"an HTTPRoute of a Service", route("HTTPRoute", "[{group: '', kind: Service, name: b}]", backend), ""},
      {"of a ServiceEntry", route("HTTPRoute", "[{group: networking.istio.io, kind: ServiceEntry, name: e}]", backend), ""},
      {"of a Service and a Gateway", route("HTTPRoute", "[{group: '', kind: Service, name: b}, {name: gw}]", backend), "shop/a"},
      {"a backend elsewhere", route("HTTPRoute", gateway, "[{name: a, namespace: far, port: 80}]"), "far/a"},
      {"a backend that is no Service", route("HTTPRoute", gateway, "[{group: networking.istio.io, kind: Hostname, name: a, port: 80}]"), ""},
  };
  for (const auto& c : cases) {
    const auto mesh = mesh_from_yaml(std::string(kServices) + c.object);
    EXPECT_FALSE(mesh.diagnostics.has(Severity::Error)) << c.about;
    std::string found;
    for (const auto& to : gateway_targets(mesh.mesh, Hosts(mesh.mesh))) {
      const auto* service = std::get_if<ServiceId>(&to);
      found += (found.empty() ? "" : " ") +
               (service != nullptr ? fmt::format("{}/{}", mesh.mesh[*service].ns, mesh.mesh[*service].name) : mesh.mesh.store()[std::get<ResourceId>(to)].subject());
    }
    EXPECT_EQ(found, c.targets) << c.about;
  }
}

TEST(GatewayTargets, OfAMirrorInARoute) {
  const auto mesh =
      mesh_from_yaml(std::string(kServices) +
                     "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r, namespace: shop}, spec: {parentRefs: [{name: gw}], rules: [{filters: "
                     "[{type: RequestMirror, requestMirror: {backendRef: {name: b, port: 80}}}], backendRefs: [{name: a, port: 80}]}]}}");
  EXPECT_EQ(gateway_targets(mesh.mesh, Hosts(mesh.mesh)), (std::set<Dialled>{mesh.service("a"), mesh.service("b")}));
}

}  // namespace s2a::test::gateway_targets_test
