// Runs of `s2a verify`: exit codes, formats, input that cannot be read.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/json_schema.h"
#include "tests/unit/cli/program.h"

namespace s2a::test::verify_test {

TEST(VerifyCommand, FailsOnWhatIsLetIn) {
  const TempTree tree{{"before/mesh.yaml", kShop}, {"before/policy.yaml", kPolicy}, {"after/mesh.yaml", kShop}};
  const auto wider = s2a_in(tree, {"verify", "before", "after"});
  EXPECT_EQ(wider.exit, 1) << wider.err;
  EXPECT_NE(wider.out.find("S2A0606"), std::string::npos) << wider.out;
  const auto narrower = s2a_in(tree, {"verify", "after", "before"});
  EXPECT_EQ(narrower.exit, 0) << narrower.err;
  EXPECT_NE(narrower.out.find("S2A0605"), std::string::npos) << narrower.out;
  EXPECT_EQ(s2a_in(tree, {"verify", "--fail-on", "warning", "after", "before"}).exit, 1);
  EXPECT_EQ(s2a_in(tree, {"verify", "--fail-on", "never", "before", "after"}).exit, 0);
}

TEST(VerifyCommand, SaysEqualOfATreeAndItself) {
  const TempTree tree{{"before/mesh.yaml", kShop}, {"before/policy.yaml", kPolicy}};
  const auto said = s2a_in(tree, {"verify", "before", "before"});
  EXPECT_EQ(said.exit, 0);
  EXPECT_NE(said.out.find("0 narrower, 0 wider, 0 unknown."), std::string::npos) << said.out;
}

TEST(VerifyCommand, HasAFormatForPrograms) {
  const TempTree tree{{"before/mesh.yaml", kShop}, {"before/policy.yaml", kPolicy}, {"after/mesh.yaml", kShop}};
  const auto json = nlohmann::json::parse(s2a_in(tree, {"verify", "-o", "json", "before", "after"}).out);
  EXPECT_EQ(schema_errors(nlohmann::json::parse(std::ifstream(S2A_SOURCE_DIR "/backend/render/verify.schema.json")), json), "");
  EXPECT_EQ(json.at("summary").at("wider"), 1);
  EXPECT_FALSE(json.at("addresses").empty());
}

TEST(VerifyCommand, TellsInputThatCannotBeRead) {
  const TempTree tree{{"before/mesh.yaml", kShop}, {"after/mesh.yaml", kShop}, {"after/bad.yaml", "kind: AuthorizationPolicy\na: [\n"}};
  const auto said = s2a_in(tree, {"verify", "before", "after"});
  EXPECT_EQ(said.exit, 2);
  EXPECT_NE(said.out.find("S2A0001"), std::string::npos) << said.out;
  EXPECT_EQ(s2a_in(tree, {"verify", "before", "nowhere"}).exit, 2);
}

}  // namespace s2a::test::verify_test
