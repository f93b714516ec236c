// Whole runs: exit codes, streams, what is written and what is not.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/files.h"
#include "tests/unit/cli/program.h"

namespace s2a::test::commands_test {

namespace fs = std::filesystem;

std::string last_lines(const std::string& text, int count) {
  auto at = text.size() - 1;
  while (count-- > 0 && at != std::string::npos) at = text.rfind('\n', at - 1);
  return text.substr(at + 1);
}

TEST(Plan, ShowsWhatIsPendingAndChangesNothing) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}};
  const auto said = s2a_in(tree, {"plan", "in"});
  EXPECT_EQ(said.exit, 1) << said.err;
  EXPECT_EQ(said.err, "");
  EXPECT_NE(said.out.find("~ AuthorizationPolicy shop/cart-viewer"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("in/policy.yaml:1"), std::string::npos) << said.out;
  EXPECT_TRUE(last_lines(said.out, 2).starts_with("Plan: ")) << said.out;
  EXPECT_TRUE(last_lines(said.out, 1).starts_with("Next: s2a diff in | less")) << said.out;
  EXPECT_EQ(bytes_of(tree.at("in/policy.yaml")), kPolicy);
}

TEST(Plan, NamesTheNextCommandWithAllPathsOrNone) {
  const TempTree tree{{"a b/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}, {"x.yaml", "a: b\n"}, {"y.yaml", "a: b\n"}};
  const auto next = [&](const std::vector<std::string>& args) { return last_lines(s2a_in(tree, args).out, 1); };
  EXPECT_EQ(next({"plan", "a b", "in", "x.yaml"}), "Next: s2a diff 'a b' in x.yaml | less      then: s2a apply -w 'a b' in x.yaml\n");
  EXPECT_EQ(next({"plan", "a b", "in", "x.yaml", "y.yaml"}), "Next: s2a diff PATH... | less      then: s2a apply -w PATH...\n");
  EXPECT_EQ(next({"plan", "--each", "in"}), "Next: s2a diff --each in | less      then: s2a apply --assume -w --each in\n");
}

TEST(Plan, IsDoneWhereNothingIsToDo) {
  const TempTree tree{{"in/a.yaml", "kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\n"}};
  EXPECT_EQ(s2a_in(tree, {"plan", "in"}).exit, 0);
  const auto check = s2a_in(tree, {"check", "in"});
  EXPECT_EQ(check.exit, 0);
  EXPECT_EQ(check.out + check.err, "");
}

TEST(Plan, FailsOnFindingsAsAsked) {
  auto policy = std::string(kPolicy);
  policy.replace(policy.find("selector"), 8, "selctor");
  const TempTree tree{{"in/policy.yaml", policy}};
  EXPECT_EQ(s2a_in(tree, {"plan", "in"}).exit, 1);
  EXPECT_EQ(s2a_in(tree, {"plan", "--fail-on", "never", "in"}).exit, 0);
}

TEST(Plan, TellsInputThatCannotBeReadAndHandlesTheRest) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}, {"in/bad.yaml", "kind: AuthorizationPolicy\na: [\n"}};
  const auto said = s2a_in(tree, {"plan", "in"});
  EXPECT_EQ(said.exit, 2);
  EXPECT_NE(said.out.find("error[S2A0001]"), std::string::npos);
  EXPECT_NE(said.out.find("in/bad.yaml:"), std::string::npos);
  EXPECT_EQ(s2a_in(tree, {"plan", "--fail-on", "never", "nowhere"}).exit, 2);
}

TEST(Plan, WritesFurtherReports) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}};
  const auto said = s2a_in(tree, {"plan", "--output-file", "r.json", "--output-file", "diff:patch", "in"}, {.variables = {{"CLICOLOR_FORCE", "1"}}});
  EXPECT_NE(said.out.find('\033'), std::string::npos);
  EXPECT_EQ(bytes_of(tree.at("r.json")), s2a_in(tree, {"plan", "-o", "json", "in"}).out);
  EXPECT_EQ(bytes_of(tree.at("patch")), s2a_in(tree, {"diff", "in"}).out);
  EXPECT_EQ(s2a_in(tree, {"plan", "--output-file", "no/such/dir/r.json", "in"}).exit, 2);
}

