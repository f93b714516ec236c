// Which documents a text has, and what their bytes are.
#include <gtest/gtest.h>

#include "frontend/yaml/parse.h"

namespace s2a::documents_test {

struct Case {
  std::string_view text;
  std::vector<std::string_view> spans;
  std::vector<bool> has_root;
};

TEST(Documents, AreCutAtMarkerLines) {
  const std::vector<Case> cases = {
      {"", {""}, {false}},
      {"# only this\n", {"# only this\n"}, {false}},
      {"a: 1\n", {"a: 1\n"}, {true}},
      {"a: 1", {"a: 1"}, {true}},
      {"---\na: 1\n---\nb: 1\n", {"a: 1\n", "b: 1\n"}, {true, true}},
      {"# c\n---\na: 1\n", {"a: 1\n"}, {true}},
      {"---\n---\na: 1\n---\n", {"", "a: 1\n", ""}, {false, true, false}},
      {"a: 1\n---\n# nothing\n---\nb: 1\n", {"a: 1\n", "# nothing\n", "b: 1\n"}, {true, false, true}},
      {"a: 1\n...\n", {"a: 1\n"}, {true}},
      {"a: 1\n...\n# c\n---\nb: 1\n...\nc: 1\n", {"a: 1\n", "b: 1\n", "c: 1\n"}, {true, true, true}},
      {"%YAML 1.2\n---\na: 1\n", {"a: 1\n"}, {true}},
      {"%YAML 1.2\n%TAG ! !x\n# c\n---\na: 1\n...\n%YAML 1.2\n---\nb: 1\n", {"a: 1\n", "b: 1\n"}, {true, true}},
      {"--- # c\na: 1\n", {"a: 1\n"}, {true}},
      {"---  \r\na: 1\r\n---\r\nb: 1\r\n", {"a: 1\r\n", "b: 1\r\n"}, {true, true}},
      {"--- {a: 1}\n--- |\n x\n---\tb\n", {" {a: 1}\n", " |\n x\n", "\tb\n"}, {true, true, true}},
      {"--- !t\na: 1\n", {" !t\na: 1\n"}, {true}},
      {"a: ---\nb: |\n  ---\n  x\n ---\n---x: 1\n----: 2\n", {"a: ---\nb: |\n  ---\n  x\n ---\n---x: 1\n----: 2\n"}, {false}},
      {"a: |\n  x\n---\nb: 1\n---", {"a: |\n  x\n", "b: 1\n", ""}, {true, true, false}},
      {"\xEF\xBB\xBF---\na: 1\n", {"a: 1\n"}, {true}},
      {"\xEF\xBB\xBF# c\n", {"# c\n"}, {false}},
      {"---\n~\n", {"~\n"}, {true}},
  };
  for (const Case& c : cases) {
    const SourceFile file{.text = std::string(c.text)};
    const auto parsed = parse(file);
    ASSERT_EQ(parsed.documents.size(), c.spans.size()) << c.text;
    for (std::size_t i = 0; i < c.spans.size(); ++i) {
      EXPECT_EQ(file.at(parsed.documents[i].span), c.spans[i]) << c.text;
      EXPECT_EQ(parsed.documents[i].root != kNoNode, c.has_root[i]) << c.text;
      EXPECT_EQ(parsed.documents[i].ordinal, i);
    }
  }
}

TEST(Documents, AreReadThoughAnotherOneIsBroken) {
  const SourceFile file{.text = "a: 1\n---\nb: [\n---\nc: 1\n---\n\"d\n---\ne: 1\n"};
  const auto parsed = parse(file);
  ASSERT_EQ(parsed.documents.size(), 5U);
  EXPECT_EQ(parsed.diagnostics.all().size(), 2U);
  for (const std::size_t good : {0U, 2U, 4U}) {
    EXPECT_NE(parsed.documents[good].root, kNoNode);
    EXPECT_TRUE(parsed.documents[good].locked.empty());
  }
  for (const std::size_t bad : {1U, 3U}) {
    EXPECT_EQ(parsed.documents[bad].root, kNoNode);
    EXPECT_FALSE(parsed.documents[bad].locked.empty());
  }
}

}  // namespace s2a::documents_test
