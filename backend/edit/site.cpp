// Where entries and items begin and end, the comments that belong to them included.
#include "backend/edit/site.h"

#include <algorithm>

#include "backend/edit/lines.h"

namespace s2a {
namespace {

/// By its name, or because every key is in double quotes.
bool is_json(const SourceFile& file, const Document& document) {
  if (file.path.ends_with(".json")) return true;
  if (document.root == kNoNode || document[document.root].style != NodeStyle::Flow) return false;
  const auto is_map = [](const Node& node) { return node.kind == NodeKind::Map && node.link_count > 0; };
  const auto quoted = [&](const Node& node) {
    const auto children = std::span(document.links).subspan(node.first_link, node.link_count);
    for (std::size_t i = 0; i < children.size(); i += 2) {
      if (document[children[i]].style != NodeStyle::DoubleQuoted) return false;
    }
    return true;
  };
  return std::ranges::any_of(document.nodes, is_map) && std::ranges::all_of(document.nodes, [&](const Node& node) { return !is_map(node) || quoted(node); });
}

/// Whether the first entry of all has no blank behind its `:`.
bool is_compact(const Document& document, std::string_view text) {
  const auto map = std::ranges::find_if(document.nodes, [](const Node& node) { return node.kind == NodeKind::Map && node.link_count > 0; });
  if (map == document.nodes.end() || document[document.links[map->first_link]].style != NodeStyle::DoubleQuoted) return false;
  const auto& value = document[document.links[map->first_link + 1]].span;
  return !value.empty() && text[value.begin - 1] == ':';
}

/// Where the entry or item behind `end` begins; in flow style behind the comma.
std::uint32_t next_begin(std::string_view text, std::uint32_t end, bool flow) {
  const auto at = lines::skip_space(text, end);
  return flow && text.substr(at, 1) == "," ? lines::skip_space(text, at + 1) : at;
}

/// All on one column, each but the first on a line of its own, no tab in front of the first.
bool regular_block(std::string_view text, const std::vector<Slot>& slots) {
  const auto first = slots.front().span.begin;
  const auto regular = [&](const Slot& slot) { return lines::first_on_line(text, slot.span.begin) && lines::column(text, slot.span.begin) == lines::column(text, first); };
  return text.substr(lines::begin(text, first), lines::column(text, first)).find('\t') == std::string_view::npos && std::all_of(slots.begin() + 1, slots.end(), regular);
}

}  // namespace

Site::Site(const SourceFile& file, const Document& source_document)
    : document(source_document), text(file.text), eol(file.eol()), json(is_json(file, document)), compact(json && is_compact(document, text)) {}

Span outer_span(const Document& document, NodeId id) {
  const Node& node = document[id];
  if (node.property.empty()) return node.span;
  return {.begin = node.property.begin, .end = std::max(node.property.end, node.span.end)};
}

bool bare_pair(const Site& site, NodeId id) {
  const Node& node = site.document[id];
  return node.kind == NodeKind::Map && node.style == NodeStyle::Flow && (site.text[node.span.begin] != '{' || site.text[node.span.end - 1] != '}');
}

std::optional<Collection> collection(const Site& site, NodeId id) {
  const Node& node = site.document[id];
  const auto children = site.document.children(id);
  const bool flow = node.style == NodeStyle::Flow;
  const bool is_map = node.kind == NodeKind::Map;
  Collection out{.node = id, .slots = {}};
  auto begin = flow ? lines::skip_space(site.text, node.span.begin + 1) : node.span.begin;
  for (std::size_t i = 0; i < children.size(); i += is_map ? 2 : 1) {
    const auto first = outer_span(site.document, children[i]);
    const auto last = is_map ? outer_span(site.document, children[i + 1]) : first;
    if (flow || is_map ? begin != first.begin : site.text.substr(begin, 1) != "-") return std::nullopt;
    if (is_map && site.text.substr(lines::skip_space(site.text, first.end), 1) != ":") return std::nullopt;
    out.slots.push_back({.span = {.begin = begin, .end = std::max(first.end, last.end)}, .removed = false, .additions = {}});
    begin = next_begin(site.text, out.slots.back().span.end, flow);
  }
  if (!flow && !regular_block(site.text, out.slots)) return std::nullopt;
  return out;
}

std::uint32_t value_point(const Site& site, NodeId id) {
  const Node& node = site.document[id];
  if (node.parent == kNoNode) return outer_span(site.document, id).begin;
  const auto siblings = site.document.children(node.parent);
  const auto index = static_cast<std::size_t>(std::ranges::find(siblings, id) - siblings.begin());
  if (site.document[node.parent].kind == NodeKind::Map) {
    return lines::skip_space(site.text, outer_span(site.document, siblings[index - 1]).end) + 1;
  }
  const auto dash = index == 0 ? site.document[node.parent].span.begin : lines::skip_space(site.text, outer_span(site.document, siblings[index - 1]).end);
  return dash + 1;
}

std::uint32_t lead(const Site& site, const Collection& collection, std::size_t slot) {
  const auto begin = collection.slots[slot].span.begin;
  if (!lines::first_on_line(site.text, begin)) return begin;
  const bool is_root = site.document[collection.node].parent == kNoNode;
  const auto floor = slot > 0  ? lines::next(site.text, collection.slots[slot - 1].span.end)
                     : is_root ? lines::begin(site.text, site.document.span.begin)
                               : lines::next(site.text, value_point(site, collection.node));
  const auto indentation = lines::indentation(site.text, begin);
  auto top = lines::begin(site.text, begin);
  while (top > floor) {
    const auto above = lines::begin(site.text, top - 1);
    if (!lines::comment(site.text, above) || lines::indentation(site.text, above) != indentation) break;
    top = above;
  }
  return top;
}

std::uint32_t tail(const Site& site, const Slot& slot) {
  const auto column = lines::column(site.text, slot.span.begin);
  auto out = lines::next(site.text, slot.span.end);
  for (auto line = out; line < site.text.size(); line = lines::next(site.text, line)) {
    if (lines::blank(site.text, line, lines::end(site.text, line))) continue;
    if (!lines::comment(site.text, line) || lines::indentation(site.text, line).size() <= column) break;
    out = lines::next(site.text, line);
  }
  return out;
}

}  // namespace s2a
