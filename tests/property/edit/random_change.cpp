// Random nodes, verbs and values.
#include "tests/property/edit/random_change.h"

#include <algorithm>
#include <array>

namespace s2a::test {
namespace {

constexpr auto kTexts = std::to_array<std::string_view>({"plain",
                                                         "GET",
                                                         "yes",
                                                         "No",
                                                         "y",
                                                         "0o7",
                                                         "017",
                                                         "1e3",
                                                         "0x1F",
                                                         "12:30",
                                                         "1_000",
                                                         ".inf",
                                                         ".5",
                                                         "null",
                                                         "~",
                                                         "",
                                                         "- x",
                                                         "a: b",
                                                         "a:",
                                                         "#x",
                                                         "a #b",
                                                         "🙂",
                                                         "é",
                                                         " lead",
                                                         "trail ",
                                                         "two\nlines\n",
                                                         "a\r\nb",
                                                         "\ttab",
                                                         "\x01\x7F",
                                                         "'single'",
                                                         "\"double\"",
                                                         "back\\slash",
                                                         "{a}",
                                                         "[b]",
                                                         "a, b",
                                                         "*",
                                                         "*a",
                                                         "&a",
                                                         "!t",
                                                         "%",
                                                         "@",
                                                         "---",
                                                         "...",
                                                         "-",
                                                         "?",
                                                         "|",
                                                         ">",
                                                         "<<",
                                                         "=",
                                                         "2001-01-01",
                                                         "spiffe://cluster.local/ns/a/sa/b",
                                                         "istio.io/dataplane-mode",
                                                         "/api/*"});

std::size_t below(std::mt19937& engine, std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine); }

std::string random_text(std::mt19937& engine) { return std::string(kTexts[below(engine, kTexts.size())]); }

Value random_value(std::mt19937& engine, int depth) {
  const auto what = below(engine, depth > 0 ? 10 : 5);
  if (what < 4) return random_text(engine);
  if (what == 4) return static_cast<int>(below(engine, 70000));
  const auto size = below(engine, 4);
  if (what < 7) {
    Value::Sequence items;
    while (items.size() < size) items.push_back(random_value(engine, depth - 1));
    return items;
  }
  Value::Map entries;
  while (entries.size() < size) {
    const auto key = random_text(engine);
    if (std::ranges::none_of(entries, [&](const auto& entry) { return entry.first == key; })) entries.emplace_back(key, random_value(engine, depth - 1));
  }
  return entries;
}

/// A child of the collection, or kNoNode.
NodeId random_place(std::mt19937& engine, std::span<const NodeId> children, std::size_t step) {
  const auto choice = below(engine, children.size() / step + 1) * step;
  return choice == children.size() ? kNoNode : children[choice];
}

bool has_key(const Document& document, NodeId map, std::string_view key) {
  const auto entries = document.entries(map);
  return std::ranges::any_of(entries, [&](const Entry& entry) { return document[document.resolve(entry.key)].value == key; });
}

}  // namespace

std::optional<Change> random_change(std::mt19937& engine, const Document& document) {
  const NodeId id{static_cast<std::uint32_t>(below(engine, document.nodes.size()))};
  const Node& node = document[id];
  const auto siblings = document.children(node.parent);
  const bool in_map = node.parent != kNoNode && document[node.parent].kind == NodeKind::Map;
  const auto index = static_cast<std::size_t>(std::ranges::find(siblings, id) - siblings.begin());
  const bool is_key = in_map && index % 2 == 0;
  switch (below(engine, 6)) {
    case 0:  // what `<<` merges has to stay a map
      if (!is_key && !(in_map && document[siblings[index - 1]].value == "<<")) return ReplaceValue{.document = {}, .node = id, .value = random_value(engine, 3)};
      break;
    case 1:
      if (is_key) return RemoveEntry{.document = {}, .key = id};
      break;
    case 2:
      if (node.parent != kNoNode && !in_map) return RemoveItem{.document = {}, .item = id};
      break;
    case 3: {
      const auto map = node.kind == NodeKind::Map || node.kind == NodeKind::Null ? id : is_key ? node.parent : kNoNode;
      const auto key = random_text(engine);
      if (map != kNoNode && !has_key(document, map, key) && (!is_key || map != id))
        return InsertEntry{.document = {}, .map = map, .after = random_place(engine, document.children(map), 2), .key = key, .value = random_value(engine, 3)};
      break;
    }
    case 4:
      if (node.kind == NodeKind::Sequence && !is_key)
        return InsertItem{.document = {}, .sequence = id, .after = random_place(engine, document.children(id), 1), .value = random_value(engine, 3)};
      break;
    default:
      if (id == document.root || (below(engine, 4) == 0 && node.parent != kNoNode && !in_map))
        return AppendResource{.document = {}, .resource = id, .value = random_value(engine, 3)};
  }
  return std::nullopt;
}

std::optional<Change> random_successor(std::mt19937& engine, const Document& document, const Change& removal) {
  if (const auto* item = std::get_if<RemoveItem>(&removal))
    return InsertItem{.document = {}, .sequence = document[item->item].parent, .after = item->item, .value = random_value(engine, 3)};
  const auto* entry = std::get_if<RemoveEntry>(&removal);
  if (entry == nullptr) return std::nullopt;
  const auto map = document[entry->key].parent;
  auto key = random_text(engine);
  if (has_key(document, map, key)) return std::nullopt;
  return InsertEntry{.document = {}, .map = map, .after = entry->key, .key = std::move(key), .value = random_value(engine, 3)};
}

std::string_view verb_of(const Change& change) {
  constexpr auto kVerbs = std::to_array<std::string_view>(
      {"ReplaceValue", "RemoveEntry", "RemoveItem", "InsertEntry", "InsertItem", "AppendResource", "RemoveResource", "CommentResource", "CreateFile"});
  return kVerbs[change.index()];
}

}  // namespace s2a::test