TEST(Plan, IsColouredOnATerminalUnlessToldOtherwise) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}};
  const auto coloured = [&](const Environment& environment, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"plan", "in"});
    return s2a_in(tree, more, environment).out.find('\033') != std::string::npos;
  };
  EXPECT_FALSE(coloured({}));
  EXPECT_TRUE(coloured({.out_is_terminal = true}));
  EXPECT_FALSE(coloured({.variables = {{"NO_COLOR", "1"}}, .out_is_terminal = true}));
  EXPECT_TRUE(coloured({.variables = {{"NO_COLOR", ""}}, .out_is_terminal = true}));
  EXPECT_FALSE(coloured({.variables = {{"TERM", "dumb"}}, .out_is_terminal = true}));
  EXPECT_TRUE(coloured({.variables = {{"CLICOLOR_FORCE", "1"}}}));
  EXPECT_TRUE(coloured({}, {"--color", "always"}));
  EXPECT_FALSE(coloured({.out_is_terminal = true}, {"--color=never"}));
}

TEST(Plan, OfSeveralMeshesIsASectionEach) {
  const TempTree tree{{"a/mesh.yaml", kShop}, {"a/policy.yaml", kPolicy}, {"b/mesh.yaml", kShop}, {"b/policy.yaml", kPolicy}};
  const auto together = nlohmann::json::parse(s2a_in(tree, {"plan", "-o", "json", "a", "b"}).out);
  const auto each = nlohmann::json::parse(s2a_in(tree, {"plan", "-o", "json", "--each", "a", "b"}).out);
  EXPECT_EQ(together.at("meshes").size(), 1U);
  ASSERT_EQ(each.at("meshes").size(), 2U);
  EXPECT_EQ(each.at("meshes")[1].at("name"), "b");
  EXPECT_GT(each.at("summary").at("update"), 0);
}

TEST(Diff, IsADiffOnStandardOutputAndTalkElsewhere) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}, {"in/bad.yaml", "kind: AuthorizationPolicy\nmetadata:\n  namespace: other\na: [\n"}};
  const auto said = s2a_in(tree, {"diff", "in"});
  EXPECT_TRUE(said.out.starts_with("diff --git ")) << said.out;
  EXPECT_EQ(said.out.find("S2A"), std::string::npos);
  EXPECT_NE(said.err.find("error[S2A0001]"), std::string::npos);
}

TEST(Apply, ChangesInPlaceOnceAndThenHasNothingToDo) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}, {"in/other.txt", "x"}};
  const auto said = s2a_in(tree, {"apply", "-w", "in"});
  EXPECT_EQ(said.exit, 0) << said.out << said.err;
  EXPECT_NE(said.out.find("changed in/policy.yaml\n"), std::string::npos) << said.out;
  const auto policy = bytes_of(tree.at("in/policy.yaml"));
  EXPECT_NE(policy.find("targetRefs"), std::string::npos) << policy;
  EXPECT_NE(policy.find("# who may read"), std::string::npos) << policy;
  EXPECT_EQ(s2a_in(tree, {"plan", "in"}).exit, 0);
  EXPECT_EQ(s2a_in(tree, {"apply", "-w", "in"}).exit, 0);
  EXPECT_EQ(bytes_of(tree.at("in/policy.yaml")), policy);
}

TEST(Apply, CopiesTheWholeTree) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/sub/policy.yaml", kPolicy}, {"in/.hidden/x.bin", std::string_view("\0\xFF", 2)}, {"in/.git/HEAD", "x"}};
  const auto said = s2a_in(tree, {"apply", "--out-dir", "out", "in"});
  EXPECT_EQ(said.exit, 0) << said.err;
  EXPECT_EQ(bytes_of(tree.at("out/.hidden/x.bin")), std::string("\0\xFF", 2));
  EXPECT_NE(bytes_of(tree.at("out/sub/policy.yaml")), kPolicy);
  EXPECT_EQ(bytes_of(tree.at("in/sub/policy.yaml")), kPolicy);
  EXPECT_FALSE(fs::exists(tree.at("out/.git")));
  EXPECT_EQ(s2a_in(tree, {"plan", "out"}).exit, 0);
  const auto again = s2a_in(tree, {"apply", "--out-dir", "out", "in"});
  EXPECT_EQ(again.exit, 2);
  EXPECT_NE(again.err.find("`out` is not an empty directory"), std::string::npos);
}

