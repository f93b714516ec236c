// AuthorizationPolicy: fields and their bytes, and everything that Istio refuses in one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/frontend_decode/read_text.h"

namespace s2a::test::authorization_test {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kHead = "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: x, namespace: shop}\n";

ReadText read_spec(std::string_view spec) { return read_text(std::string(kHead) + "spec:\n" + std::string(spec)); }

TEST(Authorization, EveryFieldIsReadWithItsBytes) {
  const auto read = read_spec(
      "  selector:\n    matchLabels:\n      app: cart\n"
      "  action: DENY\n"
      "  rules:\n"
      "  - from:\n    - source:\n        principals: [cluster.local/ns/a/sa/b]\n        notNamespaces: [\"c\"]\n        ipBlocks: [10.0.0.0/8]\n"
      "    to:\n    - operation:\n        methods: [GET, 'POST']\n        notPaths: [/admin*]\n        ports: [\"80\"]\n        hosts: []\n"
      "    when:\n    - key: request.headers[x-id]\n      values: [a]\n      notValues: [b]\n"
      "  - {}\n");
  EXPECT_THAT(read.said(), IsEmpty());
  ASSERT_THAT(read.resources, SizeIs(1));
  const auto& resource = read.resources.front();
  EXPECT_EQ(resource.subject(), "AuthorizationPolicy shop/x");
  const auto& policy = std::get<AuthorizationPolicy>(resource.spec);
  EXPECT_EQ(policy.action, AuthorizationAction::Deny);
  EXPECT_EQ(read.at(resource, policy.action_text.node), "DENY");
  ASSERT_TRUE(policy.selector && policy.selector->match_labels);
  EXPECT_EQ(labels_of(*policy.selector->match_labels), "app=cart");
  EXPECT_EQ(read.at(resource, policy.selector->key), "selector");
  EXPECT_FALSE(policy.has_target_refs);
  EXPECT_FALSE(policy.dry_run);
  ASSERT_THAT(policy.rules, SizeIs(2));
  EXPECT_EQ(read.at(resource, policy.rules[1].node), "{}");

  const auto& rule = policy.rules[0];
  ASSERT_THAT(rule.from, SizeIs(1));
  const auto& source = rule.from[0];
  EXPECT_EQ(values_of(source.principals.values), "cluster.local/ns/a/sa/b");
  EXPECT_EQ(read.at(resource, source.principals.values_node), "[cluster.local/ns/a/sa/b]");
  EXPECT_EQ(values_of(source.namespaces.not_values), "c");
  EXPECT_EQ(read.at(resource, source.namespaces.not_values[0].node), "\"c\"");
  EXPECT_EQ(values_of(source.ip_blocks.values), "10.0.0.0/8");
  EXPECT_FALSE(source.request_principals.written());

  ASSERT_THAT(rule.to, SizeIs(1));
  const auto& operation = rule.to[0];
  EXPECT_EQ(values_of(operation.methods.values), "GET POST");
  EXPECT_EQ(read.at(resource, operation.methods.values[1].node), "'POST'");
  EXPECT_EQ(values_of(operation.paths.not_values), "/admin*");
  EXPECT_EQ(values_of(operation.ports.values), "80");
  EXPECT_FALSE(operation.hosts.written()) << "an empty list constrains nothing";

  ASSERT_THAT(rule.when, SizeIs(1));
  EXPECT_EQ(rule.when[0].key.value, "request.headers[x-id]");
  EXPECT_EQ(values_of(rule.when[0].match.values), "a");
  EXPECT_EQ(values_of(rule.when[0].match.not_values), "b");
}

TEST(Authorization, AbsentAndEmptyDiffer) {
  const auto policy = [](std::string_view spec) { return std::get<AuthorizationPolicy>(read_spec(spec).resources.at(0).spec); };
  EXPECT_FALSE(policy("  rules: []\n").selector);
  EXPECT_FALSE(policy("  selector: null\n").selector);
  EXPECT_TRUE(policy("  selector: {}\n").selector);
  EXPECT_FALSE(policy("  selector: {}\n").selector->match_labels);
  EXPECT_TRUE(policy("  selector: {matchLabels: {}}\n").selector->match_labels);
  EXPECT_TRUE(policy("  selector: {matchLabels: {}}\n").selector->empty());
  EXPECT_EQ(policy("  action: ALLOW\n").rules_node, kNoNode);
  EXPECT_NE(policy("  rules: []\n").rules_node, kNoNode);
  EXPECT_THAT(policy("  rules: [{from: [], to: []}]\n").rules.at(0).from, IsEmpty());
  EXPECT_EQ(std::get<AuthorizationPolicy>(read_text(kHead).resources.at(0).spec).spec_node, kNoNode);
  EXPECT_FALSE(policy("  targetRefs: []\n").has_target_refs);
  const auto target = policy("  targetRef: {group: '', kind: Service, name: cart}\n");
  EXPECT_TRUE(target.has_target_refs);
  EXPECT_EQ(target.target_refs.at(0).name.value, "cart");
}

TEST(Authorization, DryRunIsGosTrue) {
  const auto dry_run = [](std::string_view value) {
    const auto read =
        read_text(fmt::format("apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata:\n  name: x\n  annotations: {{istio.io/dry-run: \"{}\"}}\n", value));
    return std::pair(std::get<AuthorizationPolicy>(read.resources.at(0).spec).dry_run, read.said().size());
  };
  EXPECT_EQ(dry_run("true"), std::pair(true, std::size_t{0}));
  EXPECT_EQ(dry_run("T"), std::pair(true, std::size_t{0}));
  EXPECT_EQ(dry_run("0"), std::pair(false, std::size_t{0}));
  EXPECT_EQ(dry_run("tRUE"), std::pair(false, std::size_t{1}));
}

struct Refused {
  std::string_view spec;   ///< flow style, one line
  std::string_view place;  ///< the bytes pointed at
  Code code = Code::InvalidValue;
};

constexpr Refused kRefused[] = {
    {"{rules: [{from: [{}]}]}", "{}"},
    {"{rules: [{from: [{source: {}}]}]}", "source"},
    {"{rules: [{from: [{source: {principals: []}}]}]}", "source"},
    {"{rules: [{from: [{source: null}]}]}", "{source: null}"},
    {"{rules: [{to: [{}]}]}", "{}"},
    {"{rules: [{to: [{operation: {}}]}]}", "operation"},
    {"{rules: [{to: [{operation: {methods: [\"\"]}}]}]}", "\"\""},
    {"{rules: [{to: [{operation: {ports: [\"65536\"]}}]}]}", "65536"},
    {"{rules: [{to: [{operation: {notPorts: [\"80-90\"]}}]}]}", "-90"},
    {"{rules: [{to: [{operation: {ports: [\"*\"]}}]}]}", "*"},
    {"{rules: [{to: [{operation: {ports: [8080]}}]}]}", "8080", Code::WrongType},
    {"{rules: [{to: [{operation: {paths: [\"/a/{id}\"]}}]}]}", "{id}"},
    {"{rules: [{from: [{source: {ipBlocks: [10.0.0.0/33]}}]}]}", "3"},
    {"{rules: [{from: [{source: {notRemoteIpBlocks: [x]}}]}]}", "x"},
    {"{rules: [{from: [{source: {serviceAccounts: [a], namespaces: [b]}}]}]}", "namespaces"},
    {"{rules: [{from: [{source: {notServiceAccounts: [a], notPrincipals: [\"*\"]}}]}]}", "notPrincipals"},
    {"{rules: [{from: [{source: {serviceAccounts: [a/*]}}]}]}", "*"},
    {"{rules: [{from: [{source: {serviceAccounts: [a/b/c]}}]}]}", "/c"},
    {"{rules: [{when: [{key: source.pod, values: [a]}]}]}", "source.pod"},
    {"{rules: [{when: [{key: request.headers, values: [a]}]}]}", "request.headers"},
    {"{rules: [{when: [{key: source.ip, values: [x]}]}]}", "x"},
    {"{rules: [{when: [{key: destination.port, notValues: [\"70000\"]}]}]}", "70000"},
    {"{rules: [{when: [{key: source.namespace}]}]}", "source.namespace"},
    {"{rules: [{when: [{values: [a]}]}]}", "{values: [a]}"},
    {"{rules: [{when: [{key: source.namespace, values: [\"\"]}]}]}", "\"\""},
    {"{action: DENY}", "DENY"},
    {"{action: DENY, rules: []}", "DENY"},
    {"{action: CUSTOM, provider: {name: x}}", "CUSTOM"},
    {"{action: CUSTOM, rules: [{}]}", "CUSTOM"},
    {"{action: CUSTOM, rules: [{}], provider: {name: \"\"}}", "CUSTOM"},
    {"{provider: {name: x}}", "provider"},
    {"{action: ALLOW, provider: {name: x}}", "provider"},
    {"{action: CUSTOM, provider: {name: x}, rules: [{from: [{source: {principals: [a]}}]}]}", "[a]"},
    {"{action: CUSTOM, provider: {name: x}, rules: [{when: [{key: \"request.auth.claims[a]\", values: [b]}]}]}", "\"request.auth.claims[a]\""},
    {"{action: allow}", "allow"},
    {"{action: yes}", "yes", Code::WrongType},
    {"{selector: {}, targetRefs: []}", "targetRefs"},
    {"{selector: {matchLabels: {a: b}}, targetRef: {group: \"\", kind: Service, name: x}}", "targetRef"},
    {"{selector: {matchLabels: {a: \"b*\"}}}", "\"b*\""},
    {"{selector: {matchLabels: {a: 1}}}", "1", Code::WrongType},
    {"{targetRefs: [{kind: Pod, name: x}]}", "Pod"},
    {"{targetRefs: [{kind: Service}]}", "{kind: Service}"},
    {"{targetRefs: [{kind: Service, name: x, namespace: shop}]}", "namespace"},
    {"{targetRefs: [{kind: Service, name: \"\"}]}", "\"\""},
    {"{rules: [{form: []}]}", "form", Code::UnknownField},
    {"{rules: [null]}", "null", Code::WrongType},
    {"{rules: [{from: [{source: {principals: [~]}}]}]}", "~", Code::WrongType},
};

class Refusal : public testing::TestWithParam<Refused> {};

TEST_P(Refusal, PointsAtTheNarrowestBytes) {
  const auto& [spec, place, code] = GetParam();
  const auto read = read_text(std::string(kHead) + "spec: " + std::string(spec) + "\n");
  const auto all = read.diagnostics.sorted();
  ASSERT_THAT(all, SizeIs(1)) << spec << testing::PrintToString(read.said());
  EXPECT_EQ(all[0].code, code) << spec;
  EXPECT_EQ(read.file->at(all[0].labels[0].span), place) << spec;
  EXPECT_EQ(all[0].subject, "AuthorizationPolicy shop/x");
  EXPECT_FALSE(all[0].message.empty());
  EXPECT_FALSE(read.resources.at(0).translatable) << spec;
}

INSTANTIATE_TEST_SUITE_P(Authorization, Refusal, testing::ValuesIn(kRefused));

TEST(Authorization, TooManyAreRefused) {
  std::string rules = "  rules:\n";
  for (int i = 0; i < 513; ++i) rules += "  - {}\n";
  const auto read = read_spec(rules);
  ASSERT_THAT(read.said(), SizeIs(1));
  EXPECT_NE(read.said()[0].find("513 rules, at most 512 are taken"), std::string::npos);
  EXPECT_THAT(read_spec(rules.substr(0, rules.size() - 7)).said(), IsEmpty());
}

TEST(Authorization, HelpNamesWhatWasMeant) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"  rules:\n  - form: []\n", "UnknownField 6:5 «form» unknown field `form` in `spec.rules[0]` (did you mean `from`?)"},
      {"  rules:\n  - from:\n    - principals: [a]\n      source: {namespaces: [b]}\n",
       "UnknownField 7:7 «principals» unknown field `principals` in `spec.rules[0].from[0]` (`principals` is a field of `source`)"},
      {"  action: allow\n", "InvalidValue 5:11 «allow» `spec.action` is `allow`, not one of ALLOW, DENY, AUDIT, CUSTOM (did you mean `ALLOW`?)"},
      {"  rules:\n  - to:\n    - operation:\n        ports: [8080]\n",
       "WrongType 8:17 «8080» `spec.rules[0].to[0].operation.ports[0]` is the integer `8080`, not a string (quote it: `\"8080\"`)"},
      {"  rules:\n  - to:\n    - operation:\n        methods: GET\n",
       "WrongType 8:18 «GET» `spec.rules[0].to[0].operation.methods` is the string `GET`, not a list of strings (write it as a list: `[GET]`)"},
      {"  rules:\n    when: []\n", "WrongType 6:5 «when: []» `spec.rules` is a map, not a list"},
  };
  for (const auto& [spec, said] : cases) EXPECT_THAT(read_spec(spec).said(), testing::Contains(std::string(said))) << spec;
}

}  // namespace s2a::test::authorization_test
