// One rule as the waypoint in front of a Service has to read it. authorization.md 8.2
#include "ir/passes/rule_at_waypoint.h"

#include "tests/unit/ir_passes/rules.h"

namespace s2a::rule_at_waypoint_test {

using test::rule;
using test::written;

constexpr auto kAllow = AuthorizationAction::Allow;
constexpr auto kDeny = AuthorizationAction::Deny;

struct Case {
  const char* before;
  AuthorizationAction action;
  std::vector<std::string> after;
  bool exact = true;
};

void expect(const Case& c, const std::vector<FrontPort>& ports) {
  const auto got = rules_at_waypoint(rule(c.before), c.action, ports);
  EXPECT_EQ(to_value(got.rules), written(c.after)) << c.before;
  EXPECT_EQ(got.exact, c.exact) << c.before;
}

TEST(RulesAtWaypoint, MapContainerPortsToServicePorts) {
  // 80 leads to 8080 in both pods, 81 to 9090 in one of two, 82 to 8080 in the only pod that has it, 83 nowhere
  const std::vector<FrontPort> ports{{.service_port = 80, .container_ports = {8080, 8080}},
                                     {.service_port = 81, .container_ports = {8080, 9090}},
                                     {.service_port = 82, .container_ports = {8080}},
                                     {.service_port = 83, .container_ports = {}}};
  for (const auto& c : std::vector<Case>{
           {"{to: [{operation: {ports: ['8080']}}]}", kAllow, {"{to: [{operation: {ports: ['80', '82']}}]}"}, false},
           {"{to: [{operation: {ports: ['8080']}}]}", kDeny, {"{to: [{operation: {ports: ['80', '81', '82']}}]}"}, false},
           {"{to: [{operation: {notPorts: ['9090']}}]}", kAllow, {"{to: [{operation: {notPorts: ['81']}}]}"}, false},
           {"{to: [{operation: {notPorts: ['8080']}}]}", kDeny, {"{to: [{operation: {notPorts: ['80', '82']}}]}"}, false},
           {"{to: [{operation: {ports: ['7777']}}]}", kAllow, {}},
           {"{to: [{operation: {ports: ['7777']}}, {operation: {ports: ['8080']}}]}", kAllow, {"{to: [{operation: {ports: ['80', '82']}}]}"}, false},
           {"{to: [{operation: {notPorts: ['7777']}}]}", kDeny, {"{}"}},
           {"{to: [{operation: {methods: [GET], notPorts: ['7777']}}]}", kAllow, {"{to: [{operation: {methods: [GET]}}]}"}},
           {"{from: [{source: {principals: [a]}}]}", kAllow, {"{from: [{source: {principals: [a]}}]}"}},
           {"{when: [{key: destination.port, values: ['8080']}]}", kAllow, {"{when: [{key: destination.port, values: ['80', '82']}]}"}, false},
           {"{when: [{key: destination.port, values: ['7777']}]}", kDeny, {}},
           {"{when: [{key: destination.port, notValues: ['7777']}]}", kDeny, {"{}"}},
       })
    expect(c, ports);
}

TEST(RulesAtWaypoint, AnAllowKeepsItsLayerSevenSoThatTcpStaysClosed) {
  expect({"{to: [{operation: {methods: [GET], ports: ['9999']}}, {operation: {ports: ['8080']}}]}", kAllow, {"{to: [{operation: {ports: ['80'], methods: ['*']}}]}"}},
         {{.service_port = 80, .container_ports = {8080}}});
}

TEST(RulesAtWaypoint, AddressesAreNotSeenThere) {
  const std::vector<FrontPort> ports{{.service_port = 80, .container_ports = {8080}}};
  for (const auto& c : std::vector<Case>{
           {"{from: [{source: {ipBlocks: [10.0.0.1]}}, {source: {principals: [a]}}]}", kAllow, {"{from: [{source: {principals: [a]}}]}"}, false},
           {"{from: [{source: {notIpBlocks: [10.0.0.1]}}]}", kAllow, {}, false},
           {"{from: [{source: {ipBlocks: [10.0.0.1], principals: [a]}}]}", kDeny, {"{from: [{source: {principals: [a]}}]}"}, false},
           {"{from: [{source: {ipBlocks: [10.0.0.1]}}], to: [{operation: {methods: [GET]}}]}", kDeny, {"{to: [{operation: {methods: [GET]}}]}"}, false},
           {"{when: [{key: destination.ip, values: [10.0.0.1]}]}", kAllow, {}, false},
           {"{when: [{key: connection.sni, values: [a.b]}, {key: source.ip, notValues: [10.0.0.1]}]}", kDeny, {"{}"}, false},
           {"{from: [{source: {remoteIpBlocks: [10.0.0.1]}}]}", kAllow, {"{from: [{source: {remoteIpBlocks: [10.0.0.1]}}]}"}},
       })
    expect(c, ports);
}

TEST(RulesAtWaypoint, WhereOneSideReadsHttpAndTheOtherBytes) {
  const std::vector<FrontPort> ports{{.service_port = 80, .container_ports = {8080}},
                                     {.service_port = 81, .container_ports = {3306}, .raw_at_sidecar = true},
                                     {.service_port = 82, .container_ports = {9090}, .raw_at_waypoint = true}};
  for (const auto& c : std::vector<Case>{
           {"{to: [{operation: {methods: [GET]}}]}", kAllow, {"{to: [{operation: {methods: [GET]}}], when: [{key: destination.port, values: ['80', '82']}]}"}, false},
           {"{to: [{operation: {methods: [GET], ports: ['8080']}}]}", kAllow, {"{to: [{operation: {methods: [GET], ports: ['80']}}]}"}, false},
           {"{to: [{operation: {methods: [GET]}}]}", kDeny, {"{to: [{operation: {methods: [GET]}}]}", "{when: [{key: destination.port, values: ['81']}]}"}, false},
           {"{from: [{source: {remoteIpBlocks: [10.0.0.1]}}]}",
            kAllow,
            {"{from: [{source: {remoteIpBlocks: [10.0.0.1]}}], when: [{key: destination.port, values: ['80']}]}"},
            false},
           {"{from: [{source: {remoteIpBlocks: [10.0.0.1], principals: [a]}}]}",
            kDeny,
            {"{from: [{source: {remoteIpBlocks: [10.0.0.1], principals: [a]}}]}", "{from: [{source: {principals: [a]}}], when: [{key: destination.port, values: ['81', '82']}]}"},
            false},
           {"{from: [{source: {principals: [a]}}]}", kAllow, {"{from: [{source: {principals: [a]}}]}"}},
       })
    expect(c, ports);
}

}  // namespace s2a::rule_at_waypoint_test