TEST(Apply, CopiesOneFileAndSeveralPaths) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}, {"x/y.yaml", "a: b\n"}};
  EXPECT_EQ(s2a_in(tree, {"apply", "--out-dir", "one", "x/y.yaml"}).exit, 0);
  EXPECT_TRUE(fs::exists(tree.at("one/y.yaml")));
  (void)s2a_in(tree, {"apply", "--out-dir", "two", "x", "in"});
  EXPECT_TRUE(fs::exists(tree.at("two/x/y.yaml")));
  EXPECT_TRUE(fs::exists(tree.at("two/in/policy.yaml")));
  (void)s2a_in(tree, {"apply", "--out-dir", "x/inside", "x"});
  EXPECT_TRUE(fs::exists(tree.at("x/inside/y.yaml")));
  EXPECT_FALSE(fs::exists(tree.at("x/inside/inside"))) << "the copy does not hold itself";
}

TEST(ApplyOutDir, HasWhatWasReadThroughALink) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"elsewhere/policy.yaml", kPolicy}};
  tree.link("../elsewhere", "in/linked");
  EXPECT_EQ(s2a_in(tree, {"apply", "--out-dir", "out", "in"}).exit, 0);
  EXPECT_TRUE(fs::exists(tree.at("out/linked/policy.yaml")));
}

TEST(ApplyOutDir, NeverPutsTwoFilesInOnePlace) {
  const TempTree tree{{"a/x.yaml", "a: 1\n"}};
  const auto here = tree.root().filename().string();
  tree.write(here + "/a/x.yaml", "a: 2\n");
  const auto said = s2a_in(tree, {"apply", "--out-dir", "out", here + "/a", "../" + here + "/a"});
  EXPECT_EQ(said.exit, 2);
  EXPECT_NE((said.out + said.err).find("its place in the copy is that of"), std::string::npos) << said.out << said.err;
}

TEST(Apply, WritesAllOfAMeshOrNothing) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}, {"in/shop-waypoint.yaml/x", "in the way"}};
  const auto said = s2a_in(tree, {"apply", "-w", "in"});
  EXPECT_EQ(said.exit, 2);
  EXPECT_NE(said.out.find("error[S2A0017]"), std::string::npos) << said.out;
  EXPECT_EQ(bytes_of(tree.at("in/mesh.yaml")), kShop);
  EXPECT_EQ(bytes_of(tree.at("in/policy.yaml")), kPolicy);
}

TEST(Apply, WritesNothingOutsideOfThePaths) {
  auto policy = std::string(kPolicy);
  policy.replace(policy.find("namespace: shop"), 15, "namespace: ../../evil");
  const TempTree tree{{"a/b/in/policy.yaml", policy}};
  EXPECT_NE(s2a_in(tree, {"apply", "--assume", "-w", "a/b/in"}).exit, 0);
  EXPECT_EQ(bytes_of(tree.at("a/b/in/policy.yaml")), policy);
  EXPECT_EQ(std::distance(fs::recursive_directory_iterator(tree.root()), {}), 4) << "the policy and the directories above it";
}

TEST(Apply, LeavesAssumptionsAloneUnlessTold) {
  const TempTree tree{{"in/policy.yaml", kPolicy}};
  const auto plan = s2a_in(tree, {"plan", "in"});
  EXPECT_EQ(plan.exit, 1);
  EXPECT_NE(plan.out.find("Assumed"), std::string::npos) << plan.out;
  const auto careful = s2a_in(tree, {"apply", "-w", "in"});
  EXPECT_EQ(careful.exit, 1);
  EXPECT_EQ(bytes_of(tree.at("in/policy.yaml")), kPolicy);
  EXPECT_NE(careful.err.find("--assume"), std::string::npos) << careful.err;
  EXPECT_EQ(s2a_in(tree, {"apply", "--assume", "-w", "in"}).exit, 0);
  EXPECT_NE(bytes_of(tree.at("in/policy.yaml")), kPolicy);
}

