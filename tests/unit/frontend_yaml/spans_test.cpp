// Every trap of style.md 4.2 and 4.4: what a node is, what it says, and which bytes are its own.
#include <gtest/gtest.h>

#include <algorithm>

#include "frontend/yaml/parse.h"

namespace s2a::spans_test {

using enum NodeKind;
using enum NodeStyle;

enum class Part : std::uint8_t { Key, Value };  ///< of the entry at a path

struct Case {
  std::string_view name;
  std::string_view text;
  std::string_view path;  ///< Document::path_of
  NodeKind kind;
  NodeStyle style;
  std::string_view span;
  std::string_view value;
  std::string_view property = "";
  Part part = Part::Value;
};

const Case kCases[] = {
    {"plain", "a: b\n", "a", Scalar, Plain, "b", "b"},
    {"plain with blanks and a comment", "a:   b c \t # d\n", "a", Scalar, Plain, "b c", "b c"},
    {"plain that holds a hash and colons", "a: b#c:d:e\n", "a", Scalar, Plain, "b#c:d:e", "b#c:d:e"},
    {"plain folded", "a: one\n  two\n\n  three # c\nb: 1\n", "a", Scalar, Plain, "one\n  two\n\n  three", "one two\nthree"},
    {"plain folded, blanks at line ends", "a: one \t\n   two\n", "a", Scalar, Plain, "one \t\n   two", "one two"},
    {"plain folded, CRLF", "a: one\r\n  two\r\nb: 1\r\n", "a", Scalar, Plain, "one\r\n  two", "one two"},
    {"double quoted", R"(a: "x \" # \\" # c)", "a", Scalar, DoubleQuoted, R"("x \" # \\")", "x \" # \\"},
    {"double quoted over lines", "a: \"x\n  y\"\n", "a", Scalar, DoubleQuoted, "\"x\n  y\"", "x y"},
    {"single quoted", "a: 'it''s'\n", "a", Scalar, SingleQuoted, "'it''s'", "it's"},
    {"empty quotes", "a: ''\nb: \"\"\n", "b", Scalar, DoubleQuoted, "\"\"", ""},
    {"quoted key", "\"a b\": 1\n", "[a b]", Scalar, DoubleQuoted, "\"a b\"", "a b", "", Part::Key},
    {"literal", "a: |\n  x\n  y\nb: 1\n", "a", Scalar, Literal, "|\n  x\n  y", "x\ny\n"},
    {"literal, blank lines behind", "a: |\n  x\n\n\nb: 1\n", "a", Scalar, Literal, "|\n  x", "x\n"},
    {"literal keep", "a: |+\n  x\n\n\nb: 1\n", "a", Scalar, Literal, "|+\n  x\n\n", "x\n\n\n"},
    {"literal keep at the end", "a: |+\n  x\n\n", "a", Scalar, Literal, "|+\n  x\n", "x\n\n"},
    {"literal strip, comment in the header", "a: |- # c\n  x\n# d\nb: 1\n", "a", Scalar, Literal, "|- # c\n  x", "x"},
    {"literal with a digit", "a: |2\n    x\n   y\nb: 1\n", "a", Scalar, Literal, "|2\n    x\n   y", "  x\n y\n"},
    {"literal with a hash line", "a: |\n  # x\n  y\n", "a", Scalar, Literal, "|\n  # x\n  y", "# x\ny\n"},
    {"literal without lines", "a: |\nb: 1\n", "a", Scalar, Literal, "|", ""},
    {"literal without a final line end", "a: |\n  x", "a", Scalar, Literal, "|\n  x", "x"},
    {"literal, CRLF", "a: |\r\n  x\r\n  y\r\nb: 1\r\n", "a", Scalar, Literal, "|\r\n  x\r\n  y", "x\ny\n"},
    {"literal in a list", "- |\n x\n- y\n", "[0]", Scalar, Literal, "|\n x", "x\n"},
    {"literal in a map in a list", "- a: |\n    x\n  b: 1\n", "[0].a", Scalar, Literal, "|\n    x", "x\n"},
    {"folded", "a: >-\n  x\n  y\n\n  z\nb: 1\n", "a", Scalar, Folded, ">-\n  x\n  y\n\n  z", "x y\nz"},
    {"null not written", "a:\nb: 1\n", "a", Null, Plain, "", ""},
    {"null before a null key", "a:\nnull: 1\n", "a", Null, Plain, "", ""},
    {"null tilde", "a: ~ # c\n", "a", Null, Plain, "~", ""},
    {"null word", "a: [null , b]\n", "a[0]", Null, Plain, "null", ""},
    {"null item not written", "-\n- b\n", "[0]", Null, Plain, "", ""},
    {"null with an anchor", "a: &x\nb: 1\n", "a", Null, Plain, "", "", "&x"},
    {"null key", "null: 1\n", "[]", Null, Plain, "null", "", "", Part::Key},
    {"anchor", "a: &x b\n", "a", Scalar, Plain, "b", "b", "&x"},
    {"anchor and tag", "a: &x !!str   b\n", "a", Scalar, Plain, "b", "b", "&x !!str"},
    {"anchor on the line before", "a: &x # c\n  b: 1\n", "a", Map, Block, "b: 1", "", "&x"},
    {"anchor of a key, not of its map", "&x a: 1\n", "", Map, Block, "&x a: 1", ""},
    {"anchors of a map and of its first key", "a: &x\n  &y b: 1\n", "a", Map, Block, "&y b: 1", "", "&x"},
    {"tag of a map, anchor of its first key", "a: !t\n  &y b: 1\n", "a.b", Scalar, Plain, "b", "b", "&y", Part::Key},
    {"null with an anchor before a tagged key", "a: &x\n!t b: 1\n", "a", Null, Plain, "", "", "&x"},
    {"tag without a value", "a: !!str\n\"b\": 1\n", "a", Scalar, Plain, "", "", "!!str"},
    {"tag that ends before a letter", "a: !t\xC3\xA9\n", "a", Scalar, Plain, "\xC3\xA9", "\xC3\xA9", "!t"},
    {"alias", "a: &x b\nc: *x # d\n", "c", Alias, Plain, "*x", "x"},
    {"alias in flow", "a: &x b\nc: [*x, 1]\n", "c[0]", Alias, Plain, "*x", "x"},
    {"flow sequence", "a: [ b , c ] # d\n", "a", Sequence, Flow, "[ b , c ]", ""},
    {"empty flow sequence", "a: [ # ]\n ]\n", "a", Sequence, Flow, "[ # ]\n ]", ""},
    {"flow sequence, a comment behind the last comma", "a: [b, # ]\n ]\n", "a", Sequence, Flow, "[b, # ]\n ]", ""},
    {"flow map", "a: {b: {c: 1}, d: 2,} \n", "a", Map, Flow, "{b: {c: 1}, d: 2,}", ""},
    {"flow over lines", "a: [ b, # ]\n  c\n ]\nd: 1\n", "a", Sequence, Flow, "[ b, # ]\n  c\n ]", ""},
    {"flow closed at the parent's indentation", "a: [\n  b\n]\nc: 1\n", "a", Sequence, Flow, "[\n  b\n]", ""},
    {"flow key without value", "a: {b, c: 1}\n", "a.b", Null, Plain, "", ""},
    {"pair in a flow sequence", "a: [b: c, d]\n", "a[0]", Map, Flow, "b: c", ""},
    {"pair whose key is a flow map", "a: [{b: c}: d]\n", "a[0]", Map, Flow, "{b: c}: d", ""},
    {"JSON", R"({"a":{"b":[1,"x"]}})", "a.b", Sequence, Flow, R"([1,"x"])", ""},
    {"JSON without blanks", R"({"a":1,"b":"c"})", "b", Scalar, DoubleQuoted, R"("c")", "c"},
    {"block map", "a:\n  b: 1\n  c: 2 # d\n# e\nf: 1\n", "a", Map, Block, "b: 1\n  c: 2", ""},
    {"block sequence, same column", "a:\n- b\n- c\n\nd: 1\n", "a", Sequence, Block, "- b\n- c", ""},
    {"map in a list", "- a: 1\n  b: 2\n- c\n", "[0]", Map, Block, "a: 1\n  b: 2", ""},
    {"list in a list", "- - a\n  - b\n", "[0]", Sequence, Block, "- a\n  - b", ""},
    {"complex key", "? [a]\n: b\n", "[]", Sequence, Flow, "[a]", "", "", Part::Key},
    {"explicit key", "? a\n: b\n", "a", Scalar, Plain, "b", "b"},
    {"BOM",
     "\xEF\xBB\xBF"
     "a: |\n x\nb: 1\n",
     "a", Scalar, Literal, "|\n x", "x\n"},
    {"byte order mark and list", "\xEF\xBB\xBF- |\n x\n", "[0]", Scalar, Literal, "|\n x", "x\n"},
    {"not ASCII", "\xC3\xA9: \xC3\xBC # c\n", "\xC3\xA9", Scalar, Plain, "\xC3\xBC", "\xC3\xBC"},
    {"tab behind the colon", "a:\tb\n", "a", Scalar, Plain, "b", "b"},
    {"document on the marker's line", "--- {a: 1}\n", "", Map, Flow, "{a: 1}", ""},
    {"scalar document", "--- |\n a\n", "", Scalar, Literal, "|\n a", "a\n"},
    {"template braces in quotes", "a: \"{{ x }}\"\n", "a", Scalar, DoubleQuoted, "\"{{ x }}\"", "{{ x }}"},
    {"no date, no number", "a: 0x1F\n", "a", Scalar, Plain, "0x1F", "0x1F"},
};

bool is_key(const Document& document, NodeId id) {
  const auto entries = document.entries(document[id].parent);
  return std::ranges::find(entries, id, &Entry::key) != entries.end();
}

void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class Spans : public testing::TestWithParam<Case> {};

TEST_P(Spans, AreExact) {
  const Case& c = GetParam();
  SourceFile file{.path = "test.yaml", .text = std::string(c.text)};
  const auto parsed = parse(file);
  ASSERT_TRUE(parsed.diagnostics.all().empty()) << parsed.diagnostics.all().front().message;
  ASSERT_EQ(parsed.documents.size(), 1U);
  const Document& document = parsed.documents.front();
  const Node* found = nullptr;
  for (std::uint32_t i = 0; i < document.nodes.size() && found == nullptr; ++i) {
    if (document.path_of(NodeId{i}) == c.path && is_key(document, NodeId{i}) == (c.part == Part::Key)) found = &document[NodeId{i}];
  }
  ASSERT_NE(found, nullptr) << "no node at " << c.path;
  EXPECT_EQ(found->kind, c.kind);
  EXPECT_EQ(found->style, c.style);
  EXPECT_EQ(file.at(found->span), c.span);
  EXPECT_EQ(file.at(found->property), c.property);
  EXPECT_EQ(found->anchored, c.property.starts_with('&'));
  EXPECT_EQ(found->value, c.value);
}

INSTANTIATE_TEST_SUITE_P(Table, Spans, testing::ValuesIn(kCases), [](const auto& test) {
  std::string name(test.param.name);
  for (char& c : name) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
});

/// Where a value that is not written would go: the text in front of its empty span.
TEST(EmptySpans, StandRightBehindTheColonOrTheDash) {
  struct Place {
    std::string_view text;
    std::string_view path;
    std::string_view before;
  };
  for (const auto& [text, path, before] : {
           Place{"a:\n\n# c\nb: 1\n", "a", "a:"},
           Place{"a: # c\nb: 1\n", "a", "a:"},
           Place{"x: 1\n? a\n# c\n:\nb: 1\n", "a", "x: 1\n? a\n# c\n:"},
           Place{"x:\n  ? a\n: b\n", "x.a", "x:\n  ? a"},
           Place{"- b\n# c\n-\n- d\n", "[1]", "- b\n# c\n-"},
           Place{"a: &x  # c\nb: 1\n", "a", "a: &x"},
           Place{"{a: , b: 1}", "a", "{a:"},
           Place{"{a, b: 1}", "a", "{a"},
           Place{"[a: , b]", "[0].a", "[a:"},
       }) {
    const SourceFile file{.text = std::string(text)};
    const auto parsed = parse(file);
    const Document& document = parsed.documents.at(0);
    bool found = false;
    for (std::uint32_t i = 0; i < document.nodes.size(); ++i) {
      const Node& node = document[NodeId{i}];
      if (node.kind != Null || document.path_of(NodeId{i}) != path) continue;
      found = true;
      EXPECT_TRUE(node.span.empty());
      EXPECT_EQ(text.substr(0, node.span.begin), before);
    }
    EXPECT_TRUE(found) << text;
  }
}

}  // namespace s2a::spans_test
