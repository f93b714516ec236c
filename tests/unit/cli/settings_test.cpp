// Flags, variables, the config file and which of them wins.
#include "cli/settings.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "cli/config_file.h"
#include "tests/unit/cli/program.h"

namespace s2a::test::settings_test {

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

/// What is written of a setting, and what comes of it.
tl::expected<Resolved, UsageError> resolved(std::string_view name, const std::string& value) { return resolve(std::vector{given(name, {value}, "here")}); }

TEST(Settings, KnowReleasesOfIstio) {
  const std::pair<const char*, IstioRelease> known[] = {{"1.28", {.minor = 28}},   {"1.30", {.minor = 30}},
                                                        {"1.32", {.minor = 32}},   {"1.29.2", {.minor = 29, .patch = 2}},
                                                        {"1.31.0", {.minor = 31}}, {"1.28.12", {.minor = 28, .patch = 12}}};
  for (const auto& [text, release] : known) {
    const auto options = resolved("istio-version", text);
    ASSERT_TRUE(options) << text << ": " << options.error().message;
    EXPECT_EQ(options->options.mesh.istio, release) << text;
  }
  EXPECT_EQ(resolve({})->options.mesh.istio, (IstioRelease{.minor = 32}));
  for (const auto* text :
       {"", "1", "1.", "30", "1.27", "1.33", "2.30", "0.30", "v1.30", "1.30.", "1.30.x", "1.30.1.2", "1.30.-1", "1.-30", "1.30-alpha", "1. 30", "1.30.99999999999", "latest"}) {
    const auto options = resolved("istio-version", text);
    ASSERT_FALSE(options) << text;
    EXPECT_EQ(options.error().message, fmt::format("here: `{}` is no release of Istio that is known", text));
    EXPECT_EQ(options.error().help, "from 1.28 to 1.32, as 1.30 or 1.29.2");
  }
}

TEST(Settings, KnowReleasesAndChannelsOfTheGatewayApi) {
  for (const bool experimental : {false, true})
    for (const int minor : {2, 3, 4, 5, 6}) {
      const auto text = fmt::format("1.{}{}", minor, experimental ? "-experimental" : "");
      const auto options = resolved("gateway-api", text);
      ASSERT_TRUE(options) << text;
      EXPECT_EQ(options->options.passes.gateway_api.minor, minor) << text;
      EXPECT_EQ(options->options.passes.gateway_api.experimental, experimental) << text;
    }
  EXPECT_EQ(resolve({})->options.passes.gateway_api.minor, 6);
  EXPECT_FALSE(resolve({})->options.passes.gateway_api.experimental);
}

TEST(Settings, TakePrefixesForTextUnlessAsked) {
  EXPECT_FALSE(resolve({})->options.mesh.segment_prefixes);
  EXPECT_FALSE(resolved("path-prefix", "strict")->options.mesh.segment_prefixes);
  EXPECT_TRUE(resolved("path-prefix", "segment")->options.mesh.segment_prefixes);
}

TEST(Settings, AskWhetherAnotherValueIsMeant) {
  const struct {
    const char* name;
    const char* value;
    const char* help;
  } cases[] = {{"gateway-api", "1.4-experimntal", "did you mean `1.4-experimental`?"},
               {"gateway-api", "v1.5", "did you mean `1.5`?"},
               {"gateway-api", "newest", ""},
               {"path-prefix", "segmnt", "did you mean `segment`?"},
               {"path-prefix", "Strict", "did you mean `strict`?"},
               {"path-prefix", "off", ""}};
  for (const auto& c : cases) {
    const auto options = resolved(c.name, c.value);
    ASSERT_FALSE(options) << c.value;
    EXPECT_TRUE(options.error().message.starts_with(fmt::format("here: `{}` is none of ", c.value))) << options.error().message;
    EXPECT_EQ(options.error().help, c.help) << c.value;
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
      {"istio-version: 1.33\n", ".s2a.yaml:1:1: `1.33` is no release of Istio", "from 1.28 to 1.32"},
      {"gateway-api: 1.5-experimetal\n", ".s2a.yaml:1:1: `1.5-experimetal` is none of ", "did you mean `1.5-experimental`?"},
      {"path-prefx: segment\n", ".s2a.yaml:1:1: there is no setting `path-prefx`", "did you mean `path-prefix`?"},
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

/// `1.30` is a number to YAML; it is taken as it is written.
TEST(ConfigFile, SaysWhichReleases) {
  const TempTree tree{{".s2a.yaml", "istio-version: 1.30\ngateway-api: 1.5-experimental\npath-prefix: segment\n"}};
  const auto file = read_config_file(tree.at(".s2a.yaml"));
  ASSERT_TRUE(file) << file.error().message;
  const auto options = resolve(std::vector{*file});
  ASSERT_TRUE(options) << options.error().message;
  EXPECT_EQ(options->options.mesh.istio, (IstioRelease{.minor = 30}));
  EXPECT_EQ(options->options.passes.gateway_api.minor, 5);
  EXPECT_TRUE(options->options.passes.gateway_api.experimental);
  EXPECT_TRUE(options->options.mesh.segment_prefixes);
  const auto said = s2a_in(tree, {"config", "--istio-version", "1.29.2"}, {.variables = {{"S2A_PATH_PREFIX", "strict"}}});
  for (const auto* line : {"1.29.2", "--istio-version", "S2A_PATH_PREFIX", ".s2a.yaml:2:1"}) EXPECT_NE(said.out.find(line), std::string::npos) << line << "\n" << said.out;
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

}  // namespace s2a::test::settings_test
