// The verbs on flow style and JSON.
#include <gtest/gtest.h>

#include "tests/unit/backend_edit/edit_case.h"

namespace s2a::test::flow_test {

using Map = Value::Map;
using Sequence = Value::Sequence;

TEST(FlowEdits, Remove) {
  expect_edits({
      {"the first", "{a: 1, b: 2, c: 3}\n", {remove("a")}, "{b: 2, c: 3}\n"},
      {"one in the middle", "{a: 1, b: 2, c: 3}\n", {remove("b")}, "{a: 1, c: 3}\n"},
      {"the last", "{ a: 1, b: 2 }\n", {remove("b")}, "{ a: 1 }\n"},
      {"the last two", "[a, b, c]\n", {remove_item("[1]"), remove_item("[2]")}, "[a]\n"},
      {"all", "x: [ a, b ] # c\n", {remove_item("x[0]"), remove_item("x[1]")}, "x: [] # c\n"},
      {"a comma behind the last stays", "[a, b, ]\n", {remove_item("[1]")}, "[a, ]\n"},
      {"own lines, the first", "x: {\n  # on a\n  a: 1,\n  b: 2\n}\n", {remove("x.a")}, "x: {\n  b: 2\n}\n"},
      {"own lines, the last", "x: {\n  a: 1,\n  b: 2\n}\n", {remove("x.b")}, "x: {\n  a: 1\n}\n"},
      {"own lines, comments", "x: [\n  a, # of a\n  # on b\n  b # of b\n  ]\n", {remove_item("x[1]")}, "x: [\n  a # of a\n  ]\n"},
      {"own lines, all of them but one", "x: [\n  a,\n  b,\n  c]\n", {remove_item("x[0]"), remove_item("x[2]")}, "x: [\n  b]\n"},
      {"a pair without braces", "[a: b, c]\n", {remove_item("[0]")}, "[c]\n"},
  });
}

TEST(FlowEdits, Insert) {
  expect_edits({
      {"behind the last", "x: {a: 1}\n", {insert("x", "b", Map{{"c", Sequence{"v", "w x"}}})}, "x: {a: 1, b: {c: [v, \"w x\"]}}\n"},
      {"behind a named one", "[a, b]\n", {insert_item("", "x", "[0]"), insert_item("", "z", "[0]")}, "[a, x, z, b]\n"},
      {"in the quotes of its siblings", "m: ['GET', 'PUT']\n", {insert_item("m", "POST")}, "m: ['GET', 'PUT', 'POST']\n"},
      {"own lines", "x: [\n  a,\n  b\n]\n", {insert_item("x", "c"), insert_item("x", "v", "x[0]")}, "x: [\n  a,\n  v,\n  b,\n  c\n]\n"},
      {"own lines, a comma behind the last", "x: [\n  a,\n]\n", {insert_item("x", "c")}, "x: [\n  a,\n  c,\n]\n"},
      {"own lines, a comment", "x: [\n  a # of a\n]\n", {insert_item("x", "c")}, "x: [\n  a, # of a\n  c\n]\n"},
      {"own lines, the bracket behind the last", "x: [\n  a,\n  b]\n", {insert_item("x", "c")}, "x: [\n  a,\n  b,\n  c]\n"},
      {"into an empty one", "x: {a: {}, b: []}\n", {insert("x.a", "c", "v"), insert_item("x.b", "d")}, "x: {a: {c: v}, b: [d]}\n"},
      {"in the place of one", "{a: 1, b: 2, c: 3}\n", {remove("b"), insert("", "x", "v", "b")}, "{a: 1, x: v, c: 3}\n"},
      {"in front of one that goes", "[a, b]\n", {remove_item("[1]"), insert_item("", "x", "[0]")}, "[a, x]\n"},
      {"in the place of all", "{a: 1}\n", {remove("a"), insert("", "x", "v")}, "{x: v}\n"},
  });
}

TEST(FlowEdits, Replace) {
  expect_edits({
      {"a scalar", "{a: 1, b: \"x\"}\n", {replace("a", "v"), replace("b", "w")}, "{a: v, b: \"w\"}\n"},
      {"an unwritten null", "{a: , b:}\n", {replace("a", "v"), replace("b", "w")}, "{a: v , b: w}\n"},
      {"a flow sequence of scalars stays one", "m: [\"GET\"]\n", {replace("m", Sequence{"PUT", "POST"})}, "m: [\"PUT\", \"POST\"]\n"},
      {"a deeper value takes lines", "m: [a]\n", {replace("m", Sequence{Map{{"k", Sequence{"v"}}}})}, "m:\n- k:\n  - v\n"},
      {"nested in flow", "{a: [1]}\n", {replace("a", Map{{"k", Sequence{"v"}}})}, "{a: {k: [v]}}\n"},
      {"the value of a pair without braces", "[a: b]\n", {replace("[0].a", "v")}, "[a: v]\n"},
  });
}

TEST(JsonEdits, Verbs) {
  const std::string list = "{\n    \"kind\": \"List\",\n    \"items\": [\n        {\n            \"kind\": \"A\"\n        }\n    ]\n}\n";
  expect_edits({
      {"strings are quoted", R"({"a": 1})", {insert("", "b", "v")}, R"({"a": 1, "b": "v"})"},
      {"compact", R"({"a":{"b":1},"c":[]})", {insert("a", "x", Sequence{"v", "w"}), insert_item("c", Map{{"k", "v"}})}, R"({"a":{"b":1,"x":["v","w"]},"c":[{"k":"v"}]})", "a.json"},
      {"own lines, nested",
       "{\n  \"a\": {},\n  \"b\": 1\n}\n",
       {insert("a", "x", Map{{"k", Sequence{"v"}}})},
       "{\n  \"a\": {\n    \"x\": {\n      \"k\": [\n        \"v\"\n      ]\n    }\n  },\n  \"b\": 1\n}\n"},
      {"the next item of a List",
       list,
       {append(Map{{"kind", "X"}}, "items[0]")},
       "{\n    \"kind\": \"List\",\n    \"items\": [\n        {\n            \"kind\": \"A\"\n        },\n        {\n            \"kind\": \"X\"\n        }\n    ]\n}\n"},
      {"tabs", "{\n\t\"a\": 1\n}\n", {insert("", "b", Sequence{"v"})}, "{\n\t\"a\": 1,\n\t\"b\": [\n\t\t\"v\"\n\t]\n}\n", "a.json"},
      {"replaced", "{\"a\": null, \"b\": [1, 2]}\n", {replace("a", Sequence{}), replace("b", "yes")}, "{\"a\": [], \"b\": \"yes\"}\n"},
      {"removed", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", {remove("b")}, "{\n  \"a\": 1\n}\n"},
      {"all removed", "{\n  \"a\": {\n    \"b\": 2\n  }\n}\n", {remove("a.b")}, "{\n  \"a\": {}\n}\n"},
  });
}

TEST(FlowEdits, Refusals) {
  EXPECT_EQ(refusal_of("[a: b]\n", {insert("[0]", "c", "v")}), Code::NotEditable);
  EXPECT_EQ(refusal_of("{\"kind\": \"A\"}\n", {append(Map{{"kind", "X"}})}, "a.json"), Code::NotEditable);
  EXPECT_EQ(refusal_of("{? a : b}\n", {remove("a")}), Code::NotEditable);
  EXPECT_EQ(refusal_of("{a, b: c}\n", {remove("b")}), Code::NotEditable);
  EXPECT_EQ(refusal_of("{a}\n", {replace("a", "v")}), Code::NotEditable);
}

}  // namespace s2a::test::flow_test
