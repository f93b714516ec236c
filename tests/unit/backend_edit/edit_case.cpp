// Changes by path, made and compared.
#include "tests/unit/backend_edit/edit_case.h"

#include <gtest/gtest.h>

#include "frontend/yaml/parse.h"

namespace s2a::test {
namespace {

/// A key and its value have the same path: the key comes first.
std::vector<NodeId> at(const Document& document, std::string_view path) {
  std::vector<NodeId> out;
  for (std::uint32_t i = 0; i < document.nodes.size(); ++i) {
    if (document.path_of(NodeId{i}) == path) out.push_back(NodeId{i});
  }
  EXPECT_FALSE(out.empty()) << "no node at " << path;
  return out.empty() ? std::vector{document.root} : out;
}

NodeId behind(const Document& document, const std::string& after, NodeId (*find)(const Document&, std::string_view)) { return after.empty() ? kNoNode : find(document, after); }

std::vector<Change> changes_of(const std::vector<Step>& steps, const Document& document) {
  std::vector<Change> out;
  for (const auto& step : steps) out.push_back(step(document));
  return out;
}

}  // namespace

SourceFile file_of(std::string path, std::string text) {
  SourceFile file;
  file.path = std::move(path);
  file.text = std::move(text);
  return file;
}

NodeId value_at(const Document& document, std::string_view path) { return at(document, path).back(); }
NodeId key_at(const Document& document, std::string_view path) { return at(document, path).front(); }

Step replace(std::string path, Value value) {
  return [=](const Document& document) { return ReplaceValue{.node = value_at(document, path), .value = value}; };
}
Step remove(std::string path) {
  return [=](const Document& document) { return RemoveEntry{.key = key_at(document, path)}; };
}
Step remove_item(std::string path) {
  return [=](const Document& document) { return RemoveItem{.item = value_at(document, path)}; };
}
Step insert(std::string map, std::string key, Value value, std::string after) {
  return [=](const Document& document) { return InsertEntry{.map = value_at(document, map), .after = behind(document, after, key_at), .key = key, .value = value}; };
}
Step insert_item(std::string sequence, Value value, std::string after) {
  return [=](const Document& document) { return InsertItem{.sequence = value_at(document, sequence), .after = behind(document, after, value_at), .value = value}; };
}
Step append(Value value, std::string resource) {
  return [=](const Document& document) { return AppendResource{.resource = value_at(document, resource), .value = value}; };
}

void expect_edits(const std::vector<EditCase>& cases) {
  for (const auto& [name, before, steps, after, path] : cases) {
    SCOPED_TRACE(name);
    const auto file = file_of(path, before);
    const auto parsed = parse(file);
    ASSERT_FALSE(parsed.documents.empty());
    ASSERT_TRUE(parsed.diagnostics.all().empty()) << parsed.diagnostics.all().front().message;
    const auto edits = edits_for(changes_of(steps, parsed.documents.front()), file, parsed.documents.front());
    ASSERT_TRUE(edits.has_value()) << edits.error().reason;
    const auto result = file_of(path, edits->apply(before));
    EXPECT_EQ(result.text, after);
    EXPECT_TRUE(parse(result).diagnostics.all().empty());
  }
}

Code refusal_of(const std::string& before, const std::vector<Step>& steps, const std::string& path) {
  const auto file = file_of(path, before);
  const auto parsed = parse(file);
  const auto edits = edits_for(changes_of(steps, parsed.documents.front()), file, parsed.documents.front());
  EXPECT_FALSE(edits.has_value()) << edits->apply(before);
  return edits ? Code{} : edits.error().code;
}

}  // namespace s2a::test
