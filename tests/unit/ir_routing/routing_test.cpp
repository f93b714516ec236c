// Which objects apply where, what they lead to, and what differs by release.
#include "ir/routing/routing.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ir/table/path.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::test::routing_test {

constexpr std::string_view kBase = R"(
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio.io/use-waypoint: waypoint}}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: waypoint, namespace: shop}, spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: reviews, namespace: shop}, spec: {selector: {app: reviews}, ports: [{name: http, port: 80, targetPort: 9080}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: one, namespace: shop, labels: {app: reviews, version: v1}}, spec: {containers: [{name: c, image: i}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: two, namespace: shop, labels: {app: reviews, version: v2}}, spec: {containers: [{name: c, image: i}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: curl, namespace: web, labels: {app: curl}}, spec: {containers: [{name: c, image: i}]}}
---
{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: reviews, namespace: shop}, spec: {host: reviews, subsets: [{name: v1, labels: {version: v1}}, {name: far, labels: {topology.kubernetes.io/zone: a}}]}}
---
)";

struct World {
  explicit World(const std::string& objects, IstioRelease release = {}) : mesh(mesh_from_yaml(std::string(kBase) + objects, {.istio = release})), routing(mesh.mesh) {}

  [[nodiscard]] std::optional<Table> at_sidecar() const {
    return routing.at_sidecar(routing_proxy(mesh.mesh[mesh.workload("curl")]), *routing.hosts().find(mesh.service("reviews")), 80, Chain::Http);
  }
  [[nodiscard]] std::optional<Table> at_waypoint() const { return routing.at_waypoint(mesh->waypoints().front(), *routing.hosts().find(mesh.service("reviews")), 80, Chain::Http); }
  [[nodiscard]] std::string outbound(const std::string& host) const {
    const auto table = routing.outbound(routing_proxy(mesh.mesh[mesh.workload("curl")]), 80);
    const auto step = evaluate(Engine::Sidecar, table, {{Attribute::Host, {host}}, {Attribute::Path, {"/"}}, {Attribute::Method, {"GET"}}});
    return step.action ? step.action->destinations.front().cluster.service : "";
  }

  TestMesh mesh;
  Routing routing;
};

std::string virtual_service(const std::string& name, const std::string& rest) {
  return fmt::format("{{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {{name: {}, namespace: shop}}, spec: {}}}\n---\n", name, rest);
}

std::string http_route(const std::string& rules) {
  return fmt::format(
      "{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: r, namespace: shop}}, spec: {{parentRefs: [{{group: '', kind: Service, name: reviews}}], "
      "rules: {}}}}}\n---\n",
      rules);
}

Outcome outcome(const Table& table, const std::string& path) {
  return evaluate(Engine::Sidecar, table, {{Attribute::Path, {path}}, {Attribute::Method, {"GET"}}, {Attribute::Host, {"reviews"}}}).outcome;
}

TEST(Routing, WithoutObjectsSaysNothing) {
  const World world("");
  EXPECT_FALSE(world.at_sidecar());
  EXPECT_FALSE(world.at_waypoint());
}

TEST(Routing, LeadsToEndpoints) {
  const World world(virtual_service("v", "{hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: v1}}]}]}"));
  const auto table = *world.at_sidecar();
  const auto& to = table.actions.front().destinations.front();
  EXPECT_EQ(to.cluster, (Cluster{.service = "shop/reviews", .subset = "v1", .port = 80}));
  EXPECT_EQ(to.endpoints.pods, (std::vector{std::pair(world.mesh.workload("one"), std::uint16_t{9080})}));
  EXPECT_TRUE(to.endpoints.known);
}

TEST(Routing, DoesNotKnowTheLabelsThatIstiodGives) {
  const World world(virtual_service("v", "{hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: far}}]}]}"));
  EXPECT_FALSE(world.at_sidecar()->actions.front().destinations.front().endpoints.known);
}

TEST(Routing, WhereRoutesExistAndNoneMatchesIsNotFound) {
  const World world(virtual_service("v", "{hosts: [reviews], http: [{match: [{uri: {prefix: /a}}], route: [{destination: {host: reviews}}]}]}"));
  EXPECT_EQ(outcome(*world.at_sidecar(), "/a"), Outcome::Allow);
  EXPECT_EQ(outcome(*world.at_sidecar(), "/b"), Outcome::NotFound);
  EXPECT_EQ(outcome(*world.at_sidecar(), "*"), Outcome::NotFound) << "OPTIONS *";
}

TEST(Routing, RowsSayWhoWroteThem) {
  const World world(virtual_service("v", "{hosts: [reviews], http: [{match: [{uri: {prefix: /a}}], route: [{destination: {host: reviews}}]}]}"));
  const auto table = *world.at_sidecar();
  EXPECT_EQ(world.mesh->store()[*table.rows.back().origin.resource].subject(), "VirtualService shop/v");
}

TEST(Routing, TheHostPicksTheVirtualHost) {
  const World world(virtual_service("v", "{hosts: [api.example.com, '*.wild.example'], http: [{route: [{destination: {host: reviews}}]}]}"));
  EXPECT_EQ(world.outbound("REVIEWS.shop:8080"), "shop/reviews");
  EXPECT_EQ(world.outbound("api.example.com"), "shop/reviews") << "a host that only a VirtualService knows";
  EXPECT_EQ(world.outbound("a.wild.example"), "shop/reviews");
  EXPECT_EQ(world.outbound("reviews"), "passthrough") << "short names are of one's own namespace";
}

TEST(Release, TakesTheFirstObjectOnlyAtOldWaypoints) {
  const auto objects = virtual_service("a", "{hosts: [reviews], http: [{match: [{uri: {prefix: /a}}], route: [{destination: {host: reviews}}]}]}") +
                       virtual_service("b", "{hosts: [reviews], http: [{route: [{destination: {host: reviews}}]}]}");
  EXPECT_EQ(outcome(*World(objects).at_waypoint(), "/b"), Outcome::Allow);
  EXPECT_EQ(outcome(*World(objects, {.minor = 29, .patch = 1}).at_waypoint(), "/b"), Outcome::NotFound);
  EXPECT_EQ(outcome(*World(objects, {.minor = 28, .patch = 6}).at_waypoint(), "/b"), Outcome::Allow);
}

TEST(Release, AnswersRulesWithoutBackends) {
  const auto objects = http_route("[{backendRefs: []}]");
  EXPECT_EQ(World(objects).at_waypoint()->actions.front().direct->status, 500);
  EXPECT_EQ(World(objects, {.minor = 30}).at_waypoint()->actions.front().direct->status, 404);
}

TEST(Release, ReadsWildcardsOfCorsSince130) {
  const auto objects = http_route("[{filters: [{type: CORS, cors: {allowOrigins: ['https://*.a.example']}}], backendRefs: [{name: reviews, port: 80}]}]");
  EXPECT_EQ(World(objects).at_waypoint()->actions.front().cors->origins.front().kind, StringMatch::Kind::Regex);
  EXPECT_EQ(World(objects, {.minor = 29}).at_waypoint()->actions.front().cors->origins.front().kind, StringMatch::Kind::Exact);
}

}  // namespace s2a::test::routing_test
