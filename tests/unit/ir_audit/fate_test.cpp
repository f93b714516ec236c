// What happens to a policy that is left as it is: the cases of authorization.md 10 that need one policy, and those of 3.1.
#include <gtest/gtest.h>

#include "ir/audit/fate.h"
#include "tests/unit/ir_audit/shop.h"

namespace s2a::test::fate_test {

constexpr const char* kWaypoint = "cluster.local/ns/shop/sa/waypoint";

/// `wider: a hole`, or with a waypoint `as before; an outage`.
std::string told(const Prospect& prospect) {
  const auto effect = [](const Effect& e) { return e.lets_in && e.keeps_out ? "both" : e.lets_in ? "hole" : e.keeps_out ? "outage" : "none"; };
  auto out = std::string(to_string(prospect.fate)) + ": " + effect(prospect.direct);
  if (prospect.behind_waypoint) out += std::string("; ") + effect(*prospect.behind_waypoint);
  return out;
}

Prospect prospect(const TestMesh& mesh, const std::vector<std::string>& waypoints) {
  return prospect_of(*mesh, policy_of(mesh), policy_pods(*mesh)[policy_of(mesh).id], waypoints);
}

std::string paths(const std::vector<Reason>& reasons) {
  std::string out;
  for (const auto& reason : reasons) out += (out.empty() ? "" : " ") + reason.path;
  return out;
}

struct FateRow {
  const char* what;
  const char* spec;
  const char* wanted;
  const char* because = "";
  const char* trust_domain = "cluster.local";
};

TEST(Fate, WithoutAWaypoint) {
  const std::vector<FateRow> rows = {
      {"layer 4 (V41)", "{rules: [{from: [{source: {principals: ['*']}}]}]}", "as before: none"},
      {"nothing is allowed", "{}", "as before: none"},
      {"ports", "{action: DENY, rules: [{to: [{operation: {ports: ['8080']}}]}]}", "as before: none"},
      {"ALLOW with a path", "{rules: [{to: [{operation: {paths: [/x]}}]}]}", "dropped: outage", "rules[0]"},
      {"one of two rules", "{rules: [{from: [{source: {namespaces: [a]}}]}, {to: [{operation: {hosts: [x]}}]}]}", "dropped: outage", "rules[1]"},
      {"a mixed rule (V40)", "{rules: [{from: [{source: {principals: [cluster.local/ns/a/sa/a]}}], to: [{operation: {methods: [GET]}}]}]}", "dropped: outage", "rules[0]"},
      {"DENY DELETE (V09)", "{action: DENY, rules: [{to: [{operation: {methods: [DELETE]}}]}]}", "no effect: hole", "rules[0]"},
      {"DENY of a caller's DELETE", "{action: DENY, rules: [{from: [{source: {namespaces: [a]}}], to: [{operation: {methods: [DELETE]}}]}]}", "no effect: hole", "rules[0]"},
      {"DENY DELETE on a port (V10)", "{action: DENY, rules: [{to: [{operation: {methods: [DELETE], ports: ['8080']}}]}]}", "narrower: outage", "rules[0].to[0].operation.methods"},
      {"trust domains (V12)", "{rules: [{from: [{source: {namespaces: [a], trustDomains: [partner]}}]}]}", "wider: hole", "rules[0].from[0].source.trustDomains"},
      {"the pointer (V13)", "{rules: [{from: [{source: {principals: [cluster.local/ns/a/sa/a]}}]}]}", "narrower: outage", "rules[0].from[0].source.principals", "td1"},
      {"the pointer in a DENY (V14)", "{action: DENY, rules: [{from: [{source: {principals: [cluster.local/ns/a/sa/a]}}]}]}", "wider: hole", "rules[0].from[0].source.principals",
       "td1"},
      {"selector {} (V16)", "{selector: {}, rules: [{from: [{source: {namespaces: [a]}}]}]}", "not attached: hole", "selector"},
      {"a wildcard within (V17)", "{action: DENY, rules: [{from: [{source: {namespaces: ['*dev*']}}]}]}", "wider: hole", "rules[0].from[0].source.namespaces"},
      {"an unsupported key (V18)", "{action: DENY, rules: [{when: [{key: source.serviceAccount, values: [a/b]}]}]}", "no effect: hole", "rules[0]"},
      {"AUDIT", "{action: AUDIT, rules: [{}]}", "not sent: none"},
      {"CUSTOM (V19)", "{action: CUSTOM, provider: {name: opa}, rules: [{to: [{operation: {paths: [/private]}}]}]}", "not sent: hole"},
      {"targetRefs", "{targetRefs: [{kind: Service, group: '', name: cart}]}", "at a waypoint: none"},
  };
  for (const auto& row : rows) {
    const auto mesh = mesh_from_yaml(kCart + policy(row.spec), {.trust_domain = row.trust_domain});
    const auto found = prospect(mesh, {});
    EXPECT_EQ(told(found), row.wanted) << row.what;
    EXPECT_EQ(paths(found.because), row.because) << row.what;
  }
}

TEST(Fate, ADryRunIsNotSent) {
  const auto mesh = mesh_from_yaml(kCart + policy("{action: DENY, rules: [{}]}", "{istio.io/dry-run: 'true'}"));  // V39
  EXPECT_EQ(told(prospect(mesh, {})), "not sent: none");
}

TEST(Fate, BehindAWaypointTheCallerIsTheWaypoint) {
  const std::vector<FateRow> rows = {
      {"ALLOW principals (V01)", "{rules: [{from: [{source: {principals: [cluster.local/ns/web/sa/frontend]}}]}]}", "as before: none; outage"},
      {"ALLOW the waypoint's namespace (V02)", "{rules: [{from: [{source: {namespaces: [shop]}}]}]}", "as before: none; hole"},
      {"DENY principals (V03)", "{action: DENY, rules: [{from: [{source: {principals: [cluster.local/ns/x/sa/evil]}}]}]}", "as before: none; hole"},
      {"DENY not a namespace (V04)", "{action: DENY, rules: [{from: [{source: {notNamespaces: [web]}}]}]}", "as before: none; outage"},
      {"any identity (V41)", "{rules: [{from: [{source: {principals: ['*']}}]}]}", "as before: none; none"},
      {"ports", "{rules: [{to: [{operation: {ports: ['8080']}}]}]}", "as before: none; none"},
  };
  for (const auto& row : rows) {
    const auto mesh = mesh_from_yaml(kCart + policy(row.spec));
    EXPECT_EQ(told(prospect(mesh, {kWaypoint})), row.wanted) << row.what;
  }
}

TEST(Fate, AHoleIsShownByARequest) {
  const auto mesh = mesh_from_yaml(
      kCart + policy("{selector: {matchLabels: {app: cart}}, action: DENY, rules: [{to: [{operation: {paths: [/admin], ports: ['8080']}}, {operation: {methods: [PUT]}}]}]}"));
  const auto found = prospect(mesh, {});
  EXPECT_EQ(found.direct.let_in, "PUT http://cart.shop/ from spiffe://cluster.local/ns/anywhere/sa/anyone");
  EXPECT_EQ(found.direct.kept_out, "GET http://cart.shop/ from spiffe://cluster.local/ns/anywhere/sa/anyone to port 8080");
  EXPECT_EQ(in_words(found, std::get<AuthorizationPolicy>(policy_of(mesh).spec)),
            "ztunnel reads rules[0].to[0].operation.paths, rules[0].to[1].operation.methods otherwise: a hole and an outage");
}

TEST(Fate, APodWithoutLabelsGetsEverySelectorsPolicy) {
  const auto mesh = mesh_from_yaml(std::string(kCart) + "---\nkind: Pod\napiVersion: v1\nmetadata: {name: bare, namespace: shop}\nspec: {containers: [{name: c, image: c}]}\n" +
                                   policy("{selector: {matchLabels: {app: cart}}, rules: [{from: [{source: {namespaces: [a]}}]}]}"));  // 3.1
  EXPECT_EQ(told(prospect(mesh, {})), "narrower: outage");
}

}  // namespace s2a::test::fate_test
