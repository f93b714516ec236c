// One rule as ztunnel can be told it. authorization.md 8.3
#include "ir/passes/rule_at_ztunnel.h"

#include "tests/unit/ir_passes/rules.h"

namespace s2a::rule_at_ztunnel_test {

using test::rule;
using test::written;

constexpr auto kAllow = AuthorizationAction::Allow;
constexpr auto kDeny = AuthorizationAction::Deny;

struct Case {
  const char* before;
  AuthorizationAction action;
  const char* after;  ///< nullptr: nothing
  bool exact = true;
  const char* more = nullptr;  ///< a second rule
};

void expect(const Case& c, const ZtunnelScope& scope) {
  const auto got = rules_at_ztunnel(rule(c.before), c.action, scope);
  std::vector<std::string> wanted;
  for (const auto* text : {c.after, c.more})
    if (text != nullptr) wanted.emplace_back(text);
  EXPECT_EQ(to_value(got.rules), written(wanted)) << c.before;
  EXPECT_EQ(got.exact, c.exact) << c.before;
}

TEST(RuleAtZtunnel, KeepsLayerFour) {
  const ZtunnelScope scope{.ns = "shop", .domains = {"cluster.local"}, .http_ports = {}};
  for (const Case& c : {
           Case{"{from: [{source: {principals: [a]}}], to: [{operation: {ports: ['8080']}}]}", kAllow,
                "{from: [{source: {principals: [a]}}], to: [{operation: {ports: ['8080']}}]}"},
           Case{"{from: [{source: {ipBlocks: [10.0.0.0/8]}}]}", kAllow, "{from: [{source: {ipBlocks: [10.0.0.0/8]}}]}"},
           Case{"{from: [{source: {namespaces: ['a*', '*b', '*', c]}}]}", kAllow, "{from: [{source: {namespaces: ['a*', '*b', '*', c]}}]}"},
           Case{"{when: [{key: source.ip, values: [10.0.0.1]}, {key: destination.ip, notValues: [10.0.0.2]}]}", kDeny,
                "{when: [{key: source.ip, values: [10.0.0.1]}, {key: destination.ip, notValues: [10.0.0.2]}]}"},
           Case{"{when: [{key: source.serviceAccount, values: [x/evil, own]}]}", kDeny,
                "{when: [{key: source.principal, values: [cluster.local/ns/x/sa/evil, cluster.local/ns/shop/sa/own]}]}"},
           Case{"{from: [{source: {serviceAccounts: [own]}}]}", kAllow, "{from: [{source: {serviceAccounts: [own]}}]}"},
       })
    expect(c, scope);
}

TEST(RuleAtZtunnel, AnAllowLosesAlternativesAndADenyConstraints) {
  const ZtunnelScope scope{.ns = "shop", .domains = {"cluster.local"}, .http_ports = {}};
  for (const Case& c : {
           Case{"{from: [{source: {principals: [a]}}], to: [{operation: {methods: [GET]}}]}", kAllow, nullptr, false},
           Case{"{from: [{source: {namespaces: ['a*b']}}]}", kAllow, nullptr, false},
           Case{"{from: [{source: {namespaces: ['a*b', c]}}]}", kAllow, "{from: [{source: {namespaces: [c]}}]}", false},
           Case{"{from: [{source: {notNamespaces: ['a*b', c]}}]}", kAllow, nullptr, false},
           Case{"{from: [{source: {notNamespaces: ['a*b', c]}}]}", kDeny, "{from: [{source: {notNamespaces: [c]}}]}", false},
           Case{"{from: [{source: {notNamespaces: ['a*b']}}]}", kDeny, "{}", false},
           Case{"{from: [{source: {namespaces: ['*sa']}}]}", kDeny, "{}", false},
           Case{"{from: [{source: {principals: [a]}}, {source: {remoteIpBlocks: [10.0.0.1]}}]}", kAllow, "{from: [{source: {principals: [a]}}]}", false},
           Case{"{from: [{source: {ipBlocks: ['::ffff:10.0.0.0/104']}}]}", kAllow, nullptr, false},
           Case{"{from: [{source: {principals: [a]}}], to: [{operation: {methods: [GET]}}]}", kDeny, "{from: [{source: {principals: [a]}}]}", false},
           Case{"{to: [{operation: {methods: [GET], ports: ['8080']}}]}", kDeny, "{to: [{operation: {ports: ['8080']}}]}", false},
           Case{"{to: [{operation: {methods: [GET]}}, {operation: {ports: ['8080']}}]}", kDeny, "{}", false},
           Case{"{from: [{source: {namespaces: ['*dev*'], principals: [a]}}]}", kDeny, "{from: [{source: {principals: [a]}}]}", false},
           Case{"{from: [{source: {requestPrincipals: ['*'], principals: [a]}}]}", kDeny, "{from: [{source: {principals: [a]}}]}", false},
           Case{"{when: [{key: 'request.headers[x]', values: [a]}]}", kAllow, nullptr, false},
           Case{"{when: [{key: source.namespace, values: ['*dev*']}]}", kAllow, nullptr, false},
           Case{"{when: [{key: 'request.headers[x]', values: [a]}, {key: source.namespace, values: [a]}]}", kDeny, "{when: [{key: source.namespace, values: [a]}]}", false},
           Case{"{to: [{operation: {paths: [/x]}}]}", AuthorizationAction::Custom, "{}", false},
       })
    expect(c, scope);
}

TEST(RuleAtZtunnel, WhatIsLeftOfAnAllowOnHttpHoldsOnHttpPortsOnly) {
  const ZtunnelScope scope{.ns = "shop", .domains = {"cluster.local"}, .http_ports = {8080, 8081}};
  const auto* ports = "{from: [{source: {principals: [a]}}], when: [{key: destination.port, values: ['8080', '8081']}]}";
  expect({"{from: [{source: {principals: [a]}}, {source: {requestPrincipals: ['*']}}]}", kAllow, ports, false}, scope);
  expect({"{from: [{source: {principals: [a]}}], to: [{operation: {ports: ['8080']}}, {operation: {methods: [GET]}}]}", kAllow,
          "{from: [{source: {principals: [a]}}], to: [{operation: {ports: ['8080']}}], when: [{key: destination.port, values: ['8080', '8081']}]}", false},
         scope);
}

TEST(RuleAtZtunnel, WritesPrincipalsOutForItsOwnTrustDomain) {
  const ZtunnelScope scope{.ns = "shop", .domains = {"td1", "old-td"}, .http_ports = {}};
  const auto of = [](const std::string& value) { return "{from: [{source: {principals: ['" + value + "']}}]}"; };
  const auto expect_principal = [&](const char* before, const char* after) { expect({of(before).c_str(), kAllow, of(after).c_str()}, scope); };
  expect_principal("cluster.local/ns/a/sa/b", "td1/ns/a/sa/b");
  expect_principal("old-td/ns/a/sa/b", "td1/ns/a/sa/b");
  expect_principal("foreign/ns/a/sa/b", "foreign/ns/a/sa/b");
  expect_principal("cluster.local/ns/a/*", "cluster.local/ns/a/*");  // not five parts: istiod leaves it
  expect_principal("old-td/*", "old-td/*");                          // nobody at ztunnel; an empty list would be everybody
}

TEST(RuleAtZtunnel, TrustDomainsArePrincipalsThere) {
  const ZtunnelScope scope{.ns = "shop", .domains = {"td1", "old-td"}, .http_ports = {}};
  for (const Case& c : {
           Case{"{from: [{source: {trustDomains: [td1]}}]}", kAllow, "{from: [{source: {principals: ['td1/*']}}]}"},
           Case{"{from: [{source: {trustDomains: [old-td], namespaces: [a]}}]}", kAllow, "{from: [{source: {namespaces: [a]}}]}"},
           Case{"{from: [{source: {trustDomains: [foreign], namespaces: [a]}}]}", kAllow, nullptr},
           Case{"{from: [{source: {trustDomains: [td1], notServiceAccounts: [a, b/c]}}]}", kAllow,
                "{from: [{source: {principals: ['td1/*'], notPrincipals: [td1/ns/shop/sa/a, td1/ns/b/sa/c]}}]}"},
           Case{"{from: [{source: {notTrustDomains: [foreign], namespaces: [a]}}]}", kDeny, "{from: [{source: {namespaces: [a]}}]}"},
           Case{"{from: [{source: {notTrustDomains: ['td*']}}]}", kDeny, "{from: [{source: {notPrincipals: ['*']}}]}"},
           Case{"{when: [{key: source.trustDomain, values: [td1]}]}", kAllow, "{when: [{key: source.principal, values: ['td1/*']}]}"},
           Case{"{when: [{key: source.trustDomain, notValues: [foreign]}]}", kAllow, "{}"},
       })
    expect(c, scope);
}

TEST(ExemptWaypoints, AddsAConditionWhereARuleWouldMeetThem) {
  const std::vector<std::string> waypoint{"cluster.local/ns/shop/sa/waypoint"};
  const auto exempted = [&](const char* flow) {
    auto r = rule(flow);
    exempt_waypoints(r, waypoint);
    return to_value(std::vector{r});
  };
  EXPECT_EQ(exempted("{to: [{operation: {ports: ['80']}}]}"),
            written({"{to: [{operation: {ports: ['80']}}], when: [{key: source.principal, notValues: ['cluster.local/ns/shop/sa/waypoint']}]}"}));
  EXPECT_EQ(exempted("{from: [{source: {namespaces: [shop]}}]}"),
            written({"{from: [{source: {namespaces: [shop]}}], when: [{key: source.principal, notValues: ['cluster.local/ns/shop/sa/waypoint']}]}"}));
  EXPECT_EQ(exempted("{from: [{source: {namespaces: [dev]}}]}"), written({"{from: [{source: {namespaces: [dev]}}]}"}));
  auto same = rule("{}");
  EXPECT_FALSE(exempt_waypoints(same, {})) << "no waypoint, no condition";
}

TEST(QualifyServiceAccounts, NamesThePolicysOwnNamespace) {
  auto r = rule("{from: [{source: {serviceAccounts: [a, web/b], notServiceAccounts: [c]}}]}");
  qualify_service_accounts(r, "istio-system");
  EXPECT_EQ(to_value(std::vector{r}), written({"{from: [{source: {serviceAccounts: [istio-system/a, web/b], notServiceAccounts: [istio-system/c]}}]}"}));
}

// A forwarded address is the caller's own where only bytes come.
TEST(RuleAtZtunnel, ReadsForwardedAddressesOfBytes) {
  const ZtunnelScope scope{.ns = "shop", .domains = {"cluster.local"}, .http_ports = {8080}, .byte_ports = {9000}};
  for (const Case& c : {
           Case{"{from: [{source: {remoteIpBlocks: [10.0.0.1]}}]}", kAllow, "{from: [{source: {ipBlocks: [10.0.0.1]}}], when: [{key: destination.port, values: ['9000']}]}", false},
           Case{"{from: [{source: {principals: [a]}}, {source: {remoteIpBlocks: [10.0.0.1]}}]}", kAllow, "{from: [{source: {principals: [a]}}]}", false,
                "{from: [{source: {ipBlocks: [10.0.0.1]}}], when: [{key: destination.port, values: ['9000']}]}"},
           Case{"{from: [{source: {remoteIpBlocks: [10.0.0.1], ipBlocks: [10.0.0.2]}}]}", kAllow, nullptr, false},
           Case{"{from: [{source: {remoteIpBlocks: [10.0.0.1]}}], to: [{operation: {methods: [GET]}}]}", kAllow, nullptr, false},
           Case{"{from: [{source: {remoteIpBlocks: [10.0.0.1]}}], to: [{operation: {ports: ['8080']}}]}", kAllow, nullptr, false},
           Case{"{from: [{source: {notRemoteIpBlocks: [10.0.0.1]}}], to: [{operation: {methods: [GET]}}]}", kDeny, "{when: [{key: destination.port, notValues: ['9000']}]}", false,
                "{from: [{source: {notIpBlocks: [10.0.0.1]}}], when: [{key: destination.port, values: ['9000']}]}"},
           Case{"{to: [{operation: {ports: ['9000']}}], when: [{key: remote.ip, values: [10.0.0.1]}]}", kDeny,
                "{to: [{operation: {ports: ['9000']}}], when: [{key: source.ip, values: [10.0.0.1]}, {key: destination.port, values: ['9000']}]}", false},
       })
    expect(c, scope);
}

}  // namespace s2a::rule_at_ztunnel_test
