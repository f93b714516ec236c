// Looking things up in a document: aliases and merge keys followed, paths for people.
#include "ir/source/document.h"

#include <algorithm>
#include <set>
#include <utility>

namespace s2a {
namespace {

/// YAML 1.1, and go-yaml: a plain `<<` without a tag; in quotes it is a key like any other.
bool is_merge(const Node& key) { return key.kind == NodeKind::Scalar && key.style == NodeStyle::Plain && key.property.empty() && key.value == "<<"; }

bool is_key(const Document& document, NodeId key, std::string_view text) {
  const Node& node = document[document.resolve(key)];
  return node.kind == NodeKind::Scalar && node.value == text;
}

std::optional<Entry> own_entry(const Document& document, NodeId map, std::string_view key) {
  const auto links = document.children(map);
  for (std::size_t i = 0; i + 1 < links.size(); i += 2) {
    if (is_key(document, links[i], key)) return Entry{.key = links[i], .value = links[i + 1]};
  }
  return std::nullopt;
}

/// What the `<<` of a map merge into it, the strongest first.
std::vector<NodeId> merges(const Document& document, NodeId map) {
  std::vector<NodeId> out;
  for (const auto& [key, value] : document.entries(map)) {
    if (!is_merge(document[key])) continue;
    const bool several = document[document.resolve(value)].kind == NodeKind::Sequence;
    const auto items = several ? document.children(value) : std::span(&value, 1);
    out.insert(out.end(), items.begin(), items.end());
  }
  return out;
}

/// The map and every map merged into it, the strongest first, each once whatever merges what; as long as `visit` wants more.
template <class Visit>
void walk_merges(const Document& document, NodeId map, Visit visit) {
  std::set<NodeId> seen;
  bool first = true;  // most maps merge nothing, and need no set
  for (std::vector<NodeId> open{map}; !open.empty();) {
    const NodeId next = document.resolve(open.back());
    open.pop_back();
    if (next == kNoNode || document[next].kind != NodeKind::Map) continue;
    if (!std::exchange(first, false) && !seen.insert(next).second) continue;
    if (!visit(next)) return;
    const auto weaker = merges(document, next);
    open.insert(open.end(), weaker.rbegin(), weaker.rend());
  }
}

/// A key as a step of a path: `.spec`, and `[istio.io/rev]` where a dot could be misread.
std::string key_step(std::string_view key, bool first) {
  const bool plain = !key.empty() && key.find_first_of("./[] ") == std::string_view::npos;
  if (!plain) return "[" + std::string(key) + "]";
  return (first ? "" : ".") + std::string(key);
}

}  // namespace

NodeId Document::resolve(NodeId id) const { return id != kNoNode && (*this)[id].kind == NodeKind::Alias ? (*this)[id].target : id; }

std::span<const NodeId> Document::children(NodeId id) const {
  id = resolve(id);
  if (id == kNoNode) return {};
  const Node& node = (*this)[id];
  return std::span(links).subspan(node.first_link, node.link_count);
}

std::vector<Entry> Document::entries(NodeId map) const {
  map = resolve(map);
  if (map == kNoNode || (*this)[map].kind != NodeKind::Map) return {};
  const auto nodes_of_map = children(map);
  std::vector<Entry> out;
  for (std::size_t i = 0; i + 1 < nodes_of_map.size(); i += 2) out.push_back({.key = nodes_of_map[i], .value = nodes_of_map[i + 1]});
  return out;
}

std::vector<Entry> Document::merged_entries(NodeId map) const {
  std::vector<Entry> out;
  std::set<std::string_view> names;
  walk_merges(*this, map, [&](NodeId next) {
    for (const auto& entry : entries(next)) {
      const Node& key = (*this)[resolve(entry.key)];
      if (!is_merge((*this)[entry.key]) && (key.kind != NodeKind::Scalar || names.insert(key.value).second)) out.push_back(entry);
    }
    return true;
  });
  return out;
}

std::optional<Entry> Document::find(NodeId map, std::string_view key) const {
  std::optional<Entry> out;
  walk_merges(*this, map, [&](NodeId next) { return !(out = own_entry(*this, next, key)); });
  return out;
}

NodeId Document::at(NodeId map, std::initializer_list<std::string_view> path) const {
  for (const std::string_view key : path) {
    const auto entry = find(map, key);
    if (!entry) return kNoNode;
    map = entry->value;
  }
  return map;
}

bool Document::shared(NodeId id) const {
  const auto aliased = [&](NodeId node) { return std::ranges::any_of(nodes, [&](const Node& other) { return other.kind == NodeKind::Alias && other.target == node; }); };
  for (id = resolve(id); id != kNoNode; id = (*this)[id].parent) {
    if ((*this)[id].anchored && aliased(id)) return true;
  }
  return false;
}

std::string Document::path_of(NodeId id) const {
  std::vector<std::string> steps;  // innermost first
  for (; id != kNoNode && (*this)[id].parent != kNoNode; id = (*this)[id].parent) {
    const NodeId parent = (*this)[id].parent;
    const auto siblings = children(parent);
    const auto index = static_cast<std::size_t>(std::ranges::find(siblings, id) - siblings.begin());
    if ((*this)[parent].kind == NodeKind::Map) {
      steps.push_back(key_step((*this)[resolve(siblings[index - index % 2])].value, parent == root));
    } else {
      steps.push_back("[" + std::to_string(index) + "]");
    }
  }
  std::string out;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) out += *step;
  return out;
}

}  // namespace s2a
