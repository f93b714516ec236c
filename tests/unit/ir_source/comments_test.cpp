// Comments found in a text, and the items that they are about.
#include "ir/source/comments.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "frontend/yaml/parse.h"

namespace s2a::comments_test {

struct Parsed {
  SourceFile file;
  Document document;
  std::vector<Comment> comments;
};

Parsed parsed(std::string text) {
  Parsed out;
  out.file.text = std::move(text);
  out.document = parse(out.file).documents.at(0);
  out.comments = comments_in(out.file, out.document, out.document.span);
  return out;
}

std::vector<std::string> texts(const std::string& text) {
  std::vector<std::string> out;
  for (const auto& comment : parsed(text).comments) out.push_back(comment.text);
  return out;
}

using Texts = std::vector<std::string>;

TEST(Comments, AreFoundBetweenScalars) {
  EXPECT_EQ(texts("# one\na: 1 # two # of it\r\n  # three\nb: [x, # four\n  y]\n#"), (Texts{"# one", "# two # of it", "# three", "# four", "#"}));
  EXPECT_EQ(texts("a: b#c\nd: \"x # y\"\ne: 'x\n  # y'\n\"f # g\": h\n"), Texts{});
  EXPECT_EQ(texts("a: |\n  # text\nb: &x#y 1 # two\nc: *x#y # three\n"), (Texts{"# two", "# three"}));
}

TEST(Comments, AreFoundInAPart) {
  const auto mesh = parsed("# one\na: 1 # two\n# three\nb: 2\n");
  const auto found = comments_in(mesh.file, mesh.document, {.begin = mesh.comments[1].from.offset, .end = mesh.comments[2].from.offset});
  EXPECT_EQ(found, std::vector{mesh.comments[1]});
}

/// For each comment the place of the item that it is about, `-` for none.
std::string about(const std::string& text, std::initializer_list<std::string_view> path = {"a"}) {
  const auto mesh = parsed(text);
  const auto sequence = mesh.document.at(mesh.document.root, path);
  const auto items = mesh.document.children(sequence);
  std::string out;
  for (const auto& comment : mesh.comments) {
    const auto item = item_about(mesh.file, mesh.document, sequence, comment);
    out += item == kNoNode ? "-" : std::to_string(std::ranges::find(items, item) - items.begin());
  }
  return out;
}

TEST(ItemAbout, IsTheOneBelowOrAroundTheComment) {
  EXPECT_EQ(about("a:\n# 0\n- x\n# 1\n# 1\n- y\n"), "011");
  EXPECT_EQ(about("a:\n- b: 1 # 0\n  # 0\n  c: 2\n# 0\n  d: 3\n- x # 1\n"), "0001");
  EXPECT_EQ(about("a:\n- # 0\n  b: 1\n- # 1\n  b: 1\n"), "01");
  EXPECT_EQ(about("a: # 0\n- x\n"), "0");
}

TEST(ItemAbout, IsTheOneAboveADeeperComment) {
  EXPECT_EQ(about("a:\n- b: 1\n  # 0\n- c: 2\n  # 1\n"), "01");
  EXPECT_EQ(about("a:\n  - b: 1\n  # 1\n  - c: 2\n  # none\n # none\n# none\nd: 1 # none\n"), "1----");
}

TEST(ItemAbout, IsToldInFlowStyle) {
  EXPECT_EQ(about("a: [{b: 1}, # 0\n  # 1\n  {c: 2} # 1\n  ] # none\n"), "011-");
  EXPECT_EQ(about("a: [] # none\n"), "-");
}

}  // namespace s2a::comments_test
