// A new value where a node stands: in flow style, on the key's line, or on lines of its own.
#include <algorithm>

#include <fmt/format.h>

#include "backend/edit/lines.h"
#include "backend/edit/rewrite.h"

namespace s2a {
namespace {

/// A value to be put in place of a node, and what is known of the place.
struct Replacement {
  const Site& site;
  const Node& node;
  Span old;             ///< the node's bytes, its tag included
  std::uint32_t point;  ///< behind the `:` or `-` in front of it
  const Value& value;
};

bool is_block(const Node& node) { return (node.kind == NodeKind::Map || node.kind == NodeKind::Sequence) && node.style == NodeStyle::Block; }

bool holds_collections(const Value& value) {
  if (const auto* sequence = std::get_if<Value::Sequence>(&value.content)) return std::ranges::any_of(*sequence, takes_lines);
  if (const auto* map = std::get_if<Value::Map>(&value.content)) return std::ranges::any_of(*map, [](const auto& entry) { return takes_lines(entry.second); });
  return false;
}

/// A blank, where the old bytes begin right behind a `:` or a `-` and the new ones must not.
std::string_view glue(const Replacement& replacement) {
  const auto& [site, node, old, point, value] = replacement;
  const bool touches = node.parent != kNoNode && old.begin == point && !site.compact;
  const bool flow_item = touches && site.document[node.parent].kind == NodeKind::Sequence && site.document[node.parent].style == NodeStyle::Flow;
  return touches && !flow_item ? " " : "";
}

Edits in_line(const Replacement& replacement, const std::string& text) { return {{.span = replacement.old, .text = std::string(glue(replacement)) + text}}; }

Edits in_flow(const Site& site, NodeId node, const Replacement& replacement) {
  const NodeId parent = replacement.node.parent;
  const bool has_parent = parent != kNoNode && site.document[parent].style == NodeStyle::Flow && !bare_pair(site, parent);
  auto style = flow_style(site, has_parent ? parent : node);
  style.indent = lines::indentation(site.text, replacement.old.begin);
  if (replacement.node.style == NodeStyle::SingleQuoted || replacement.node.style == NodeStyle::DoubleQuoted) style.strings = replacement.node.style;
  return in_line(replacement, flow_text(replacement.value, style));
}

/// A block collection gives way to something that fits on the key's line.
Edits block_to_inline(const Replacement& replacement, const Collection& old) {
  const auto& [site, node, span, point, value] = replacement;
  const auto text = inline_text(value);
  const auto& first = old.slots.front();
  const auto stop = lines::without_eol(site.text, tail(site, old.slots.back()));
  if (node.parent == kNoNode) return {{.span = {.begin = first.span.begin, .end = stop}, .text = text}};
  if (lines::blank(site.text, point, first.span.begin)) return {{.span = {.begin = point, .end = stop}, .text = " " + text}};
  // comments stand between the key and the first entry
  return {{.span = {.begin = point, .end = point}, .text = " " + text}, {.span = {.begin = lead(site, old, 0), .end = tail(site, old.slots.back())}, .text = {}}};
}

/// Where the lines of a block value begin: under its key or behind its `-`.
std::uint32_t new_column(const Replacement& replacement, const BlockStyle& style) {
  const auto& [site, node, span, point, value] = replacement;
  if (node.parent == kNoNode) return 0;
  const Node& parent = site.document[node.parent];
  const auto parent_column = lines::column(site.text, parent.span.begin);
  if (parent.kind == NodeKind::Sequence) return parent_column + 2;
  return parent_column + (std::holds_alternative<Value::Map>(value.content) ? style.step : style.sequence_offset);
}

/// A block collection gives way to another one.
Edits block_to_block(const Replacement& replacement, const Collection& old, const BlockStyle& style) {
  const auto& [site, node, span, point, value] = replacement;
  const auto first = old.slots.front().span.begin;
  const auto stop = lines::without_eol(site.text, tail(site, old.slots.back()));
  const bool own_line = lines::first_on_line(site.text, first);
  const bool same_kind = std::holds_alternative<Value::Map>(value.content) == (node.kind == NodeKind::Map);
  const auto column = same_kind || !own_line ? lines::column(site.text, first) : new_column(replacement, style);
  if (!own_line) return {{.span = {.begin = first, .end = stop}, .text = block_text(value, column, style)}};
  return {{.span = {.begin = lines::begin(site.text, first), .end = stop}, .text = fmt::format("{:{}}{}", "", column, block_text(value, column, style))}};
}

/// A scalar, a null, an alias or a flow collection gives way to a block collection; a comment behind it stays where it is.
Edits inline_to_block(const Replacement& replacement, const BlockStyle& style) {
  const auto& [site, node, old, point, value] = replacement;
  const auto column = new_column(replacement, style);
  const auto line_end = lines::end(site.text, old.end);
  const bool commented = !lines::blank(site.text, old.end, line_end);
  const bool is_item = node.parent != kNoNode && site.document[node.parent].kind == NodeKind::Sequence;
  const auto text = fmt::format("{:{}}{}", "", column, block_text(value, column, style));
  const bool below_key = lines::first_on_line(site.text, old.begin);
  if (below_key) return {{.span = {.begin = lines::begin(site.text, old.begin), .end = line_end}, .text = text}};
  const auto new_lines = std::string(site.eol) + text;
  if (commented) return {{.span = {.begin = point, .end = old.end}, .text = {}}, {.span = {.begin = line_end, .end = line_end}, .text = new_lines}};
  if (is_item) return {{.span = {.begin = point, .end = line_end}, .text = " " + text.substr(column)}};
  return {{.span = {.begin = point, .end = line_end}, .text = new_lines}};
}

}  // namespace

Edits replace_edits(const Site& site, NodeId id, const Value& value) {
  const Node& node = site.document[id];
  const Replacement replacement{.site = site, .node = node, .old = outer_span(site.document, id), .point = value_point(site, id), .value = value};
  const bool flow_parent = node.parent != kNoNode && site.document[node.parent].style == NodeStyle::Flow;
  const bool flow_itself = node.style == NodeStyle::Flow && node.link_count > 0 && takes_lines(value) && !holds_collections(value);
  if (site.json || flow_parent || flow_itself) return in_flow(site, id, replacement);

  const auto old = is_block(node) ? collection(site, id) : std::nullopt;
  const auto style = block_style(site, node.span.begin);
  if (takes_lines(value)) return old ? block_to_block(replacement, *old, style) : inline_to_block(replacement, style);
  return old ? block_to_inline(replacement, *old) : in_line(replacement, inline_text(value, node.style));
}

}  // namespace s2a
