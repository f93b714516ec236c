// Before/after tables for the verbs: changes are named by the path that Document::path_of gives.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/edit/verbs.h"

namespace s2a::test {

[[nodiscard]] SourceFile file_of(std::string path, std::string text);

/// A change of a document that is not parsed yet.
using Step = std::function<Change(const Document&)>;

/// The value under a path; the root for an empty one.
[[nodiscard]] NodeId value_at(const Document& document, std::string_view path);
/// The key under a path.
[[nodiscard]] NodeId key_at(const Document& document, std::string_view path);

[[nodiscard]] Step replace(std::string path, Value value);
[[nodiscard]] Step remove(std::string path);  ///< an entry
[[nodiscard]] Step remove_item(std::string path);
[[nodiscard]] Step insert(std::string map, std::string key, Value value, std::string after = {});
[[nodiscard]] Step insert_item(std::string sequence, Value value, std::string after = {});
[[nodiscard]] Step append(Value value, std::string resource = {});

struct EditCase {
  const char* name;
  std::string before;
  std::vector<Step> steps;
  std::string after;
  std::string path = "a.yaml";
};

/// Makes the changes of the first document and compares the text; the result must be parsed without a diagnostic.
void expect_edits(const std::vector<EditCase>& cases);
/// The code with which the changes of the first document are refused; fails where they are not.
[[nodiscard]] Code refusal_of(const std::string& before, const std::vector<Step>& steps, const std::string& path = "a.yaml");

}  // namespace s2a::test
