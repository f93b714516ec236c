// The unified diff: hunks, line ends, names. That `git apply` takes it is tested in tests/property/edit.
#include "backend/edit/diff.h"

#include <gtest/gtest.h>

namespace s2a::diff_test {

struct Case {
  const char* name;
  std::string before;
  std::vector<Edit> edits;
  std::string body;  ///< behind the two file lines
};

Edit edit(std::uint32_t begin, std::uint32_t end, std::string text) { return {.span = {.begin = begin, .end = end}, .text = std::move(text)}; }

EditSet set_of(const std::vector<Edit>& edits) {
  EditSet out;
  for (const auto& one : edits) EXPECT_TRUE(out.add(one));
  return out;
}

TEST(Diff, Hunks) {
  const std::string ten = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";
  const std::vector<Case> cases{
      {"inside a line", "aa\nbb\ncc\n", {edit(4, 5, "x")}, "@@ -1,3 +1,3 @@\n aa\n-bb\n+bx\n cc\n"},
      {"a line put in", "a\nb\n", {edit(2, 2, "x\n")}, "@@ -1,2 +1,3 @@\n a\n+x\n b\n"},
      {"a line put in from the end of the one before", "a\nb\n", {edit(1, 1, "\nx")}, "@@ -1,2 +1,3 @@\n a\n+x\n b\n"},
      {"a line taken out", "a\nb\nc\n", {edit(2, 4, "")}, "@@ -1,3 +1,2 @@\n a\n-b\n c\n"},
      {"two edits of one line", "abc\n", {edit(0, 1, "x"), edit(2, 3, "y")}, "@@ -1 +1 @@\n-abc\n+xby\n"},
      {"contexts that touch are one hunk", ten, {edit(0, 1, "x"), edit(14, 15, "y")}, "@@ -1,10 +1,10 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n 9\n 10\n"},
      {"two hunks, lines shifted", ten, {edit(0, 0, "0\n"), edit(16, 17, "y")}, "@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -6,5 +7,5 @@\n 6\n 7\n 8\n-9\n+y\n 10\n"},
      {"no line end before", "a\nb", {edit(3, 3, "\nc\n")}, "@@ -1,2 +1,3 @@\n a\n-b\n\\ No newline at end of file\n+b\n+c\n"},
      {"no line end behind", "a\nb\n", {edit(3, 4, "")}, "@@ -1,2 +1,2 @@\n a\n-b\n+b\n\\ No newline at end of file\n"},
      {"no line end, far away", "a\nb", {edit(0, 1, "x")}, "@@ -1,2 +1,2 @@\n-a\n+x\n b\n\\ No newline at end of file\n"},
      {"everything taken out", "a\n", {edit(0, 2, "")}, "@@ -1 +0,0 @@\n-a\n"},
      {"CRLF", "a\r\nb\r\n", {edit(3, 4, "x")}, "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+x\r\n"},
  };
  for (const auto& [name, before, edits, body] : cases) {
    EXPECT_EQ(unified_diff("f", "f", before, set_of(edits)), "diff --git a/f b/f\n--- a/f\n+++ b/f\n" + body) << name;
  }
  EXPECT_EQ(unified_diff("f", "f", "abc\n", set_of({edit(0, 3, "abc")})), "");
}

TEST(Diff, NewFile) {
  EXPECT_EQ(unified_diff(kNoFile, "d/f", "", set_of({edit(0, 0, "a\nb\n")})), "diff --git a/d/f b/d/f\nnew file mode 100644\n--- /dev/null\n+++ b/d/f\n@@ -0,0 +1,2 @@\n+a\n+b\n");
}

TEST(Diff, DeletedFile) {
  EXPECT_EQ(unified_diff("d/f", kNoFile, "a\nb", set_of({edit(0, 3, "")})),
            "diff --git a/d/f b/d/f\ndeleted file mode 100644\n--- a/d/f\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n\\ No newline at end of file\n");
}

TEST(Diff, Names) {
  const auto head = [](std::string_view name) {
    const auto diff = unified_diff(name, name, "a\n", set_of({edit(0, 1, "b")}));
    return diff.substr(0, diff.find("@@"));
  };
  EXPECT_EQ(head("a b"), "diff --git a/a b b/a b\n--- a/a b\t\n+++ b/a b\t\n");
  EXPECT_EQ(head("q\"é"), "diff --git \"a/q\\\"\\303\\251\" \"b/q\\\"\\303\\251\"\n--- \"a/q\\\"\\303\\251\"\n+++ \"b/q\\\"\\303\\251\"\n");
  EXPECT_EQ(head("/tmp/x"), "diff --git a/tmp/x b/tmp/x\n--- a/tmp/x\n+++ b/tmp/x\n");
}

}  // namespace s2a::diff_test