TEST(Apply, NeedsNoAssumptionWithContext) {
  const TempTree tree{{"in/policy.yaml", kPolicy}, {"cluster/dump.yaml", kShop}};
  EXPECT_EQ(s2a_in(tree, {"apply", "-w", "--context", "cluster", "in"}).exit, 0);
  EXPECT_NE(bytes_of(tree.at("in/policy.yaml")).find("targetRefs"), std::string::npos);
  EXPECT_EQ(bytes_of(tree.at("cluster/dump.yaml")), kShop);
}

TEST(Check, IsShort) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}};
  const auto said = s2a_in(tree, {"check", "in"});
  EXPECT_EQ(said.exit, 1);
  EXPECT_TRUE(said.out.starts_with("Plan: ")) << said.out;
  EXPECT_EQ(said.out.find('\n'), said.out.size() - 1);
}

TEST(Explain, PrintsThePageOrTheList) {
  const TempTree nothing;
  EXPECT_TRUE(s2a_in(nothing, {"explain", "s2a0001"}).out.starts_with("# S2A0001"));
  EXPECT_EQ(s2a_in(nothing, {"explain"}).out, s2a_in(nothing, {"codes"}).out);
  EXPECT_NE(s2a_in(nothing, {"codes"}).out.find("S2A0999  error"), std::string::npos);
}

TEST(Completion, NamesEveryCommandAndFlagAndIsAScript) {
  const TempTree nothing;
  for (const auto* shell : {"bash", "zsh", "fish"}) {
    const auto said = s2a_in(nothing, {"completion", shell});
    EXPECT_EQ(said.exit, 0);
    for (const auto* wanted : {"plan", "apply", "audit", "trace", "explain", "fail-on", "out-dir", "refused-by", "always"})
      EXPECT_NE(said.out.find(wanted), std::string::npos) << shell << " " << wanted;
  }
  const TempTree tree{{"s2a.bash", s2a_in(nothing, {"completion", "bash"}).out}};
  const auto answer = [&](const std::string& words, int at) {
    const auto command =
        "bash -c 'source " + tree.at("s2a.bash") + "; COMP_WORDS=(" + words + "); COMP_CWORD=" + std::to_string(at) + "; _s2a; echo \"${COMPREPLY[*]}\"' > " + tree.at("answer");
    EXPECT_EQ(std::system(command.c_str()), 0);
    return bytes_of(tree.at("answer"));
  };
  EXPECT_EQ(answer("s2a pl", 1), "plan\n");
  EXPECT_EQ(answer("s2a apply --out-", 2), "--out-dir\n");
  EXPECT_EQ(answer("s2a plan --fail-on w", 3), "warning\n");
}

TEST(Diff, SaysHowToApplyPathsFromElsewhere) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}, {"work/empty.yaml", ""}};
  EXPECT_EQ(s2a_in(tree, {"diff", "in"}).err.find("git"), std::string::npos);
  EXPECT_NE(s2a_in(tree, {"diff", "in/../../" + tree.root().filename().string() + "/in"}).err.find("note: `git apply` passes over"), std::string::npos);
  EXPECT_NE(s2a_in(tree, {"diff", (tree.root() / "in").string()}).err.find("git -C / apply"), std::string::npos);
}

TEST(Dump, ShowsEachStage) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}};
  const auto stage = [&](const std::string& name) { return s2a_in(tree, {"dump", "--stage=" + name, "in"}).out; };
  EXPECT_NE(stage("document").find("in/policy.yaml document 0"), std::string::npos);
  EXPECT_NE(stage("document").find("scalar plain"), std::string::npos);
  EXPECT_NE(stage("resources").find("in/policy.yaml:1 security.istio.io/v1 AuthorizationPolicy shop/cart-viewer"), std::string::npos);
  EXPECT_NE(stage("mesh").find(
                "workload Deployment shop/cart sidecar (Namespace `shop` is labelled istio-injection: enabled) labels app=cart ports 8080 services cart policies cart-viewer"),
            std::string::npos)
      << stage("mesh");
  EXPECT_EQ(nlohmann::json::parse(stage("plan")).at("schemaVersion"), 1);
}

}  // namespace s2a::test::commands_test
