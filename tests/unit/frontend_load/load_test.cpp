// Which files are found, in which order, and what is said about those that cannot be read.
#include "frontend/load/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/support/temp_tree.h"

namespace s2a::load_test {

using test::TempTree;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Loaded {
  SourceSet sources;
  Diagnostics diagnostics;
  std::vector<std::string> paths;  ///< below the tree
  std::vector<std::string> messages;
};

Loaded run(const TempTree& tree, LoadOptions options) {
  Loaded out;
  for (auto* list : {&options.paths, &options.context})
    for (auto& path : *list) path = path == "." ? tree.root().string() : tree.at(path);
  load(options, out.sources, out.diagnostics);
  for (const auto& file : out.sources) out.paths.push_back(file.path.substr(tree.root().string().size() + 1));
  for (const auto& diagnostic : out.diagnostics.all()) out.messages.push_back(diagnostic.message);
  return out;
}

/// Standard input is this file while the object lives.
class Stdin {
 public:
  explicit Stdin(const std::string& path) : saved_(::dup(0)) { reopen(path); }
  Stdin(const Stdin&) = delete;
  Stdin& operator=(const Stdin&) = delete;
  ~Stdin() { ::dup2(saved_, 0), ::close(saved_); }

 private:
  static void reopen(const std::string& path) {
    if (std::freopen(path.c_str(), "r", stdin) == nullptr) std::abort();
  }
  int saved_;
};

TEST(Load, DirectoriesHoldManifestsOnly) {
  const TempTree tree{{"b/z.yml", "b"},         {"b.yaml", "a"},       {"a/x.json", "c"},          {"README.md", "no"},     {".hidden.yaml", "no"},
                      {".github/w.yaml", "no"}, {"x.yaml.orig", "no"}, {"my-Kustomization", "no"}, {"k/Kustomization", "d"}};
  const auto loaded = run(tree, {.paths = {"."}});
  EXPECT_THAT(loaded.paths, ElementsAre("a/x.json", "b.yaml", "b/z.yml", "k/Kustomization"));
  EXPECT_THAT(loaded.messages, IsEmpty());
  EXPECT_EQ(loaded.sources[FileId{2}].text, "b");
  EXPECT_EQ(loaded.sources[FileId{2}].mesh_root, tree.root());
}

TEST(Load, NamedFilesMayHaveAnyName) {
  const TempTree tree{{"policy.txt", "1"}, {".hidden.yaml", "2"}, {".dir/a.yaml", "3"}, {".dir/.b/c.yaml", "4"}};
  EXPECT_THAT(run(tree, {.paths = {"policy.txt", ".hidden.yaml", ".dir"}}).paths, ElementsAre(".dir/a.yaml", ".hidden.yaml", "policy.txt"));
}

TEST(Load, EveryByteIsKept) {
  const std::string text = "\xEF\xBB\xBF# caf\xE9\r\na: 1";
  const TempTree tree{{"a.yaml", text}, {"empty.yaml", ""}};
  const auto loaded = run(tree, {.paths = {"."}});
  EXPECT_EQ(loaded.sources[FileId{0}].text, text);
  EXPECT_EQ(loaded.sources[FileId{1}].text, "");
}

TEST(Load, TheOrderOfThePathsDoesNotMatter) {
  const TempTree tree{{"a/1.yaml", ""}, {"b/2.yaml", ""}, {"c.yaml", ""}};
  EXPECT_EQ(run(tree, {.paths = {"a", "b", "c.yaml"}}).paths, run(tree, {.paths = {"c.yaml", "b", "a"}}).paths);
}

TEST(Load, AFileThatIsReachedTwiceIsLoadedOnce) {
  const TempTree tree{{"a/1.yaml", ""}, {"a/b/2.yaml", ""}};
  tree.link("1.yaml", "a/0.yaml");
  tree.link("b", "a/also-b");
  const auto loaded = run(tree, {.paths = {"a", "a/b", "a/1.yaml", "a/../a"}, .context = {"a"}});
  EXPECT_THAT(loaded.paths, ElementsAre("a/1.yaml", "a/b/2.yaml"));
  EXPECT_EQ(loaded.sources[FileId{1}].access, Access::Edit);
  EXPECT_EQ(loaded.sources[FileId{1}].mesh_root, tree.at("a"));
}

TEST(Load, SymbolicLinksAreFollowedAndLoopsEnd) {
  const TempTree tree{{"a/1.yaml", ""}, {"elsewhere/2.yaml", ""}, {"elsewhere/deep/3.yaml", ""}};
  tree.link("..", "a/up");
  tree.link("../elsewhere", "a/other");
  tree.link("self", "a/self");
  tree.link("nowhere", "a/gone.yaml");
  tree.link("nowhere", "a/gone");
  const auto loaded = run(tree, {.paths = {"a"}});
  EXPECT_THAT(loaded.paths, ElementsAre("a/1.yaml", "a/other/2.yaml", "a/other/deep/3.yaml"));
  EXPECT_THAT(loaded.messages, ElementsAre(HasSubstr("a/gone.yaml` cannot be read: it is a symbolic link that leads nowhere")));
}

TEST(Load, ContextIsNeverEdited) {
  const TempTree tree{{"mine/1.yaml", ""}, {"cluster/2.yaml", ""}};
  const auto loaded = run(tree, {.paths = {"mine"}, .context = {"cluster"}});
  EXPECT_THAT(loaded.paths, ElementsAre("cluster/2.yaml", "mine/1.yaml"));
  EXPECT_EQ(loaded.sources[FileId{0}].access, Access::Context);
  EXPECT_EQ(loaded.sources[FileId{1}].access, Access::Edit);
}

TEST(Load, ExcludesPruneBelowThePath) {
  const TempTree tree{{"a/vendor/1.yaml", ""}, {"a/x/test/2.yaml", ""}, {"a/x/3.yaml", ""}, {"a/4.yaml", ""}};
  EXPECT_THAT(run(tree, {.paths = {"a", "a/4.yaml"}, .excludes = {"vendor", "x/test", "4.yaml"}}).paths, ElementsAre("a/x/3.yaml"));
}

TEST(Load, GitIgnoredFilesAreSkippedUnlessTrackedOrNamed) {
  const TempTree tree{{"repo/.gitignore", "/build/\n*.tmp.yaml\n!c.tmp.yaml\nkept.yaml\n"},
                      {"repo/kept.yaml", ""},
                      {"repo/a.yaml", ""},
                      {"repo/a.tmp.yaml", ""},
                      {"repo/build/b.yaml", ""},
                      {"repo/sub/.gitignore", "f.yaml\n"},
                      {"repo/sub/f.yaml", ""},
                      {"repo/sub/c.tmp.yaml", ""},
                      {"repo/inner/.gitignore", "d.yaml\n"},
                      {"repo/inner/d.yaml", ""},
                      {"repo/inner/e.yaml", ""}};
  const auto git = [&](const std::string& arguments) { return std::system(("exec >/dev/null 2>&1; git -C '" + tree.at("repo") + "' " + arguments).c_str()); };
  if (git("--version") != 0) GTEST_SKIP() << "git is not installed";
  ASSERT_EQ(git("init -q && git -C '" + tree.at("repo/inner") + "' init -q"), 0);
  ASSERT_EQ(git("add -f kept.yaml"), 0);
  EXPECT_THAT(run(tree, {.paths = {"repo"}}).paths, ElementsAre("repo/a.yaml", "repo/inner/e.yaml", "repo/kept.yaml", "repo/sub/c.tmp.yaml"));
  EXPECT_THAT(run(tree, {.paths = {"repo/build", "repo/a.tmp.yaml"}}).paths, ElementsAre("repo/a.tmp.yaml", "repo/build/b.yaml"));
}

TEST(Load, OneBadPathHidesNoOther) {
  const TempTree tree{{"good.yaml", "a"}, {"policies.yaml", "b"}, {"shop/x.yaml", "c"}};
  ASSERT_EQ(::mkfifo(tree.at("pipe.yaml").c_str(), 0600), 0);
  const auto loaded = run(tree, {.paths = {"polices.yaml", "good.yaml", "pipe.yaml", "shpo", "nothing-like-it", "good.yaml/x"}});
  EXPECT_THAT(loaded.paths, ElementsAre("good.yaml"));
  EXPECT_EQ(loaded.diagnostics.all().at(0).help, "did you mean `" + tree.at("policies.yaml") + "`?");
  EXPECT_EQ(loaded.diagnostics.all().at(1).help, "did you mean `" + tree.at("shop") + "`?");
  EXPECT_EQ(loaded.diagnostics.all().at(2).help, "");
  EXPECT_THAT(loaded.messages,
              ElementsAre(HasSubstr("no such file or directory"), HasSubstr("shpo"), HasSubstr("nothing-like-it"), HasSubstr("not a directory"), HasSubstr("not a regular file")));
  for (const auto& diagnostic : loaded.diagnostics.all()) EXPECT_EQ(diagnostic.code, Code::Unreadable);
}

TEST(Load, UnreadableFilesAndDirectoriesAreTold) {
  const TempTree tree{{"a.yaml", ""}, {"secret.yaml", ""}, {"closed/b.yaml", ""}};
  ::chmod(tree.at("secret.yaml").c_str(), 0);
  ::chmod(tree.at("closed").c_str(), 0);
  if (::access(tree.at("secret.yaml").c_str(), R_OK) == 0) GTEST_SKIP() << "this user may read everything";
  const auto loaded = run(tree, {.paths = {"."}});
  ::chmod(tree.at("closed").c_str(), 0700);
  EXPECT_THAT(loaded.paths, ElementsAre("a.yaml"));
  EXPECT_THAT(loaded.messages, ElementsAre(HasSubstr("closed` cannot be read: permission denied"), HasSubstr("secret.yaml` cannot be read: permission denied")));
}

TEST(Load, AReadErrorIsTold) {
  SourceSet sources;
  Diagnostics diagnostics;
  load({.paths = {"/proc/self/mem", "/dev/null"}}, sources, diagnostics);
  EXPECT_EQ(sources.size(), 0U);
  ASSERT_EQ(diagnostics.all().size(), 2U);
  EXPECT_THAT(diagnostics.all()[0].message, HasSubstr("/dev/null` cannot be read: it is not a regular file"));
  EXPECT_THAT(diagnostics.all()[1].message, HasSubstr("/proc/self/mem` cannot be read: input/output error"));
}

TEST(Load, MoreThan64MiBIsRefused) {
  const TempTree tree{{"big.yaml", ""}, {"limit.yaml", ""}, {"small.yaml", "a"}};
  constexpr auto kLimit = std::size_t{64} << 20U;
  std::filesystem::resize_file(tree.at("big.yaml"), kLimit + 1);
  std::filesystem::resize_file(tree.at("limit.yaml"), kLimit);
  const auto loaded = run(tree, {.paths = {"."}});
  EXPECT_THAT(loaded.paths, ElementsAre("limit.yaml", "small.yaml"));
  EXPECT_EQ(loaded.sources[FileId{0}].text.size(), kLimit);
  EXPECT_EQ(loaded.diagnostics.all().at(0).code, Code::TooBig);
}

TEST(Load, StandardInputIsReadOnce) {
  const TempTree tree{{"in", "kind: List\n"}};
  const Stdin redirected(tree.at("in"));
  SourceSet sources;
  Diagnostics diagnostics;
  load({.paths = {"-", "-"}, .context = {"-"}, .stdin_name = "shop/a.yaml"}, sources, diagnostics);
  ASSERT_EQ(sources.size(), 1U);
  const auto& file = sources[FileId{0}];
  EXPECT_EQ(file.text, "kind: List\n");
  EXPECT_EQ(file.path, "shop/a.yaml");
  EXPECT_EQ(file.mesh_root, "-");
}

TEST(Load, StandardInputWithoutANameIsADash) {
  const TempTree tree{{"in", ""}};
  const Stdin redirected(tree.at("in"));
  SourceSet sources;
  Diagnostics diagnostics;
  load({.paths = {"-"}}, sources, diagnostics);
  EXPECT_EQ(sources[FileId{0}].path, "-");
}

TEST(Load, PathsAreShownAsGivenWithoutDots) {
  const TempTree tree{{"shop/a.yaml", ""}};
  const auto here = std::filesystem::current_path();
  std::filesystem::current_path(tree.root());
  const std::vector<std::pair<std::string, std::string>> rows{{".", "shop/a.yaml"},
                                                              {"./", "shop/a.yaml"},
                                                              {"shop/", "shop/a.yaml"},
                                                              {"./shop//", "shop/a.yaml"},
                                                              {"./shop/a.yaml", "shop/a.yaml"},
                                                              {"shop/../shop", "shop/../shop/a.yaml"}};
  for (const auto& [path, shown] : rows) {
    SourceSet sources;
    Diagnostics diagnostics;
    load({.paths = {path}}, sources, diagnostics);
    ASSERT_EQ(sources.size(), 1U) << path;
    EXPECT_EQ(sources[FileId{0}].path, shown) << path;
  }
  std::filesystem::current_path(here);
}

}  // namespace s2a::load_test
