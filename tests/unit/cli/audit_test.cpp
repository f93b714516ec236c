// Runs of `s2a audit`: formats, exit codes, several meshes, context.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/files.h"
#include "tests/support/json_schema.h"
#include "tests/unit/cli/program.h"

namespace s2a::test::audit_test {

constexpr const char* kFilter = R"(apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: f, namespace: shop}
spec:
  configPatches: [{applyTo: HTTP_FILTER, patch: {operation: INSERT_BEFORE, value: {name: envoy.filters.http.lua}}}]
)";

TEST(AuditCommand, SaysWhatItFoundAndChangesNothing) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}};
  const auto said = s2a_in(tree, {"audit", "in"});
  EXPECT_EQ(said.exit, 0) << said.err;
  EXPECT_EQ(said.err, "");
  EXPECT_NE(said.out.find("rules[0].to[0].operation.methods   in/policy.yaml:14:18"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("dropped   AuthorizationPolicy shop/cart-viewer"), std::string::npos) << said.out;
  EXPECT_EQ(bytes_of(tree.at("in/policy.yaml")), kPolicy);
  EXPECT_EQ(s2a_in(tree, {"audit"}).exit, 2);
}

TEST(AuditCommand, FailsOnFindingsOnlyWhereAsked) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/filter.yaml", kFilter}};
  EXPECT_EQ(s2a_in(tree, {"audit", "in"}).exit, 0);
  EXPECT_EQ(s2a_in(tree, {"audit", "--fail-on", "error", "in"}).exit, 1);
  EXPECT_EQ(s2a_in(tree, {"audit", "--fail-on", "never", "in"}).exit, 0);
  EXPECT_EQ(s2a_in(tree, {"audit", "in"}, {.variables = {{"S2A_FAIL_ON", "warning"}}}).exit, 1);
  tree.write(".s2a.yaml", "fail-on: error\n");
  EXPECT_EQ(s2a_in(tree, {"audit", "in"}).exit, 1);
}

TEST(AuditCommand, TellsInputThatCannotBeRead) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/bad.yaml", "kind: AuthorizationPolicy\na: [\n"}};
  const auto said = s2a_in(tree, {"audit", "in"});
  EXPECT_EQ(said.exit, 2);
  EXPECT_NE(said.out.find("S2A0001"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("Deployment shop/cart"), std::string::npos) << "the rest is handled";
  EXPECT_EQ(s2a_in(tree, {"audit", "nowhere"}).exit, 2);
}

TEST(AuditCommand, HasFormatsOfItsOwn) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}};
  const auto json = nlohmann::json::parse(s2a_in(tree, {"audit", "-o", "json", "in"}).out);
  const auto schema = nlohmann::json::parse(std::ifstream(S2A_SOURCE_DIR "/backend/render/audit.schema.json"));
  EXPECT_EQ(schema_errors(schema, json), "");
  EXPECT_TRUE(s2a_in(tree, {"audit", "-o", "markdown", "in"}).out.starts_with("## Ambient audit"));
  (void)s2a_in(tree, {"audit", "--output-file", "a.md", "--output-file", "json:b", "in"});
  EXPECT_EQ(bytes_of(tree.at("a.md")), s2a_in(tree, {"audit", "-o", "markdown", "in"}).out);
  EXPECT_EQ(bytes_of(tree.at("b")), s2a_in(tree, {"audit", "-o", "json", "in"}).out);
  const auto diff = s2a_in(tree, {"audit", "-o", "diff", "in"});
  EXPECT_EQ(diff.exit, 2);
  EXPECT_NE(diff.err.find("`s2a audit` has no format `diff`\n  = help: it has text, json, markdown"), std::string::npos) << diff.err;
  EXPECT_EQ(s2a_in(tree, {"plan", "--output-file", "a.md", "in"}).exit, 2);
  EXPECT_EQ(s2a_in(tree, {"config"}, {.variables = {{"S2A_OUTPUT", "markdown"}}}).exit, 0);
}

TEST(AuditCommand, OfSeveralMeshesIsASectionEachAndOneSum) {
  const TempTree tree{{"a/mesh.yaml", kShop}, {"a/policy.yaml", kPolicy}, {"b/mesh.yaml", kShop}};
  const auto said = s2a_in(tree, {"audit", "--each", "a", "b"});
  EXPECT_NE(said.out.find("Audit of a: 4 resources in 2 files"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("Audit of b: 3 resources in 1 file"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("Audit: 2 namespaces with sidecars, 1 to get a waypoint"), std::string::npos) << said.out;
  EXPECT_EQ(said.out, s2a_in(tree, {"audit", "--each", "-j", "1", "a", "b"}).out);
}

TEST(AuditCommand, ReadsContextAndTheNamespaceOfTheCommandLine) {
  const TempTree tree{{"in/policy.yaml", "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: p}\nspec: {selector: {matchLabels: {app: cart}}}\n"},
                      {"cluster.yaml", kShop}};
  const auto said = s2a_in(tree, {"audit", "-n", "shop", "--context", "cluster.yaml", "in"});
  EXPECT_NE(said.out.find("AuthorizationPolicy shop/p"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("Deployment shop/cart"), std::string::npos) << said.out;
}

}  // namespace s2a::test::audit_test
