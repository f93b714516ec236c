// What the arguments mean, and what is said of wrong ones.
#include "cli/command_line.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/cli/program.h"

namespace s2a::test::command_line_test {

CommandLine parsed(const std::vector<std::string>& args) {
  auto line = parse_command_line(args);
  EXPECT_TRUE(line) << line.error().message;
  return line ? std::move(*line) : CommandLine{};
}

TEST(CommandLine, IsPlanWhereNoCommandIsGiven) {
  const auto line = parsed({"shop", "-n", "web"});
  EXPECT_EQ(line.command, Command::Plan);
  EXPECT_EQ(line.arguments, std::vector<std::string>{"shop"});
  EXPECT_EQ(line.settings.at("namespace").values, Values{"web"});
  EXPECT_EQ(line.settings.at("namespace").origin, "--namespace");
}

TEST(CommandLine, TakesFlagsBeforeTheCommand) {
  for (const std::vector<std::string>& args : {std::vector<std::string>{"-n", "plan", "apply", "-w", "shop"},
                                               {"--namespace=plan", "apply", "shop", "-w"},
                                               {"-nplan", "apply", "-w", "shop"},
                                               {"apply", "--namespace", "plan", "-w", "--", "shop"}}) {
    const auto line = parsed(args);
    EXPECT_EQ(line.command, Command::Apply);
    EXPECT_EQ(line.arguments, std::vector<std::string>{"shop"});
    EXPECT_EQ(line.settings.at("namespace").values, Values{"plan"});
    EXPECT_EQ(line.settings.at("write").values, Values{"true"});
  }
}

TEST(CommandLine, ASwitchMayBeSwitchedOff) {
  EXPECT_EQ(parsed({"plan", "--each=false", "."}).settings.at("each").values, Values{"false"});
  EXPECT_EQ(parsed({"plan", "--each", "."}).settings.at("each").values, Values{"true"});
  EXPECT_EQ(parsed({"plan", "-q", "--each", "."}).settings.at("quiet").values, Values{"true"});
}

TEST(CommandLine, RepeatsAFlagWithOneValueEach) {
  const auto line = parsed({"plan", "--context", "a", "b", "--context", "c", "-"});
  EXPECT_EQ(line.settings.at("context").values, (Values{"a", "c"}));
  EXPECT_EQ(line.arguments, (std::vector<std::string>{"b", "-"}));
}

TEST(CommandLine, AnswersHelpAndVersion) {
  EXPECT_EQ(parsed({"--version"}).answer, "s2a " S2A_VERSION "\n");
  const auto help = parsed({"--help"}).answer;
  for (const auto* wanted : {"plan", "completion", "Exit codes:", "3  a bug in s2a"}) EXPECT_NE(help.find(wanted), std::string::npos) << wanted << "\n" << help;
  EXPECT_EQ(parsed({}).answer, help);
  const auto plan = parsed({"plan", "--help"}).answer;
  EXPECT_NE(plan.find("Usage: s2a plan [OPTIONS] PATH..."), std::string::npos) << plan;
  EXPECT_NE(plan.find("--fail-on"), std::string::npos);
  EXPECT_EQ(plan.find("--out-dir"), std::string::npos) << "plan does not write";
}

struct WrongCase {
  std::vector<std::string> args;
  const char* message;
  const char* help;
};

TEST(CommandLine, SaysWhatIsWrongAndWhatWasMeant) {
  const TempTree nothing;
  const WrongCase cases[] = {
      {{"pln", "."}, "there is no command and no file `pln`", "did you mean `plan`?"},
      {{"plan", "--contxt", "a", "."}, "there is no option `--contxt`", "did you mean `--context`?"},
      {{"plan", "--contxt=a", "."}, "there is no option `--contxt`", "did you mean `--context`?"},
      {{"plan", "--zzzzzz", "."}, "there is no option `--zzzzzz`", "see `s2a plan --help`"},
      {{"plan", "-w", "."}, "there is no option `-w`", "see `s2a plan --help`"},
      {{"plan", "--write", "."}, "`s2a plan` takes no `--write`", "see `s2a plan --help`"},
      {{"plan", "--color", "alwys", "."}, "--color: `alwys` is none of auto, always, never", "did you mean `always`?"},
      {{"plan", "-o", "jsn", "."}, "--output: `jsn` is none of text, json, diff", "did you mean `json`?"},
      {{"plan", "--jobs", "many", "."}, "--jobs: `many` is no number of threads", ""},
      {{"plan", "--jobs", "1", "--jobs", "2", "."}, "--jobs: it takes one value", ""},
      {{"plan", "--enroll", "service", "."}, "--enroll: `service` is not built yet", ""},
      {{"plan", "--waypoint-name", "A", "."}, "--waypoint-name: `A` is no name of a namespace or a Gateway", ""},
      {{"plan", "--output-file", "report", "."}, "--output-file: the format of `report` is not known", "write FORMAT:FILE, as `json:report`"},
      {{"plan", "--namespace"}, "--namespace", ""},
      {{"plan", "-n", "../../evil", "."}, "--namespace: `../../evil` is no name of a namespace or a Gateway", "at most 63 lower case letters"},
      {{"plan", "-n", "a.b", "."}, "--namespace: `a.b` is no name", ""},
      {{"plan", "-n", std::string(64, 'a'), "."}, "--namespace: `aaa", ""},
      {{"plan", "-n", "", "."}, "--namespace: `` is no name", ""},
      {{"plan", "--root-namespace", "-a", "."}, "--root-namespace: `-a` is no name", ""},
      {{"plan"}, "which files?", "`s2a plan .`"},
      {{"trace", "."}, "who calls, and what?", "--from ID --to HOST:PORT"},
      {{"trace", "--from", "a/b", "--to", "c:80"}, "which files?", "`s2a trace . --from"},
      {{"trace", "--header", "x", "."}, "--header: `x` is no header line", "write NAME:VALUE"},
      {{"trace", "--claim", "x", "."}, "--claim: `x` is no claim", "write NAME=VALUE"},
      {{"trace", "--ip", "10.0.0", "."}, "--ip: `10.0.0` is no address", ""},
      {{"trace", "--client", "sidcar", "."}, "--client: `sidcar` is none of ambient", "did you mean `sidecar`?"},
      {{"verify", "."}, "which two trees?", "`s2a verify BEFORE AFTER`"},
      {{"verify", "-", "-"}, "standard input can be one of the two trees only", ""},
      {{"verify", "--each", ".", "."}, "`--each` makes no sense", ""},
      {{"codes", "x"}, "`s2a codes` takes no argument `x`", ""},
      {{"explain", "S2A9999"}, "there is no code `S2A9999`", ""},
      {{"explain", "S2A0O09"}, "there is no code `S2A0O09`", "did you mean `S2A0009`?"},
      {{"completion", "tcsh"}, "there is no completion for `tcsh`", "bash, zsh or fish"},
      {{"apply", "."}, "apply writes only where it is told to", "-w in place"},
      {{"apply", "-w", "--out-dir", "x", "."}, "-w and --out-dir exclude each other", ""},
      {{"apply", "-w", "-"}, "the result of `-` goes to standard output", ""},
  };
  for (const auto& wrong : cases) {
    const auto said = s2a_in(nothing, wrong.args);
    SCOPED_TRACE(testing::PrintToString(wrong.args));
    EXPECT_EQ(said.exit, 2);
    EXPECT_EQ(said.out, "");
    EXPECT_NE(said.err.find(wrong.message), std::string::npos) << said.err;
    EXPECT_NE(said.err.find(wrong.help), std::string::npos) << said.err;
  }
}

TEST(CommandShapes, HoldEveryCommandThatIsBuiltAndItsFlags) {
  const auto shapes = command_shapes();
  for (const auto& command : commands()) {
    const auto shape = std::ranges::find(shapes, command.name, &CommandShape::name);
    ASSERT_EQ(shape != shapes.end(), command.run != nullptr) << command.name;
    if (command.run == nullptr) continue;
    for (const auto& setting : settings()) {
      const auto flag = std::ranges::find(shape->flags, setting.name, &FlagShape::name);
      ASSERT_EQ(flag != shape->flags.end(), setting.commands.has(command.command)) << command.name << " " << setting.name;
      EXPECT_TRUE(flag == shape->flags.end() || flag->takes_value != setting.is_switch()) << setting.name;
    }
  }
}

}  // namespace s2a::test::command_line_test
