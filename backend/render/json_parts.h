// What the JSON of every report says in the same way: places, diagnostics, lists.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "ir/plan.h"
#include "ir/source/diagnostic.h"
#include "ir/source/source_file.h"

namespace s2a {

using Json = nlohmann::ordered_json;

constexpr int kSchemaVersion = 1;  ///< of every report, as their schemas say

/// Lines and columns count from 1, columns in code points.
[[nodiscard]] Json range(const SourceFile& file, Span span);
/// The range with its file in front.
[[nodiscard]] Json to_json(const SourceSet& sources, const Label& label);
[[nodiscard]] Json to_json(const SourceSet& sources, const Diagnostic& diagnostic);

/// The verdict on a workload for one class of client.
[[nodiscard]] Json to_json(const Finding& finding);

template <class Range, class Function>
Json list(const Range& items, Function to_json) {
  Json out = Json::array();
  for (const auto& item : items) out.push_back(to_json(item));
  return out;
}

/// The whole document, also where a text in it is no UTF-8.
[[nodiscard]] std::string text_of(const Json& document);

}  // namespace s2a
