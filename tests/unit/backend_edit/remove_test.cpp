// Documents and items of Lists taken away: what goes with them, and what is left of their file.
#include <gtest/gtest.h>

#include "frontend/yaml/parse.h"
#include "tests/unit/backend_edit/edit_case.h"

namespace s2a::test::remove_test {

/// The file without some of its documents.
std::string without(const std::string& text, const std::vector<std::size_t>& documents) {
  const auto file = file_of("a.yaml", text);
  const auto parsed = parse(file);
  EditSet all;
  for (const auto i : documents) {
    const auto& document = parsed.documents.at(i);
    const std::vector<Change> changes{RemoveResource{.document = {}, .resource = document.root}};
    EXPECT_TRUE(removes_document(changes, document));
    const auto edits = edits_for(changes, file, document);
    EXPECT_TRUE(edits.has_value()) << edits.error().reason;
    for (const auto& edit : edits->edits()) EXPECT_TRUE(all.add(edit));
  }
  return tidied(all, text).apply(text);
}

TEST(RemoveDocument, GoesWithItsMarkerAndItsComments) {
  struct Case {
    const char* name;
    std::string before;
    std::vector<std::size_t> documents;
    std::string after;
  };
  const std::vector<Case> cases{
      {"the last one", "a: 1\n---\n# on b\nb: 2 # behind\n# below\n", {1}, "a: 1\n"},
      {"one between", "a: 1\n# on a\n---\nb: 2\n--- # on c\nc: 3\n", {1}, "a: 1\n# on a\n--- # on c\nc: 3\n"},
      {"the first one", "# on a\na: 1\n---\n# on b\nb: 2\n", {0}, "# on b\nb: 2\n"},
      {"the first one with a marker", "---\na: 1\n---\nb: 2\n", {0}, "---\nb: 2\n"},
      {"what heads the file stays", "# ours\n\n# on a\na: 1\n---\nb: 2\n", {0}, "# ours\n\n---\nb: 2\n"},
      {"what heads the file behind a marker stays", "---\n# ours\n\na: 1\n---\nb: 2\n", {0}, "# ours\n\n---\nb: 2\n"},
      {"what stands in front of the first marker stays", "# ours\n---\na: 1\n---\nb: 2\n", {0}, "# ours\n---\nb: 2\n"},
      {"content on the line of the marker", "--- {a: 1}\n--- {b: 2}\n", {0}, "--- {b: 2}\n"},
      {"several", "a: 1\n---\nb: 2\n---\nc: 3\n---\nd: 4\n", {0, 1, 3}, "c: 3\n"},
      {"CRLF", "a: 1\r\n---\r\nb: 2\r\n---\r\nc: 3\r\n", {0}, "b: 2\r\n---\r\nc: 3\r\n"},
      {"no line end behind", "a: 1\n---\nb: 2", {1}, "a: 1\n"},
      {"a document that was ended", "a: 1\n...\nb: 2\n", {1}, "a: 1\n...\n"},
      {"a mark of the byte order",
       "\xEF\xBB\xBF"
       "a: 1\n---\nb: 2\n",
       {0},
       "\xEF\xBB\xBF"
       "b: 2\n"},
      {"a block scalar keeps its lines", "a: |+\n  x\n\n---\nb: 2\n", {1}, "a: |+\n  x\n\n"},
      {"the only one", "# ours\n\n---\n# on a\na: 1\n---\n# nothing\n", {0}, ""},
      {"all of them", "%YAML 1.1\n---\na: 1\n---\nb: 2\n...\n", {0, 1}, ""},
  };
  for (const auto& [name, before, documents, after] : cases) EXPECT_EQ(without(before, documents), after) << name;
}

Step remove_resource(std::string path) {
  return [=](const Document& document) { return RemoveResource{.document = {}, .resource = value_at(document, path)}; };
}

TEST(RemoveItemOfAList, LeavesTheOthers) {
  expect_edits({
      {"in lines", "kind: List\nitems:\n# on a\n- a: 1\n# on b\n- b: 2\n", {remove_resource("items[0]")}, "kind: List\nitems:\n# on b\n- b: 2\n"},
      {"JSON", R"({"kind": "List", "items": [{"a": 1}, {"b": 2}]})", {remove_resource("items[1]")}, R"({"kind": "List", "items": [{"a": 1}]})", "a.json"},
      {"below a list of lists", "items:\n- items:\n  - a: 1\n", {remove_resource("items[0].items[0]")}, "items:\n- items: []\n"},
  });
  EXPECT_EQ(refusal_of("items:\n- &a {b: 1}\n- *a\n", {remove_resource("items[0]")}), Code::SharedText);
}

TEST(RemoveItemOfAList, TakesAListOfNothingElseAway) {
  const auto parsed = parse(file_of("a.yaml", "kind: List\nitems:\n- a: 1\n- b: 2\n"));
  const auto& document = parsed.documents.front();
  const auto goes = [&](const char* path) { return RemoveResource{.document = {}, .resource = value_at(document, path)}; };
  EXPECT_FALSE(removes_document(std::vector<Change>{goes("items[0]")}, document));
  EXPECT_TRUE(removes_document(std::vector<Change>{goes("items[0]"), goes("items[1]")}, document));
  EXPECT_FALSE(removes_document(std::vector<Change>{goes("items[0]"), goes("items[1]"), append(Value::Map{{"c", 3}}, "items[1]")(document)}, document));
  EXPECT_FALSE(removes_document(std::vector<Change>{}, document));
}

TEST(RemoveDocument, ContradictsChangesOfIt) { EXPECT_EQ(refusal_of("a: 1\n", {remove_resource(""), replace("a", "2")}), Code::InternalError); }

}  // namespace s2a::test::remove_test
