// Comments that a change brings along: written where the edits take them from their places.
#include <gtest/gtest.h>

#include "tests/unit/backend_edit/edit_case.h"

namespace s2a::test::comment_test {

/// A comment of the text, by its words.
Comment comment(const std::string& text, const std::string& words, bool copied = false) {
  return {.from = {.file = {}, .offset = static_cast<std::uint32_t>(text.find(words))}, .text = words, .copied = copied};
}

Value with(Value value, std::vector<Comment> comments) {
  value.comments = std::move(comments);
  return value;
}

Step above(std::string resource, std::vector<Comment> comments) {
  return [=](const Document& document) { return CommentResource{.document = {}, .resource = value_at(document, resource), .comments = comments}; };
}

TEST(Comments, AreWrittenIfTheyWouldBeLost) {
  const std::string before = "a: # stays\n- x # goes\nb: 1\n";
  const Value items = Value::Sequence{with("y", {comment(before, "# stays"), comment(before, "# goes"), comment(before, "# of another", true)})};
  expect_edits({
      {"above an item of a new sequence", before, {replace("a", Value::Sequence{Value::Map{{"c", items}}})}, "a: # stays\n- c:\n  # goes\n  # of another\n  - \"y\"\nb: 1\n"},
      {"above an item that is put in",
       before,
       {remove("b"), insert_item("a", with("z", {comment(before, "# goes"), comment(before, "# copied", true)}))},
       "a: # stays\n- x # goes\n# copied\n- z\n"},
      {"above a document",
       before,
       {remove("a"), append(with(Value::Map{{"c", 2}}, {comment(before, "# stays"), comment(before, "# goes")}))},
       "b: 1\n---\n# stays\n# goes\nc: 2\n"},
  });
}

TEST(Comments, StandAboveAResource) {
  const std::string document = "# on it\na: 1 # one\nb: 2\n";
  const std::string list = "items:\r\n  - a: 1 # one\r\n    b: 2\r\n";
  const std::string flow = "items: [{a: 1}, {b: 2, # two\n  c: 3}]\n";
  expect_edits({
      {"a document", document, {remove("a"), above("", {comment(document, "# on it"), comment(document, "# one")})}, "# on it\n# one\nb: 2\n"},
      {"nothing that stays", document, {remove("b"), above("", {comment(document, "# one")})}, "# on it\na: 1 # one\n"},
      {"an item of a List",
       list,
       {replace("items[0].a", Value::Sequence{"x"}), above("items[0]", {comment(list, "# one", true)})},
       "items:\r\n  # one\r\n  - a: # one\r\n      - x\r\n    b: 2\r\n"},
      {"nowhere where its line begins with something else", flow, {remove("items[1].b"), above("items[1]", {comment(flow, "# two")})}, "items: [{a: 1}, { # two\n  c: 3}]\n"},
  });
}

}  // namespace s2a::test::comment_test
