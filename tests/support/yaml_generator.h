// Random YAML documents in every style that people write, for property tests.
#pragma once

#include <random>
#include <string>

namespace s2a::test {

struct YamlOptions {
  int max_depth = 4;      ///< of nested collections
  int max_documents = 3;  ///< documents in the text, at least one
  bool anchors = true;    ///< anchors, aliases, merge keys and tags
  bool comments = true;
  bool flow = true;       ///< flow collections in block ones, over several lines too
  bool line_ends = true;  ///< now and then CRLF, a BOM, no final line end
};

/// A text that yaml-cpp reads. The same state of the engine gives the same text; keys are unique within their map.
[[nodiscard]] std::string random_yaml(std::mt19937& engine, const YamlOptions& options = {});

/// One JSON object, on one line or on several.
[[nodiscard]] std::string random_json(std::mt19937& engine, int max_depth = 4);

}  // namespace s2a::test
