// Values as YAML or JSON text: whole documents, nested blocks, flow collections.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ir/source/document.h"
#include "ir/value.h"

namespace s2a {

/// How block text is laid out; the defaults are kubectl's.
struct BlockStyle {
  std::string_view eol = "\n";
  std::uint32_t step = 2;             ///< columns from a map to a map below one of its keys
  std::uint32_t sequence_offset = 0;  ///< columns from a map to a sequence below one of its keys
};

/// How flow text is laid out.
struct FlowStyle {
  std::string_view eol = "\n";
  NodeStyle keys = NodeStyle::Plain;     ///< quotes of keys; where plain is not safe, double quotes
  NodeStyle strings = NodeStyle::Plain;  ///< quotes of strings
  bool compact = false;                  ///< no blank behind `:` and `,`
  bool own_lines = false;                ///< each entry on a line of its own
  std::string indent{};                  ///< what the line begins with on which the text starts
  std::string step = "  ";               ///< for entries on lines of their own
};

/// A map or a sequence that holds something: in block style it takes lines of its own.
[[nodiscard]] bool takes_lines(const Value& value);
/// A scalar, `{}` or `[]`: what fits behind `key: `. `like`: the quotes of the place.
[[nodiscard]] std::string inline_text(const Value& value, NodeStyle like = NodeStyle::Plain);
/// A value that takes_lines, in block style at `column`: no indentation in front of the first line, no line end behind the last.
[[nodiscard]] std::string block_text(const Value& value, std::uint32_t column, const BlockStyle& style);
/// `key: value` of a block map at `column`, as block_text.
[[nodiscard]] std::string entry_text(std::string_view key, const Value& value, std::uint32_t column, const BlockStyle& style);
/// `- value` of a block sequence at `column`, its comments above it, as block_text. `like`: the quotes of its siblings.
[[nodiscard]] std::string item_text(const Value& value, std::uint32_t column, const BlockStyle& style, NodeStyle like = NodeStyle::Plain);
/// Any value in flow style.
[[nodiscard]] std::string flow_text(const Value& value, const FlowStyle& style);
/// `key: value` of a flow map.
[[nodiscard]] std::string flow_entry_text(std::string_view key, const Value& value, const FlowStyle& style);
/// A whole document without `---`, its comments above it, with a line end behind the last line.
[[nodiscard]] std::string to_yaml(const Value& document, const BlockStyle& style = {});

}  // namespace s2a
