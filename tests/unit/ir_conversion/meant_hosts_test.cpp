// What hosts with a wildcard stand for, and who else speaks of a host. routing.md 1.1
#include "ir/conversion/meant_hosts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::meant_hosts_test {

std::string virtual_service(std::string_view name, std::string_view hosts, std::string_view more = "") {
  return fmt::format(
      "{{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {{name: {}, namespace: shop}}, spec: {{hosts: [{}], {}http: [{{route: [{{destination: {{host: "
      "cart}}}}]}}]}}}}\n---\n",
      name, hosts, more);
}

constexpr std::string_view kMesh = R"(
{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {ports: [{name: http, port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: items, namespace: shop}, spec: {ports: [{name: http, port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: web}, spec: {ports: [{name: http, port: 80}]}}
---
{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: web}, spec: {hosts: [e.example.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: DNS}}
---
)";

/// What the first host of the VirtualService `v` stands for, and who else speaks of the first of these.
std::string told(const std::string& objects) {
  const auto mesh = test::mesh_from_yaml(std::string(kMesh) + objects);
  EXPECT_FALSE(mesh.diagnostics.has(Severity::Error)) << objects;
  const Hosts hosts(mesh.mesh);
  for (const auto* resource : mesh.mesh.all(Kind::VirtualService)) {
    if (resource->name.value != "v") continue;
    std::vector<std::string> names;
    for (const auto& host : meant_hosts(mesh.mesh, hosts, *resource, std::get<VirtualService>(resource->spec).hosts.front())) names.push_back(host.value);
    const auto* other = rival(mesh.mesh, hosts, *resource, hosts.resolved(names.front(), "shop"));
    return fmt::format("{}{}", fmt::join(names, " "), other == nullptr ? "" : ", " + other->name.value);
  }
  return "none";
}

TEST(MeantHosts, AreTheOnesThatSidecarsFollowIt) {
  const auto wildcard = virtual_service("v", "'*.shop.svc.cluster.local'");
  EXPECT_EQ(told(virtual_service("v", "cart")), "cart");
  EXPECT_EQ(told(virtual_service("v", "a.example")), "a.example");
  EXPECT_EQ(told(wildcard), "cart.shop.svc.cluster.local items.shop.svc.cluster.local");
  EXPECT_EQ(told(wildcard + virtual_service("w", "cart")), "items.shop.svc.cluster.local");
  EXPECT_EQ(told(wildcard + virtual_service("w", "cart, items")), "*.shop.svc.cluster.local");
  EXPECT_EQ(told(wildcard + virtual_service("w", "'*.svc.cluster.local'")), "cart.shop.svc.cluster.local items.shop.svc.cluster.local");
  EXPECT_EQ(told(wildcard + virtual_service("w", "'*art.shop.svc.cluster.local'")), "items.shop.svc.cluster.local");
  EXPECT_EQ(told(wildcard + virtual_service("w", "cart", "gateways: [front], ")), "cart.shop.svc.cluster.local items.shop.svc.cluster.local");
  EXPECT_EQ(told(virtual_service("v", "'*.example.com'")), "e.example.com");
  EXPECT_EQ(told(virtual_service("v", "'*.org'")), "*.org");
}

TEST(MeantHosts, HaveRivalsThatAreAsClose) {
  EXPECT_EQ(told(virtual_service("v", "cart") + virtual_service("w", "cart.shop.svc.cluster.local")), "cart, w");
  EXPECT_EQ(told(virtual_service("v", "cart") + virtual_service("w", "'*.shop.svc.cluster.local'")), "cart");
  EXPECT_EQ(told(virtual_service("v", "'*.web.svc.cluster.local'") + virtual_service("w", "'*.web.svc.cluster.local'")), "web.web.svc.cluster.local, w");
  EXPECT_EQ(told(virtual_service("v", "cart") + virtual_service("w", "cart", "gateways: [front], ")), "cart");
}

}  // namespace s2a::meant_hosts_test
