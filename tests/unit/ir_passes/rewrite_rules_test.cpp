// One rule for the waypoint and for ztunnel: ports, markers, what ztunnel cannot be told. authorization.md 8.2, 8.3
#include <gtest/gtest.h>

#include "ir/passes/rewrite_rules.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a {
namespace {

using test::mesh_from_yaml;

const std::vector<std::string> kLocal{"cluster.local"};

Rule rule(const std::string& flow) {
  const auto mesh = mesh_from_yaml("apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: p, namespace: shop}\nspec: {rules: [" + flow + "]}\n");
  EXPECT_FALSE(mesh.diagnostics.has(Severity::Error)) << flow;
  return std::get<AuthorizationPolicy>(mesh->all(Kind::AuthorizationPolicy).front()->spec).rules.front();
}

Value written(const std::string& flow) { return to_value(std::vector{rule(flow)}); }
Value written(const std::optional<Rule>& r) { return r ? to_value(std::vector{*r}) : Value("nothing"); }

MappedPort port(std::uint16_t service, std::vector<std::optional<std::uint16_t>> containers) { return {.service_port = service, .container_ports = std::move(containers)}; }

struct Case {
  const char* before;
  AuthorizationAction action;
  const char* after;  ///< nullptr: nothing
};

void expect(const Case& c, const std::optional<Rule>& got) { EXPECT_EQ(written(got), c.after == nullptr ? Value("nothing") : written(std::string(c.after))) << c.before; }

TEST(WaypointRule, MapsContainerPortsToServicePorts) {
  // 80 leads to 8080 in both pods, 81 to 9090 in one of two, 82 to 8080 in the only pod that has it
  const std::vector ports{port(80, {8080, 8080}), port(81, {8080, 9090}), port(82, {8080, std::nullopt})};
  const auto allow = AuthorizationAction::Allow;
  const auto deny = AuthorizationAction::Deny;
  for (const Case& c : {
           Case{"{to: [{operation: {ports: ['8080']}}]}", allow, "{to: [{operation: {ports: ['80']}}]}"},
           Case{"{to: [{operation: {ports: ['8080']}}]}", deny, "{to: [{operation: {ports: ['80', '81', '82']}}]}"},
           Case{"{to: [{operation: {notPorts: ['9090']}}]}", allow, "{to: [{operation: {notPorts: ['81']}}]}"},
           Case{"{to: [{operation: {notPorts: ['8080']}}]}", deny, "{to: [{operation: {notPorts: ['80']}}]}"},
           Case{"{to: [{operation: {ports: ['7777']}}]}", allow, nullptr},
           Case{"{to: [{operation: {ports: ['7777']}}, {operation: {ports: ['8080']}}]}", allow, "{to: [{operation: {ports: ['80']}}]}"},
           Case{"{to: [{operation: {notPorts: ['7777']}}]}", deny, "{}"},
           Case{"{to: [{operation: {methods: [GET], notPorts: ['7777']}}]}", allow, "{to: [{operation: {methods: [GET]}}]}"},
           Case{"{from: [{source: {principals: [a]}}]}", allow, "{from: [{source: {principals: [a]}}]}"},
           Case{"{when: [{key: destination.port, values: ['8080']}]}", allow, "{when: [{key: destination.port, values: ['80']}]}"},
           Case{"{when: [{key: destination.port, values: ['7777']}]}", deny, nullptr},
           Case{"{when: [{key: destination.port, notValues: ['7777']}]}", deny, "{}"},
       })
    expect(c, waypoint_rule(rule(c.before), c.action, ports));
}

TEST(WaypointRule, AnAllowKeepsItsLayerSevenSoThatTcpStaysClosed) {
  const std::vector ports{port(80, {8080})};
  expect({"{to: [{operation: {methods: [GET], ports: ['9999']}}, {operation: {ports: ['8080']}}]}", AuthorizationAction::Allow,
          "{to: [{operation: {ports: ['80'], methods: ['*']}}]}"},
         waypoint_rule(rule("{to: [{operation: {methods: [GET], ports: ['9999']}}, {operation: {ports: ['8080']}}]}"), AuthorizationAction::Allow, ports));
}

TEST(ZtunnelRule, DropsAnAllowThatItCannotReadAndWidensADeny) {
  const auto allow = AuthorizationAction::Allow;
  const auto deny = AuthorizationAction::Deny;
  for (const Case& c : {
           Case{"{from: [{source: {principals: [a]}}], to: [{operation: {ports: ['8080']}}]}", allow,
                "{from: [{source: {principals: [a]}}], to: [{operation: {ports: ['8080']}}]}"},
           Case{"{from: [{source: {principals: [a]}}], to: [{operation: {methods: [GET]}}]}", allow, nullptr},
           Case{"{from: [{source: {namespaces: ['a*b']}}]}", allow, nullptr},
           Case{"{from: [{source: {principals: [a]}}], to: [{operation: {methods: [GET]}}]}", deny, "{from: [{source: {principals: [a]}}]}"},
           Case{"{to: [{operation: {methods: [GET], ports: ['8080']}}]}", deny, "{to: [{operation: {ports: ['8080']}}]}"},
           Case{"{to: [{operation: {methods: [GET]}}, {operation: {ports: ['8080']}}]}", deny, "{}"},
           Case{"{from: [{source: {namespaces: ['*dev*'], principals: [a]}}]}", deny, "{from: [{source: {principals: [a]}}]}"},
           Case{"{from: [{source: {namespaces: ['*dev*']}}]}", deny, "{}"},
           Case{"{when: [{key: 'request.headers[x]', values: [a]}]}", allow, nullptr},
           Case{"{when: [{key: source.namespace, values: ['*dev*']}]}", allow, nullptr},
           Case{"{when: [{key: 'request.headers[x]', values: [a]}, {key: source.namespace, values: [a]}]}", deny, "{when: [{key: source.namespace, values: [a]}]}"},
           Case{"{when: [{key: source.serviceAccount, values: [a/b]}]}", deny, "{}"},
       })
    expect(c, ztunnel_rule(rule(c.before), c.action, kLocal));
}

TEST(ZtunnelRule, WritesPrincipalsOutForItsOwnTrustDomain) {
  const auto of = [](const char* value) { return std::string("{from: [{source: {principals: ['") + value + "']}}]}"; };
  const std::vector<std::string> domains{"td1", "old-td"};
  const auto expanded = [&](const char* value) { return written(ztunnel_rule(rule(of(value)), AuthorizationAction::Allow, domains)); };
  EXPECT_EQ(expanded("cluster.local/ns/a/sa/b"), written(of("td1/ns/a/sa/b"))) << "the pointer to the mesh's own";
  EXPECT_EQ(expanded("old-td/ns/a/sa/b"), written(of("td1/ns/a/sa/b"))) << "an alias";
  EXPECT_EQ(expanded("foreign/ns/a/sa/b"), written(of("foreign/ns/a/sa/b")));
  EXPECT_EQ(expanded("cluster.local/ns/a/*"), written(of("cluster.local/ns/a/*"))) << "not five parts: istiod leaves it";
}

TEST(Spare, AddsACondition) {
  auto r = rule("{to: [{operation: {ports: ['80']}}]}");
  exempt_waypoints(r, {"cluster.local/ns/shop/sa/waypoint"});
  EXPECT_EQ(written(r), written("{to: [{operation: {ports: ['80']}}], when: [{key: source.principal, notValues: ['cluster.local/ns/shop/sa/waypoint']}]}"));
  auto same = rule("{}");
  exempt_waypoints(same, {});
  EXPECT_EQ(written(same), written("{}")) << "no waypoint, no condition";
}

TEST(QualifyServiceAccounts, NamesThePolicysOwnNamespace) {
  auto r = rule("{from: [{source: {serviceAccounts: [a, web/b], notServiceAccounts: [c]}}]}");
  qualify_service_accounts(r, "istio-system");
  EXPECT_EQ(written(r), written("{from: [{source: {serviceAccounts: [istio-system/a, web/b], notServiceAccounts: [istio-system/c]}}]}"));
}

}  // namespace
}  // namespace s2a
