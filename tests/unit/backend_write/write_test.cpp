// Files replaced, made and copied: what stands on disk afterwards, in success and in failure.
#include "backend/write/write.h"

#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <set>

#include "tests/support/files.h"
#include "tests/support/temp_tree.h"

namespace {

bool disk_lies = false;

}  // namespace

/// Takes the place of the C library's: a disk that gives back other bytes than it was given, where the test asks for it.
extern "C" ssize_t read(int file, void* buffer, size_t size) {
  const auto count = ::syscall(SYS_read, file, buffer, size);
  if (disk_lies && count > 0) static_cast<char*>(buffer)[count - 1] ^= 1;
  return count;
}

namespace s2a::test {
namespace {

namespace fs = std::filesystem;

std::set<std::string> names_in(const fs::path& directory) {
  std::set<std::string> out;
  for (const auto& entry : fs::directory_iterator(directory)) out.insert(entry.path().filename().string());
  return out;
}

TEST(ReplaceFile, PutsTheNewTextInPlaceAndKeepsTheMode) {
  const TempTree tree{{"a.yaml", "old\r\n"}};
  fs::permissions(tree.at("a.yaml"), static_cast<fs::perms>(0640));
  const std::string binary("new\0\n", 5);
  ASSERT_TRUE(replace_file(tree.at("a.yaml"), "old\r\n", binary));
  EXPECT_EQ(bytes_of(tree.at("a.yaml")), binary);
  EXPECT_EQ(fs::status(tree.at("a.yaml")).permissions(), static_cast<fs::perms>(0640));
  EXPECT_EQ(names_in(tree.root()), std::set<std::string>{"a.yaml"});
}

TEST(ReplaceFile, RefusesAFileThatChanged) {
  const TempTree tree{{"a.yaml", "theirs"}};
  for (const auto* name : {"a.yaml", "gone.yaml"}) {
    const auto done = replace_file(tree.at(name), "old", "new");
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, Code::ChangedOnDisk);
    EXPECT_EQ(done.error().path, tree.at(name));
  }
  EXPECT_EQ(bytes_of(tree.at("a.yaml")), "theirs");
  EXPECT_EQ(names_in(tree.root()), std::set<std::string>{"a.yaml"});
}

TEST(ReplaceFile, FollowsALinkAndKeepsIt) {
  const TempTree tree{{"d/a.yaml", "old"}};
  tree.link("d/a.yaml", "link.yaml");
  ASSERT_TRUE(replace_file(tree.at("link.yaml"), "old", "new"));
  EXPECT_TRUE(fs::is_symlink(tree.at("link.yaml")));
  EXPECT_FALSE(fs::is_symlink(tree.at("d/a.yaml")));
  EXPECT_EQ(bytes_of(tree.at("d/a.yaml")), "new");
}

TEST(ReplaceFile, LeavesTheFileAloneWhereNothingCanBeMadeBesideIt) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const TempTree tree{{"d/a.yaml", "old"}};
  fs::permissions(tree.at("d"), static_cast<fs::perms>(0555));
  const auto done = replace_file(tree.at("d/a.yaml"), "old", "new");
  fs::permissions(tree.at("d"), static_cast<fs::perms>(0755));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Code::NotWritten);
  EXPECT_EQ(bytes_of(tree.at("d/a.yaml")), "old");
}

TEST(ReplaceFile, KeepsTheOldTextWhereTheNewOneDoesNotReadBack) {
  const TempTree tree{{"a.yaml", "old"}};
  disk_lies = true;
  const auto replaced = replace_file(tree.at("a.yaml"), "old", "new");
  const auto created = create_file(tree.at("b.yaml"), "new");
  disk_lies = false;
  ASSERT_FALSE(replaced || created);
  EXPECT_EQ(replaced.error().code, Code::NotWritten);
  EXPECT_EQ(replaced.error().message, "what was written does not read back the same");
  EXPECT_EQ(created.error().code, Code::NotWritten);
  EXPECT_EQ(bytes_of(tree.at("a.yaml")), "old");
  EXPECT_EQ(names_in(tree.root()), std::set<std::string>{"a.yaml"});
}

TEST(ReplaceFile, RefusesADirectory) {
  const TempTree tree{{"d/a.yaml", "old"}};
  EXPECT_FALSE(replace_file(tree.at("d"), "", "new"));
  EXPECT_EQ(names_in(tree.root()), std::set<std::string>{"d"});
}

