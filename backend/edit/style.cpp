// The style of a place: what the text around it does.
#include <algorithm>

#include "backend/edit/lines.h"
#include "backend/edit/site.h"

namespace s2a {
namespace {

std::uint32_t distance(std::uint32_t a, std::uint32_t b) { return a < b ? b - a : a - b; }

/// By how many columns the block collection of that kind nearest to `near` is indented under its key; nothing where there is none.
std::optional<std::uint32_t> nearest_offset(const Site& site, NodeKind kind, std::uint32_t near) {
  const auto& nodes = site.document.nodes;
  const Node* nearest = nullptr;
  for (const auto& node : nodes) {
    const bool below_key = node.kind == kind && node.style == NodeStyle::Block && node.parent != kNoNode && site.document[node.parent].kind == NodeKind::Map;
    if (below_key && (nearest == nullptr || distance(node.span.begin, near) < distance(nearest->span.begin, near))) nearest = &node;
  }
  if (nearest == nullptr) return std::nullopt;
  return lines::column(site.text, nearest->span.begin) - lines::column(site.text, site.document[nearest->parent].span.begin);
}

}  // namespace

BlockStyle block_style(const Site& site, std::uint32_t near) {
  const BlockStyle usual;
  return {.eol = site.eol,
          .step = std::max(1U, nearest_offset(site, NodeKind::Map, near).value_or(usual.step)),
          .sequence_offset = nearest_offset(site, NodeKind::Sequence, near).value_or(usual.sequence_offset)};
}

FlowStyle flow_style(const Site& site, NodeId id) {
  const Node& node = site.document[id];
  const auto children = site.document.children(id);
  FlowStyle style{.eol = site.eol, .compact = site.compact, .indent = std::string(lines::indentation(site.text, node.span.begin))};
  if (site.json) style.keys = style.strings = NodeStyle::DoubleQuoted;
  if (children.empty()) return style;

  if (!site.json && node.kind == NodeKind::Sequence) style.strings = item_quotes(site, id);
  if (!site.json && node.kind == NodeKind::Map) style.keys = site.document[children.front()].style;
  const auto first = outer_span(site.document, children.front()).begin;
  style.own_lines = lines::begin(site.text, first) != lines::begin(site.text, node.span.begin);
  const auto inner = lines::indentation(site.text, first);
  if (style.own_lines && inner.size() > style.indent.size() && inner.starts_with(style.indent)) style.step = inner.substr(style.indent.size());
  return style;
}

NodeStyle item_quotes(const Site& site, NodeId sequence) {
  const auto items = site.document.children(sequence);
  const auto scalar = std::find_if(items.rbegin(), items.rend(), [&](NodeId item) { return site.document[item].kind == NodeKind::Scalar; });
  return scalar == items.rend() ? NodeStyle::Plain : site.document[*scalar].style;
}

}  // namespace s2a
