// Services and DestinationRules of subsets. routing.md 4
#include "ir/conversion/subsets.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/unit/ir_conversion/shop.h"

namespace s2a::test::subsets_test {

std::string service(const std::string& name, const std::string& spec, const std::string& metadata = {}) {
  return fmt::format("{{apiVersion: v1, kind: Service, metadata: {{name: {}, namespace: shop{}}}, spec: {}}}\n---\n", name, metadata, spec);
}
std::string rule(const std::string& name, const std::string& spec) {
  return fmt::format("{{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {{name: {}, namespace: shop}}, spec: {}}}\n---\n", name, spec);
}
/// A DestinationRule for `cart` with a subset v1 and what else the two of them say.
std::string of_cart(const std::string& host, const std::string& subset) {
  return rule("cart", fmt::format("{{host: cart{}, subsets: [{{name: v1, labels: {{version: v1}}{}}}]}}", host, subset));
}

const std::string kCart = service("cart", "{selector: {app: cart}, ports: [{name: http, port: 80, targetPort: web}, {name: tcp, port: 90, appProtocol: grpc}]}",
                                  ", labels: {app: cart, istio.io/use-waypoint: w}, annotations: {networking.istio.io/exportTo: '*', other: x}");

struct Made {
  explicit Made(const std::string& documents) : mesh(shop(documents)), routing(mesh.mesh, {}), subsets(routing) {}

  [[nodiscard]] OrRefused<SubsetService> find(const std::string& name, const std::string& subset = "v1") const {
    return subsets.find(*routing.hosts.find(fmt::format("{}.shop.svc.cluster.local", name)), subset);
  }
  [[nodiscard]] OrRefused<SubsetObjects> objects(const std::string& subset = "v1") const { return subsets.objects({.service = mesh.service("cart"), .subset = subset}); }
  /// `spec` of the DestinationRule that is made; empty: none.
  [[nodiscard]] std::string policy() const {
    const auto made = objects();
    if (!made) return to_string(made.error());
    return made->destination_rule ? flow(std::get<Value::Map>(made->destination_rule->content).back().second) : "";
  }

  TestMesh mesh;
  RoutingContext routing;
  Subsets subsets;
};

TEST(Subsets, BecomeServices) {
  const Made made(kCart + of_cart("", ""));
  EXPECT_EQ(flow(made.objects()->service),
            "{apiVersion: v1, kind: Service, metadata: {name: cart-v1, namespace: shop, labels: {istio.io/use-waypoint: w}, annotations: {networking.istio.io/exportTo: *}}, spec: "
            "{type: "
            "ClusterIP, selector: {app: cart, version: v1}, ports: [{name: http, port: 80, targetPort: web, protocol: TCP}, {name: tcp, port: 90, targetPort: 90, protocol: TCP, "
            "appProtocol: grpc}]}}");
  EXPECT_EQ(made.policy(), "");
}

TEST(Subsets, WithoutLabelsAreTheServiceItself) {
  const Made made(kCart + rule("cart", "{host: cart, subsets: [{name: all}]}"));
  EXPECT_EQ(made.find("cart", "all")->name, "cart");
  EXPECT_TRUE(made.find("cart", "all")->exists);
}

TEST(Subsets, AreTheirServiceWhereThereIsOne) {
  const auto ports = ", ports: [{name: http, port: 80, targetPort: web}, {name: tcp, port: 90, appProtocol: grpc}]}";
  EXPECT_TRUE(Made(kCart + of_cart("", "") + service("cart-v1", std::string("{selector: {app: cart, version: v1}") + ports)).find("cart")->exists);
  for (const auto& other : {std::string("{selector: {app: cart}") + ports, std::string("{clusterIP: None, selector: {app: cart, version: v1}") + ports,
                            std::string("{selector: {app: cart, version: v1}, ports: [{name: http, port: 80, targetPort: web}]}")}) {
    const auto found = Made(kCart + of_cart("", "") + service("cart-v1", other)).find("cart");
    EXPECT_FALSE(found->exists) << other;
    EXPECT_TRUE(found->name.starts_with("cart-v1-")) << found->name;
  }
}

TEST(Subsets, HaveNamesThatNoOtherHas) {
  const Made made(service("a", "{selector: {app: a}, ports: [{name: http, port: 80}]}") + service("a-b", "{selector: {app: ab}, ports: [{name: http, port: 80}]}") +
                  rule("a", "{host: a, subsets: [{name: b-c, labels: {v: x}}, {name: V1, labels: {v: y}}]}") + rule("ab", "{host: a-b, subsets: [{name: c, labels: {v: z}}]}"));
  EXPECT_EQ(made.find("a", "V1")->name, "a-v1");
  EXPECT_TRUE(made.find("a", "b-c")->name.starts_with("a-b-c-"));
  EXPECT_TRUE(made.find("a-b", "c")->name.starts_with("a-b-c-"));
  EXPECT_NE(made.find("a", "b-c")->name, made.find("a-b", "c")->name);
  const std::string name(60, 'n');
  const Made longer(service(name, "{selector: {app: a}, ports: [{name: http, port: 80}]}") +
                    rule("n", fmt::format("{{host: {}, subsets: [{{name: green, labels: {{v: x}}}}]}}", name)));
  EXPECT_EQ(longer.find(name, "green")->name.size(), 63);
}

TEST(Subsets, AreAssumedOnlyWhereNoRuleIsKnown) {
  const Made made(kCart);
  EXPECT_TRUE(made.find("cart")->assumed);
  EXPECT_EQ(made.find("cart")->labels.at("version").value, "v1");
  EXPECT_EQ(Made(kCart + of_cart("", "")).find("cart", "v2").error().obstacle, Obstacle::UndefinedSubset);
}

TEST(Subsets, TakeTheirSettingsAlong) {
  const std::string host = "{host: cart-v1.shop.svc.cluster.local, trafficPolicy: ";
  EXPECT_EQ(Made(kCart + of_cart(", trafficPolicy: {loadBalancer: {simple: RANDOM}}", "")).policy(), host + "{loadBalancer: {simple: RANDOM}}}");
  EXPECT_EQ(Made(kCart + of_cart(", trafficPolicy: {loadBalancer: {simple: RANDOM}, tls: {mode: DISABLE}}", ", trafficPolicy: {loadBalancer: {simple: LEAST_REQUEST}}")).policy(),
            host + "{loadBalancer: {simple: LEAST_REQUEST}, tls: {mode: DISABLE}}}");
  EXPECT_EQ(Made(kCart + of_cart(", trafficPolicy: {loadBalancer: {simple: RANDOM}, portLevelSettings: [{port: {number: 90}, tls: {mode: DISABLE}}]}", "")).policy(),
            host + "{portLevelSettings: [{port: {number: 80}, loadBalancer: {simple: RANDOM}}, {port: {number: 90}, tls: {mode: DISABLE}}]}}");
  EXPECT_EQ(Made(kCart + of_cart(", exportTo: ['.'], trafficPolicy: {loadBalancer: {simple: RANDOM}}", "")).policy(), host + "{loadBalancer: {simple: RANDOM}}, exportTo: [.]}");
}

TEST(Subsets, AreKeptFromRulesOfMoreHosts) {
  const auto wide = rule("all", "{host: '*.shop.svc.cluster.local', trafficPolicy: {tls: {mode: SIMPLE}}}");
  EXPECT_EQ(Made(kCart + of_cart("", "") + wide).policy(), "{host: cart-v1.shop.svc.cluster.local}");
}

}  // namespace s2a::test::subsets_test
