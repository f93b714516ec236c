// What is written where a VirtualService stays and its waypoint would not follow it as it stands. routing.md 1.3, 5.3
#include "ir/passes/amend_virtual_service.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "backend/edit/emit.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::amend_virtual_service_test {

constexpr std::string_view kMesh = R"(
{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {selector: {app: cart}, ports: [{name: http, port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: old, namespace: shop}, spec: {selector: {app: old}, ports: [{name: http, port: 8000}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: two, namespace: shop}, spec: {selector: {app: two}, ports: [{name: http, port: 80}, {name: more, port: 81}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: orders, namespace: sales}, spec: {selector: {app: orders}, ports: [{name: http, port: 80}]}}
---
)";

/// What is amended, as text; empty: nothing.
std::string amended_text(std::string_view ns, std::string_view spec, std::string_view more = "") {
  const auto mesh =
      test::mesh_from_yaml(fmt::format("{}{}{{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {{name: v, namespace: {}}}, spec: {}}}", kMesh, more, ns, spec));
  EXPECT_FALSE(mesh.diagnostics.has(Severity::Error)) << spec;
  const RoutingContext routing(mesh.mesh, mesh.mesh.istio());
  const auto out = amended(*mesh.mesh.all(Kind::VirtualService).back(), routing);
  return out ? to_yaml(out->value) : "";
}

constexpr std::string_view kHead = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: v\n  namespace: shop\n";

TEST(Amended, MovesToItsServiceWithNamesInFull) {
  EXPECT_EQ(
      amended_text("web",
                   "{hosts: [cart.shop.svc.cluster.local], http: [{route: [{destination: {host: mine, subset: v1}}, {destination: {host: a.example}, weight: 1}], mirror: {host: "
                   "copy}}, {route: [{destination: {host: mine}}], mirrors: [{destination: {host: other}}]}], tcp: [{route: [{destination: {host: mine}}]}]}"),
      std::string(kHead) + R"(spec:
  hosts:
  - cart.shop.svc.cluster.local
  http:
  - route:
    - destination:
        host: mine.web.svc.cluster.local
        subset: v1
    - destination:
        host: a.example
      weight: 1
    mirror:
      host: copy.web.svc.cluster.local
  - route:
    - destination:
        host: mine.web.svc.cluster.local
    mirrors:
    - destination:
        host: other.web.svc.cluster.local
  tcp:
  - route:
    - destination:
        host: mine.web.svc.cluster.local
)");
}

TEST(Amended, WritesThePortThatWasCalled) {
  EXPECT_EQ(amended_text("shop", "{hosts: [cart], http: [{route: [{destination: {host: old}}]}]}"), std::string(kHead) + R"(spec:
  hosts:
  - cart
  http:
  - route:
    - destination:
        host: old
        port:
          number: 80
)");
}

TEST(Amended, LeavesWhatWaypointsFollowOrMustNot) {
  constexpr std::string_view kToCart = "http: [{route: [{destination: {host: cart.shop.svc.cluster.local}}]}]";
  const auto nothing = [&](std::string_view about, std::string_view ns, const std::string& spec, std::string_view more = "") {
    EXPECT_EQ(amended_text(ns, spec, more), "") << about;
  };
  nothing("a port that is there", "shop", "{hosts: [cart], http: [{route: [{destination: {host: cart}}]}]}");
  nothing("a port that is written", "shop", "{hosts: [cart], http: [{route: [{destination: {host: old, port: {number: 8000}}}]}]}");
  nothing("a host of several ports", "shop", "{hosts: [two], http: [{route: [{destination: {host: old}}]}]}");
  nothing("a destination of several ports", "shop", "{hosts: [old], http: [{route: [{destination: {host: two}}]}]}");
  nothing("hosts in two namespaces", "web", fmt::format("{{hosts: [cart.shop.svc.cluster.local, orders.sales.svc.cluster.local], {}}}", kToCart));
  nothing("an unknown host", "web", fmt::format("{{hosts: [a.example], {}}}", kToCart));
  nothing("what gateways read", "web", fmt::format("{{hosts: [cart.shop.svc.cluster.local], gateways: [mesh, front], {}}}", kToCart));
  nothing("what is for one namespace", "web", fmt::format("{{hosts: [cart.shop.svc.cluster.local], exportTo: [web], {}}}", kToCart));
  nothing("what includes others", "web", "{hosts: [cart.shop.svc.cluster.local], http: [{delegate: {name: d}}]}");
  nothing("a delegate", "web", fmt::format("{{{}}}", kToCart));
  nothing("what somebody else speaks of, too", "web", fmt::format("{{hosts: [cart.shop.svc.cluster.local], {}}}", kToCart),
          "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: a, namespace: shop}, spec: {hosts: [cart], http: [{route: [{destination: {host: "
          "cart}}]}]}}\n---\n");
}

}  // namespace s2a::amend_virtual_service_test