TEST(CreateFile, MakesItAndItsDirectories) {
  const TempTree tree;
  ASSERT_TRUE(create_file(tree.at("d/e/a.yaml"), "new"));
  EXPECT_EQ(bytes_of(tree.at("d/e/a.yaml")), "new");
  EXPECT_EQ(fs::status(tree.at("d/e/a.yaml")).permissions(), static_cast<fs::perms>(0644));
  EXPECT_EQ(names_in(tree.at("d/e")), std::set<std::string>{"a.yaml"});
}

TEST(CreateFile, NeverOverwrites) {
  const TempTree tree{{"a.yaml", "theirs"}};
  for (const auto* name : {"a.yaml", "a.yaml/b.yaml"}) {
    const auto done = create_file(tree.at(name), "new");
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, Code::NotWritten);
  }
  EXPECT_EQ(bytes_of(tree.at("a.yaml")), "theirs");
  EXPECT_EQ(names_in(tree.root()), std::set<std::string>{"a.yaml"});
}

TEST(CreateFile, GivesItTheModeThatIsAskedFor) {
  const TempTree tree;
  ASSERT_TRUE(create_file(tree.at("a.yaml"), "new", static_cast<fs::perms>(0600)));
  EXPECT_EQ(fs::status(tree.at("a.yaml")).permissions(), static_cast<fs::perms>(0600));
}

TEST(DeleteFile, TakesItAwayAndNothingElse) {
  const TempTree tree{{"d/a.yaml", "old"}, {"d/b.yaml", "old"}};
  ASSERT_TRUE(delete_file(tree.at("d/a.yaml"), "old"));
  EXPECT_EQ(names_in(tree.at("d")), std::set<std::string>{"b.yaml"});
}

TEST(DeleteFile, TakesTheLinkAwayAndNotItsTarget) {
  const TempTree tree{{"d/a.yaml", "old"}};
  tree.link("d/a.yaml", "link.yaml");
  ASSERT_TRUE(delete_file(tree.at("link.yaml"), "old"));
  EXPECT_EQ(names_in(tree.root()), std::set<std::string>{"d"});
  EXPECT_EQ(bytes_of(tree.at("d/a.yaml")), "old");
}

TEST(DeleteFile, RefusesAFileThatChangedAndADirectory) {
  const TempTree tree{{"a.yaml", "theirs"}, {"d/x", ""}};
  for (const auto* name : {"a.yaml", "gone.yaml"}) {
    const auto done = delete_file(tree.at(name), "old");
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, Code::ChangedOnDisk);
  }
  EXPECT_FALSE(delete_file(tree.at("d"), ""));
  EXPECT_EQ(names_in(tree.root()), (std::set<std::string>{"a.yaml", "d"}));
}

TEST(WriteTree, WritesEveryFileOverWhatStandsThere) {
  const TempTree tree{{"out/a.yaml", "old"}};
  ASSERT_TRUE(write_tree(tree.at("out"), std::vector<CopiedFile>{{.path = "a.yaml", .text = "A"}, {.path = "d/b.yaml", .text = "B", .mode = static_cast<fs::perms>(0600)}}));
  EXPECT_EQ(bytes_of(tree.at("out/a.yaml")), "A");
  EXPECT_EQ(bytes_of(tree.at("out/d/b.yaml")), "B");
  EXPECT_EQ(fs::status(tree.at("out/d/b.yaml")).permissions(), static_cast<fs::perms>(0600));
  EXPECT_EQ(names_in(tree.at("out")), (std::set<std::string>{"a.yaml", "d"}));
}

TEST(WriteTree, RefusesPathsThatLeadOutBeforeAnythingIsWritten) {
  const TempTree tree{{"elsewhere/x", ""}, {"out/y", ""}};
  tree.link("../elsewhere", "out/link");
  for (const auto* path : {"../a.yaml", "d/../../a.yaml", "/tmp/s2a-a.yaml", "", "d/", "link/a.yaml"}) {
    const auto done = write_tree(tree.at("out"), std::vector<CopiedFile>{{.path = "first.yaml", .text = "A"}, {.path = path, .text = "B"}});
    ASSERT_FALSE(done) << path;
    EXPECT_EQ(done.error().code, Code::NotWritten);
    EXPECT_EQ(names_in(tree.at("out")), (std::set<std::string>{"link", "y"})) << path;
  }
  EXPECT_EQ(names_in(tree.at("elsewhere")), std::set<std::string>{"x"});
}

}  // namespace
}  // namespace s2a::test
