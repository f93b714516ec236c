// What the guide's five words find and what they do not. authorization.md F13
#include <gtest/gtest.h>

#include "ir/audit/guide.h"
#include "tests/unit/ir_audit/shop.h"

namespace s2a::test::guide_test {

TEST(Guide, FindsFiveWordsAsTheyAreWritten) {
  struct Row {
    const char* spec;
    bool found;
  };
  const std::vector<Row> rows = {
      {"{rules: [{to: [{operation: {methods: [GET]}}]}]}", true},
      {"{rules: [{to: [{operation: {paths: [/]}}]}]}", true},
      {"{action: AUDIT}", true},
      {"{action: CUSTOM, provider: {name: a}}", true},
      {"{action: \"CUSTOM\", provider: {name: a}}", false},
      {"{rules: [{when: [{key: 'request.headers[x]', values: [a]}]}]}", false},
      {"{rules: [{to: [{operation: {notMethods: [GET]}}]}]}", false},
      {"{rules: [{to: [{operation: {notPaths: [/]}}]}]}", false},
      {"{rules: [{to: [{operation: {hosts: [a], notHosts: [b]}}]}]}", false},
      {"{rules: [{from: [{source: {requestPrincipals: ['*']}}]}]}", false},
      {"{rules: [{when: [{key: 'request.auth.claims[a]', values: [b]}]}]}", false},
      {"{rules: [{from: [{source: {remoteIpBlocks: [10.0.0.1]}}]}]}", false},
      {"{rules: [{when: [{key: connection.sni, values: [a]}]}]}", false},
      {"{rules: [{from: [{source: {trustDomains: [a]}}]}]}", false},
      {"{rules: [{when: [{key: source.serviceAccount, values: [a/b]}]}]}", false},
      {"{}  # these are its paths: none", true},
  };
  for (const auto& row : rows) {
    const auto mesh = mesh_from_yaml(policy(row.spec));
    EXPECT_EQ(found_by_guide(*mesh.store, policy_of(mesh)), row.found) << row.spec;
  }
}

TEST(Guide, LooksAtNoOtherResource) {
  const auto mesh = mesh_from_yaml("# methods:\n" + policy("{}") + "---\n# paths:\nkind: ConfigMap\n");
  EXPECT_FALSE(found_by_guide(*mesh.store, policy_of(mesh)));
}

}  // namespace s2a::test::guide_test
