// The table of malformed inputs: one row an input, and what the program has to make of it.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/source/span.h"

namespace s2a::test {

enum class Expect : std::uint8_t {
  Told,    ///< a diagnostic with one of the group's codes, at a place in the file
  Silent,  ///< no diagnostic: YAML that is odd and right, or that means nothing to a mesh
  Either,  ///< the damage decides. What yaml-cpp cannot read must be told where its kind can matter
};

struct Row {
  std::string name;
  std::string text;
  Expect expect = Expect::Told;
  std::optional<Span> place = std::nullopt;  ///< the diagnostic starts in here
  std::string file = "bad.yaml";
};

struct Group {
  std::string_view name;
  std::string_view codes;  ///< that may tell it, as `S2A0001 S2A0006`
  std::vector<Row> (*rows)();
};

void PrintTo(const Group& group, std::ostream* out);

/// All of them. Their names are words of letters, as GoogleTest wants them.
[[nodiscard]] std::span<const Group> groups();

// Damage to a good text: damage.cpp.
[[nodiscard]] std::vector<Row> cut_at_line_ends();
[[nodiscard]] std::vector<Row> cut_inside_tokens();
[[nodiscard]] std::vector<Row> shifted_lines();
[[nodiscard]] std::vector<Row> tabs();
[[nodiscard]] std::vector<Row> marks_removed();
[[nodiscard]] std::vector<Row> marks_doubled();
// Fields of an AuthorizationPolicy: fields.cpp, keys.cpp.
[[nodiscard]] std::vector<Row> wrong_types();
[[nodiscard]] std::vector<Row> duplicate_keys();
[[nodiscard]] std::vector<Row> unknown_keys();
[[nodiscard]] std::vector<Row> template_braces();
// Whole texts: texts.cpp, objects.cpp, sizes.cpp.
[[nodiscard]] std::vector<Row> wrong_bytes();
[[nodiscard]] std::vector<Row> line_ends();
[[nodiscard]] std::vector<Row> wrong_syntax();
[[nodiscard]] std::vector<Row> odd_syntax();
[[nodiscard]] std::vector<Row> wrong_json();
[[nodiscard]] std::vector<Row> wrong_objects();
[[nodiscard]] std::vector<Row> nothing_to_say();
[[nodiscard]] std::vector<Row> too_deep();
[[nodiscard]] std::vector<Row> aliases();
[[nodiscard]] std::vector<Row> huge();

}  // namespace s2a::test
