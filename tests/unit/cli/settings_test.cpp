// Flags, variables, the config file and which of them wins.
#include "cli/settings.h"

#include <gtest/gtest.h>

#include <set>

#include "cli/config_file.h"
#include "tests/unit/cli/program.h"

namespace s2a::test {
namespace {

GivenSettings given(std::string_view name, Values values, std::string origin) { return {{std::string(name), {.values = std::move(values), .origin = std::move(origin)}}}; }

TEST(Settings, TheStrongestOriginWins) {
  const auto options = resolve(std::vector{given("fail-on", {"never"}, "--fail-on"), given("fail-on", {"info"}, "S2A_FAIL_ON"), given("fail-on", {"warning"}, ".s2a.yaml:1:1")});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->options.fail_on, FailOn::Never);
  const auto variable = resolve(std::vector{GivenSettings{}, given("fail-on", {"info"}, "S2A_FAIL_ON"), given("fail-on", {"warning"}, ".s2a.yaml:1:1")});
  ASSERT_TRUE(variable);
  EXPECT_EQ(variable->options.fail_on, FailOn::Info);
  EXPECT_EQ(resolve({})->options.fail_on, FailOn::Error);
}

TEST(Settings, AValueThatAStrongerOneHidesIsCheckedToo) {
  const auto options = resolve(std::vector{given("color", {"never"}, "--color"), given("color", {"pink"}, ".s2a.yaml:2:1")});
  ASSERT_FALSE(options);
  EXPECT_EQ(options.error().message, ".s2a.yaml:2:1: `pink` is none of auto, always, never");
}

TEST(Settings, HaveDifferentNamesAndDifferentLetters) {
  std::set<std::string_view> seen;
  for (const auto& setting : settings()) {
    EXPECT_TRUE(seen.insert(setting.name).second) << setting.name;
    EXPECT_TRUE(setting.letter.empty() || seen.insert(setting.letter).second) << setting.letter;
    EXPECT_FALSE(setting.help.empty());
  }
}

TEST(Variables, NameSettings) {
  const auto found = settings_of({{"S2A_FAIL_ON", "info"}, {"S2A_CONTEXT", "a,b"}, {"S2A_SHARED", "x"}, {"HOME", "/"}});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->size(), 2U);
  EXPECT_EQ(found->at("context").values, (Values{"a", "b"}));
  const auto wrong = settings_of({{"S2A_FAILON", "info"}});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().help, "did you mean `S2A_FAIL_ON`?");
}

struct FileCase {
  const char* text;
  const char* message;  ///< behind the place
  const char* help;
};

TEST(ConfigFile, SaysWhatIsWrongAndWhere) {
  const FileCase cases[] = {
      {"contxt: a\n", ".s2a.yaml:1:1: there is no setting `contxt`", "did you mean `context`?"},
      {"each: true\nzzzzzz: a\n", ".s2a.yaml:2:1: there is no setting `zzzzzz`", "see `s2a config`"},
      {"namespace: [a, b]\n", ".s2a.yaml:1:12: `namespace` wants one value", ""},
      {"context: {a: b}\n", ".s2a.yaml:1:10: `context` wants a list", ""},
      {"context:\n- [a]\n", ".s2a.yaml:2:3: an item of `context` is no plain value", ""},
      {"- a\n", ".s2a.yaml:1:1: this is no map of settings", ""},
      {"a: [\n", ".s2a.yaml:", ""},
      {"each: true\n---\neach: false\n", "it holds more than one document", ""},
      {"each: yes\n", ".s2a.yaml:1:1: `yes` is none of true, false", ""},
      {"each:\n", ".s2a.yaml:1:", "wants one value"},
      {"\xFF\n", ".s2a.yaml:1:1", ""},
  };
  for (const auto& wrong : cases) {
    const TempTree tree{{".s2a.yaml", wrong.text}};
    const auto said = s2a_in(tree, {"config"});
    SCOPED_TRACE(wrong.text);
    EXPECT_EQ(said.exit, 2);
    EXPECT_NE(said.err.find(wrong.message), std::string::npos) << said.err;
    EXPECT_NE(said.err.find(wrong.help), std::string::npos) << said.err;
  }
}

TEST(ConfigFile, IsFoundUpwardsAndItsPathsStartWhereItStands) {
  const TempTree tree{{".s2a.yaml", "# ours\ncontext: [dump, /abs]\noutput-file: json:out/report\nnamespace: shop\n"}, {"a/b/c.yaml", ""}};
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(tree.root() / "a/b");
  const auto path = find_config_file(".");
  const auto file = path ? read_config_file(*path) : GivenSettings{};
  std::filesystem::current_path(before);
  ASSERT_TRUE(path);
  EXPECT_EQ(*path, "../../.s2a.yaml");
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->at("context").values, (Values{"../../dump", "/abs"}));
  EXPECT_EQ(file->at("output-file").values, Values{"json:../../out/report"});
  EXPECT_EQ(file->at("namespace").values, Values{"shop"});
  EXPECT_EQ(file->at("namespace").origin, "../../.s2a.yaml:4:1");
}

TEST(ConfigFile, MayBeEmpty) {
  for (const auto* text : {"", "# nothing\n", "---\n"}) EXPECT_EQ(s2a_in(TempTree{{".s2a.yaml", text}}, {"config"}).exit, 0) << text;
}

TEST(Config, ShowsValuesAndOrigins) {
  const TempTree tree{{".s2a.yaml", "fail-on: info\ncolor: never\n"}};
  const auto said = s2a_in(tree, {"config", "--color", "always"}, {.variables = {{"S2A_EXCLUDE", "a,b"}}});
  EXPECT_EQ(said.exit, 0) << said.err;
  const auto line = [&](std::string_view name) {
    const auto at = said.out.find(name);
    return said.out.substr(at, said.out.find('\n', at) - at);
  };
  EXPECT_TRUE(line("fail-on").ends_with(".s2a.yaml:1:1")) << said.out;
  EXPECT_TRUE(line("color").ends_with("--color")) << said.out;
  EXPECT_NE(line("exclude").find("a, b"), std::string::npos) << said.out;
  EXPECT_TRUE(line("exclude").ends_with("S2A_EXCLUDE")) << said.out;
  EXPECT_TRUE(line("namespace").ends_with("default")) << said.out;
}

}  // namespace
}  // namespace s2a::test
