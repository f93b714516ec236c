// The verbs on block style, comments and missing line ends included.
#include <gtest/gtest.h>

#include "tests/unit/backend_edit/edit_case.h"

namespace s2a::test::block_test {

using Map = Value::Map;
using Sequence = Value::Sequence;

TEST(BlockEdits, RemoveEntry) {
  expect_edits({
      {"whole lines", "a: 1\nb:\n  c: 2\nd: 3\n", {remove("b")}, "a: 1\nd: 3\n"},
      {"comments directly above, behind and below it",
       "a: 1\n\n# free\n\n# on b\n# more\nb: 2 # trailing\n  # deeper\n# on c\nc: 3\n",
       {remove("b")},
       "a: 1\n\n# free\n\n# on c\nc: 3\n"},
      {"a comment of another indentation stays", "a:\n# out\n  b: 1\n  c: 2\n", {remove("a.b")}, "a:\n# out\n  c: 2\n"},
      {"the first one behind a dash", "- a: 1\n  b: 2\n", {remove("[0].a")}, "- b: 2\n"},
      {"the first two behind a dash", "- a: 1\n  b: 2\n  c: 3\n", {remove("[0].a"), remove("[0].b")}, "- c: 3\n"},
      {"a comment of the next one stays", "- a: 1 # one\n  # on b\n  b: 2\n", {remove("[0].a")}, "-\n  # on b\n  b: 2\n"},
      {"the only one behind a dash", "- a: 1\n- b: 2\n", {remove("[0].a")}, "- {}\n- b: 2\n"},
      {"the only one leaves an empty map", "a:\n  b: 1 # x\nc: 2\n", {remove("a.b")}, "a: {}\nc: 2\n"},
      {"comments on the key's line stay", "a: # of a\n  # free\n\n  b: 1\nc: 2\n", {remove("a.b")}, "a: {} # of a\n  # free\n\nc: 2\n"},
      {"all of the root", "# head\n\na: 1\nb: 2\n", {remove("a"), remove("b")}, "# head\n\n{}\n"},
      {"at the end of a file without line end", "a: 1\nb: 2", {remove("b")}, "a: 1\n"},
      {"blank lines behind a kept block scalar do not join it", "a: |+\n  t\nb: 1\n\n\nc: 2\n", {remove("b")}, "a: |+\n  t\nc: 2\n"},
      {"nor do over-indented ones another one", "a: |\n  t\nb: |\n    u\n    \nc: 2\n", {remove("b")}, "a: |\n  t\nc: 2\n"},
      {"CRLF", "a: 1\r\n# on b\r\nb: 2\r\nc: 3\r\n", {remove("b")}, "a: 1\r\nc: 3\r\n"},
      {"a BOM",
       "\xEF\xBB\xBF# on a\na: 1\nb: 2\n",
       {remove("a")},
       "\xEF\xBB\xBF"
       "b: 2\n"},
  });
}

TEST(BlockEdits, RemoveItem) {
  expect_edits({
      {"whole lines", "a:\n- x\n- y: 1\n  z: 2\n- w\n", {remove_item("a[1]")}, "a:\n- x\n- w\n"},
      {"all", "a:\n  - x\n  - y\nb: 1\n", {remove_item("a[0]"), remove_item("a[1]")}, "a: []\nb: 1\n"},
      {"the first of a sequence in a sequence", "- - a\n  - b\n", {remove_item("[0][0]")}, "- - b\n"},
      {"a null item", "- a\n-\n- b\n", {remove_item("[1]")}, "- a\n- b\n"},
  });
}

TEST(BlockEdits, InsertEntry) {
  expect_edits({
      {"behind the last", "a:\n  b: 1\nc: 2\n", {insert("a", "d", "x")}, "a:\n  b: 1\n  d: x\nc: 2\n"},
      {"behind a named one, in the order given", "a: 1\nb: 2\n", {insert("", "x", "1", "a"), insert("", "w", "z", "a")}, "a: 1\nx: \"1\"\nw: z\nb: 2\n"},
      {"a number", "a: 1\n", {insert("", "port", 15008)}, "a: 1\nport: 15008\n"},
      {"nested, in the document's own steps",
       "a:\n    b:\n      - 1\n",
       {insert("", "x", Map{{"w", Map{{"z", Sequence{"1", Map{{"k", "v"}, {"l", "w"}}}}}}})},
       "a:\n    b:\n      - 1\nx:\n    w:\n        z:\n          - \"1\"\n          - k: v\n            l: w\n"},
      {"sequences stand as the nearest one does", "a:\n- 1\n", {insert("", "x", Sequence{"y", Sequence{"z"}, Sequence{}, Map{}})}, "a:\n- 1\nx:\n- \"y\"\n- - z\n- []\n- {}\n"},
      {"into an empty map", "a: {}\nb: 1\n", {insert("a", "x", "v"), insert("a", "w", "v")}, "a:\n  x: v\n  w: v\nb: 1\n"},
      {"into a null", "a: # c\nb: 1\n", {insert("a", "x", "v")}, "a: # c\n  x: v\nb: 1\n"},
      {"inner lines before outer ones", "a:\n  b: 1\n", {insert("", "c", "v"), insert("a", "d", "v")}, "a:\n  b: 1\n  d: v\nc: v\n"},
      {"comments stay with what they follow", "a: 1 # one\n  # deeper\n# next\nb: 2\n", {insert("", "x", "v", "a")}, "a: 1 # one\n  # deeper\nx: v\n# next\nb: 2\n"},
      {"no line end at the end", "a:\n  b: 1", {insert("a", "c", "v"), insert("", "d", "v")}, "a:\n  b: 1\n  c: v\nd: v\n"},
      {"a block scalar without line end keeps its value", "a: |\n  text", {insert("", "b", "v")}, "a: |-\n  text\nb: v\n"},
      {"so does a kept one", "a: |2+\n  text", {insert("", "b", "v")}, "a: |2-\n  text\nb: v\n"},
      {"behind a block scalar", "a: |\n  text\n\nb: 1\n", {insert("", "x", "v", "a")}, "a: |\n  text\nx: v\n\nb: 1\n"},
      {"behind a dash", "- a: 1\n", {insert("[0]", "b", "v")}, "- a: 1\n  b: v\n"},
      {"CRLF", "a:\r\n  b: 1\r\n", {insert("a", "c", Map{{"d", "v"}})}, "a:\r\n  b: 1\r\n  c:\r\n    d: v\r\n"},
  });
}

TEST(BlockEdits, RemoveAndInsert) {
  expect_edits({
      {"in the place of an entry", "a: 1\n# on b\nb: 2\nc: 3\n", {remove("b"), insert("", "x", "v", "b")}, "a: 1\n# on b\nx: v\nc: 3\n"},
      {"in the place of the only entry", "a:\n  b: 2\nc: 3\n", {remove("a.b"), insert("a", "x", "v", "a.b")}, "a:\n  x: v\nc: 3\n"},
      {"in the place of the first behind a dash",
       "- a: 1 # c\n  b: 2\n",
       {remove("[0].a"), insert("[0]", "x", "v", "[0].a"), insert("[0]", "y2", "v", "[0].a")},
       "- x: v # c\n  y2: v\n  b: 2\n"},
      {"the same key again", "a: 1\nb: 2\n", {remove("a"), insert("", "a", "v")}, "b: 2\na: v\n"},
      {"in the place of the last line without line end", "a: 1\nb: 2", {remove("b"), insert("", "c", "v", "b")}, "a: 1\nc: v"},
      {"a block in the place of a block, comments above it and behind its key",
       "a:\n  # on b\n  # more\n  b: # of b\n    c: 1 # of c\n  d: 2\n",
       {remove("a.b"), insert("a", "x", Sequence{Map{{"k", "v"}}}, "a.b")},
       "a:\n  # on b\n  # more\n  x: # of b\n  - k: v\n  d: 2\n"},
      {"what is added in front of an entry that goes takes its place", "a: 1\n\n# on b\nb: 2\n", {remove("b"), insert("", "x", "v", "a")}, "a: 1\n\n# on b\nx: v\n"},
      {"the first of two that go", "# on a\na: 1\n# on b\nb: 2\nc: 3\n", {remove("a"), remove("b"), insert("", "x", "v", "a")}, "# on a\nx: v\nc: 3\n"},
      {"a block in the place of flow", "a: {b: 1} # of a\nc: 2\n", {remove("a"), insert("", "x", Sequence{Map{{"k", "v"}}}, "a")}, "x: # of a\n- k: v\nc: 2\n"},
      {"a tag goes", "# on a\na: !!map\n  b: 1\nc: 2\n", {remove("a"), insert("", "x", Sequence{"v"}, "a")}, "# on a\nx:\n- v\nc: 2\n"},
      {"an item", "a:\n# on b\n- b # of b\n- c\n", {remove_item("a[0]"), insert_item("a", "x", "a[0]")}, "a:\n# on b\n- x # of b\n- c\n"},
  });
}

TEST(BlockEdits, InsertItem) {
  expect_edits({
      {"in the quotes of its siblings", "a:\n- \"x\"\n- \"y\"\nb: 1\n", {insert_item("a", "z", "a[0]")}, "a:\n- \"x\"\n- \"z\"\n- \"y\"\nb: 1\n"},
      {"a map", "a:\n  - b: 1\n    c: 2\n", {insert_item("a", Map{{"b", "v"}, {"c", Map{{"d", "w"}}}})}, "a:\n  - b: 1\n    c: 2\n  - b: v\n    c:\n      d: w\n"},
      {"into an empty sequence", "a: []\n", {insert_item("a", "x")}, "a:\n- x\n"},
      {"behind a comment of the last", "a:\n- x # c\n\n# b\nb: 1\n", {insert_item("a", "v")}, "a:\n- x # c\n- v\n\n# b\nb: 1\n"},
  });
}

TEST(BlockEdits, ReplaceValue) {
  expect_edits({
      {"a scalar", "a: 1 # c\nb: 2\n", {replace("a", "x")}, "a: x # c\nb: 2\n"},
      {"in its quotes", "a: 'x'\nb: \"y\"\n", {replace("a", "v"), replace("b", "w")}, "a: 'v'\nb: \"w\"\n"},
      {"an unwritten null", "a:   # c\nb: 2\n", {replace("a", "x")}, "a: x   # c\nb: 2\n"},
      {"an unwritten item", "-\n- b\n", {replace("[0]", "x")}, "- x\n- b\n"},
      {"a null at the end", "a:", {replace("a", Map{{"b", "v"}})}, "a:\n  b: v"},
      {"a scalar over several lines", "a: one\n  two\nb: 2\n", {replace("a", "x")}, "a: x\nb: 2\n"},
      {"a block scalar", "a: |\n  one\n\n  two\nb: 2\n", {replace("a", Sequence{"x"})}, "a:\n- x\nb: 2\n"},
      {"a scalar by a map", "a: 1\nb: 2\n", {replace("a", Map{{"x", "v"}})}, "a:\n  x: v\nb: 2\n"},
      {"a scalar by a map, a comment behind it", "a: 1 # c\nb: 2\n", {replace("a", Map{{"x", "v"}})}, "a: # c\n  x: v\nb: 2\n"},
      {"an item by a map", "- a\n- b\n", {replace("[0]", Map{{"x", "v"}, {"z", "w"}})}, "- x: v\n  z: w\n- b\n"},
      {"a map by a scalar", "a:\n  # on b\n  b: 1 # c\n  # d\nc: 2\n", {replace("a", "x")}, "a: x\n  # d\nc: 2\n"},
      {"a map by a scalar, no comments", "a:\n  b: 1\n  c: 2\nd: 3\n", {replace("a", "x")}, "a: x\nd: 3\n"},
      {"a map by a map", "a:\n    b: 1\n    c: 2\nd: 3\n", {replace("a", Map{{"x", Map{{"k", "v"}}}})}, "a:\n    x:\n        k: v\nd: 3\n"},
      {"a sequence by a map", "a:\n- b\n- c\nd: 3\n", {replace("a", Map{{"x", "v"}})}, "a:\n  x: v\nd: 3\n"},
      {"a map behind a dash by a map", "- a: 1\n  b: 2\n- c\n", {replace("[0]", Map{{"x", "v"}})}, "- x: v\n- c\n"},
      {"the root", "# head\na: 1\n", {replace("", Map{{"x", "v"}})}, "# head\nx: v\n"},
      {"an empty flow map by a map", "a: {}\n", {replace("a", Map{{"x", "v"}})}, "a:\n  x: v\n"},
      {"a tagged scalar", "a: !!str 1\n", {replace("a", "x")}, "a: x\n"},
      {"an alias", "a: &x 1\nb: *x\n", {replace("b", "v")}, "a: &x 1\nb: v\n"},
  });
}

TEST(BlockEdits, AppendResource) {
  const auto resource = Value(Map{{"kind", "X"}, {"spec", Map{{"items", Sequence{"v"}}}}});
  const std::string text = "---\nkind: X\nspec:\n  items:\n  - v\n";
  expect_edits({
      {"behind the only document", "kind: A\n", {append(resource)}, "kind: A\n" + text},
      {"no line end at the end", "kind: A", {append(resource)}, "kind: A\n" + text},
      {"before the next document, comments kept with the one they follow",
       "---\nkind: A # c\n# of A\n\n# of A too\n\n---\nkind: B\n",
       {append(resource)},
       "---\nkind: A # c\n# of A\n\n# of A too\n" + text + "\n---\nkind: B\n"},
      {"before the end marker", "kind: A\n...\n# end\n", {append(resource)}, "kind: A\n" + text + "...\n# end\n"},
      {"two, in the order given", "kind: A\n", {append(Map{{"kind", "X"}}), append(Map{{"kind", "Z"}})}, "kind: A\n---\nkind: X\n---\nkind: Z\n"},
      {"behind a kept block scalar", "a: |+\n  t\n\n---\nb: 1\n", {append(Map{{"kind", "X"}})}, "a: |+\n  t\n\n---\nkind: X\n---\nb: 1\n"},
      {"behind a block scalar without line end", "a: >\n  t", {append(Map{{"kind", "X"}})}, "a: >-\n  t\n---\nkind: X\n"},
      {"the next item of a List",
       "kind: List\nitems:\n- kind: A\n- kind: B\n",
       {append(Map{{"kind", "X"}, {"b", "v"}}, "items[0]")},
       "kind: List\nitems:\n- kind: A\n- kind: X\n  b: v\n- kind: B\n"},
      {"in the style of the document", "a:\n    b:\n        - c\n", {append(resource)}, "a:\n    b:\n        - c\n---\nkind: X\nspec:\n    items:\n        - v\n"},
  });
}

TEST(BlockEdits, Refusals) {
  const std::string shared = "a: &x\n  b: 1\nc: *x\n";
  EXPECT_EQ(refusal_of(shared, {replace("a.b", "v")}), Code::SharedText);
  EXPECT_EQ(refusal_of(shared, {insert("a", "d", "v")}), Code::SharedText);
  EXPECT_EQ(refusal_of(shared, {insert("c", "d", "v")}), Code::SharedText);
  EXPECT_EQ(refusal_of(shared, {remove("a")}), Code::SharedText);
  EXPECT_EQ(refusal_of("a: >\n  t\n ", {insert("", "b", "v")}), Code::NotEditable);
  EXPECT_EQ(refusal_of("? a\n: b\n", {remove("a")}), Code::NotEditable);
  EXPECT_EQ(refusal_of("a: 1\n", {insert("", "a", "v")}), Code::InternalError);
  EXPECT_EQ(refusal_of("a:\n  b: 1\n", {remove("a"), insert("a", "c", "v")}), Code::InternalError);
  EXPECT_EQ(refusal_of("a:\n  b: 1\n", {replace("a", "v"), remove("a.b")}), Code::InternalError);
  EXPECT_EQ(refusal_of("a: 1\n", {replace("a", "v"), replace("a", "w")}), Code::InternalError);
  EXPECT_EQ(refusal_of("a: 1\n", {insert("a", "b", "v")}), Code::InternalError);
  EXPECT_EQ(refusal_of("a: 1\na: 2\n", {remove("a")}), Code::NotEditable);
}

}  // namespace s2a::test::block_test
