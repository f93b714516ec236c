// Which pods a Service leads to, and which Services lead to a pod. authorization.md 4.6, 9.11; routing.md
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::deliveries_test {

using test::mesh_from_yaml;
using Ways = std::vector<std::string>;

constexpr std::string_view kMesh = R"(
apiVersion: v1
kind: Service
metadata: {name: a, namespace: shop}
spec: {selector: {app: a}, ports: [{name: http, port: 80, targetPort: 8080}, {name: tcp, port: 90, targetPort: 9090}, {name: any, port: 70}]}
---
apiVersion: v1
kind: Service
metadata: {name: b, namespace: shop}
spec: {selector: {app: b}, ports: [{name: http, port: 80, targetPort: web}, {name: udp, port: 53, protocol: UDP}]}
---
apiVersion: v1
kind: Service
metadata: {name: c, namespace: far}
spec: {selector: {app: c}, ports: [{name: http, port: 8000}]}
---
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop, labels: {app: a}}
spec: {containers: [{name: app, image: app}]}
---
apiVersion: v1
kind: Pod
metadata: {name: b, namespace: shop, labels: {app: b}}
spec: {containers: [{name: app, image: app, ports: [{name: web, containerPort: 8081}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: c, namespace: far, labels: {app: c}}
spec: {containers: [{name: app, image: app}]}
)";

const Ways kHttp{"80 a:8080"};
const Ways kTcp{"90 a:9090"};
const Ways kAny{"70 a:70"};

std::string route(std::string_view kind, std::string_view parent, std::string_view rules, std::string_view ns = "shop", std::string_view more = "") {
  return fmt::format("---\napiVersion: gateway.networking.k8s.io/v1\nkind: {}\nmetadata: {{name: r, namespace: {}}}\nspec: {{parentRefs: [{}], {}rules: [{}]}}\n", kind, ns, parent,
                     more, rules);
}

constexpr std::string_view kA = "{kind: Service, group: '', name: a}";
constexpr std::string_view kA80 = "{kind: Service, group: '', name: a, port: 80}";
constexpr std::string_view kToB = "{backendRefs: [{name: b, port: 80}]}";

struct Case {
  std::string_view about;
  std::string route;
  std::vector<Ways> reach;  ///< of Service a: port, pod and the pod's port
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.about; }

const Case kCases[] = {
    {"no route", "", {kAny, kHttp, kTcp}},
    {"HTTP goes to b, on a port that is sniffed as well", route("HTTPRoute", kA, kToB), {{"70 a:70", "70 b:8081", "80 b:8081"}, kTcp}},
    {"on one port", route("HTTPRoute", kA80, kToB), {kAny, {"80 b:8081"}, kTcp}},
    {"gRPC", route("GRPCRoute", kA80, kToB), {kAny, {"80 b:8081"}, kTcp}},
    {"the route lists itself",
     route("HTTPRoute", kA80, "{backendRefs: [{name: a, port: 80, weight: 9}, {name: b, port: 80, weight: 1}]}"),
     {kAny, {"80 a:8080", "80 b:8081"}, kTcp}},
    {"in another rule",
     route("HTTPRoute", kA80, "{matches: [{path: {value: /x}}], backendRefs: [{name: b, port: 80}]}, {backendRefs: [{name: a, port: 80}]}"),
     {kAny, {"80 a:8080", "80 b:8081"}, kTcp}},
    {"a mirror gets it too",
     route("HTTPRoute", kA80, "{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: b, port: 80}}}], backendRefs: [{name: a, port: 80}]}"),
     {kAny, {"80 a:8080", "80 b:8081"}, kTcp}},
    {"a redirect leads nowhere", route("HTTPRoute", kA80, "{filters: [{type: RequestRedirect, requestRedirect: {hostname: x.example}}]}"), {kAny, kTcp}},
    {"nothing leads nowhere", route("HTTPRoute", kA80, "{matches: [{path: {value: /x}}]}"), {kAny, kTcp}},
    {"another kind of backend leads nowhere", route("HTTPRoute", kA80, "{backendRefs: [{group: x.example, kind: Bucket, name: b}]}"), {kAny, kTcp}},
    {"by host name",
     route("HTTPRoute", kA80, "{backendRefs: [{group: networking.istio.io, kind: Hostname, name: b.shop.svc.cluster.local, port: 80}]}"),
     {kAny, {"80 b:8081"}, kTcp}},
    {"another namespace needs no grant in a mesh", route("HTTPRoute", kA80, "{backendRefs: [{name: c, namespace: far, port: 8000}]}"), {kAny, {"80 c:8000"}, kTcp}},
    {"a port that the Service has not", route("HTTPRoute", kA80, "{backendRefs: [{name: b, port: 81}]}"), {kAny, kTcp}},
    {"a port that the parent has not", route("HTTPRoute", "{kind: Service, group: '', name: a, port: 81}", kToB), {kAny, kHttp, kTcp}},
    {"TCP", route("TCPRoute", kA, kToB), {{"70 a:70", "70 b:8081"}, kHttp, {"90 b:8081"}}},
    {"TLS by server name", route("TLSRoute", kA, kToB, "shop", "hostnames: [a.shop.svc.cluster.local], "), {{"70 a:70", "70 b:8081"}, kHttp, {"90 a:9090", "90 b:8081"}}},
    {"HTTP and TCP together", route("HTTPRoute", kA, kToB) + route("TCPRoute", kA, kToB), {{"70 b:8081"}, {"80 b:8081"}, {"90 b:8081"}}},
    {"of a gateway", route("HTTPRoute", "{name: a}", kToB), {kAny, kHttp, kTcp}},
    {"of a consumer", route("HTTPRoute", "{kind: Service, group: '', name: a, namespace: shop}", "{backendRefs: [{name: c, port: 8000}]}", "far"), {kAny, kHttp, kTcp}},
    {"a backend without a port: istiod drops the route", route("HTTPRoute", kA80, "{backendRefs: [{name: b}]}"), {kAny, kHttp, kTcp}},
    {"a filter that it does not know",
     route("HTTPRoute", kA80, "{filters: [{type: ExtensionRef, extensionRef: {group: x, kind: Y, name: z}}], backendRefs: [{name: b, port: 80}]}"),
     {kAny, kHttp, kTcp}},
    {"a filter that a backend cannot have",
     route("HTTPRoute", kA80, "{backendRefs: [{name: b, port: 80, filters: [{type: URLRewrite, urlRewrite: {hostname: x}}]}]}"),
     {kAny, kHttp, kTcp}},
};

class Reach : public testing::TestWithParam<Case> {};

TEST_P(Reach, OfAService) {
  const auto& c = GetParam();
  const auto mesh = mesh_from_yaml(std::string(kMesh) + c.route);
  Ways found;
  for (const auto& way : mesh->reach(mesh.service("a"))) found.push_back(fmt::format("{} {}:{}", way.service_port, (*mesh)[way.workload].name, way.container_port));
  Ways expected;
  for (const auto& ways : c.reach) expected.insert(expected.end(), ways.begin(), ways.end());
  EXPECT_EQ(found, expected);
}

INSTANTIATE_TEST_SUITE_P(All, Reach, testing::ValuesIn(kCases));

TEST(Fronts, AreTheServicesThatLeadToAPod) {
  const auto mesh = mesh_from_yaml(std::string(kMesh) + route("HTTPRoute", kA80, kToB));
  const auto fronts = [&](std::string_view pod) {
    Ways out;
    for (const auto& way : mesh->fronts(mesh.workload(pod))) out.push_back(fmt::format("{}:{} -> {}", (*mesh)[way.service].name, way.service_port, way.container_port));
    return out;
  };
  EXPECT_EQ(fronts("a"), (Ways{"a:70 -> 70", "a:90 -> 9090"}));
  EXPECT_EQ(fronts("b"), (Ways{"a:80 -> 8081", "b:80 -> 8081"}));
  EXPECT_EQ(fronts("c"), (Ways{"c:8000 -> 8000"}));
}

TEST(Fronts, RoutesOfTheWaypointsNamespaceCount) {
  const auto waypoint =
      "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: waypoint, namespace: far}\nspec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, "
      "port: 15008, protocol: HBONE, allowedRoutes: {namespaces: {from: All}}}]}\n---\napiVersion: v1\nkind: Namespace\n"
      "metadata: {name: shop, labels: {istio.io/use-waypoint: waypoint, istio.io/use-waypoint-namespace: far}}\n";
  const auto mesh = mesh_from_yaml(std::string(kMesh) + waypoint +
                                   route("HTTPRoute", "{kind: Service, group: '', name: a, namespace: shop, port: 80}", "{backendRefs: [{name: c, port: 8000}]}", "far"));
  EXPECT_EQ(mesh->fronts(mesh.workload("c")).size(), 2U);
}

}  // namespace s2a::deliveries_test
