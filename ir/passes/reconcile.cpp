// Comparing the text's tree with the wanted one, level by level.
#include "ir/passes/reconcile.h"

#include <algorithm>
#include <optional>

namespace s2a {
namespace {

class Reconciler {
 public:
  Reconciler(const Document& document, DocumentId id) : document_(document), id_(id) {}

  void run(NodeId node, const Value& wanted) {
    if (to_value(document_, node) == wanted) return;
    const auto kind = document_[node].kind;
    if (kind == NodeKind::Map && std::holds_alternative<Value::Map>(wanted.content))
      map(node, std::get<Value::Map>(wanted.content));
    else if (kind == NodeKind::Sequence && std::holds_alternative<Value::Sequence>(wanted.content))
      sequence(node, std::get<Value::Sequence>(wanted.content));
    else
      changes.push_back(ReplaceValue{.document = id_, .node = node, .value = wanted});
  }

  std::vector<Change> changes;

 private:
  void map(NodeId node, const Value::Map& wanted) {
    const auto entries = document_.merged_entries(node);
    const auto key_of = [&](const Entry& entry) { return std::string_view(document_[entry.key].value); };
    const auto is_wanted = [&](std::string_view key) { return std::ranges::find(wanted, key, &Value::Map::value_type::first) != wanted.end(); };
    const auto is_own = [&](const Entry& entry) { return document_[entry.key].parent == node; };
    NodeId gone = kNoNode;  // a new first entry stands where an entry went
    for (const auto& entry : entries) {
      if (is_wanted(key_of(entry))) continue;
      changes.push_back(RemoveEntry{.document = id_, .key = entry.key});
      if (gone == kNoNode && is_own(entry)) gone = entry.key;
    }
    NodeId after = kNoNode;
    for (const auto& [key, value] : wanted) {
      const auto entry = std::ranges::find(entries, key, key_of);
      if (entry != entries.end() && is_own(*entry)) {
        run(entry->value, value);
        after = entry->key;
      } else if (entry == entries.end() || to_value(document_, entry->value) != value) {  // an own entry wins over one that is merged in
        changes.push_back(InsertEntry{.document = id_, .map = node, .after = after == kNoNode ? gone : after, .key = key, .value = value});
      }
    }
  }

  /// Of two lists of one length the items are compared one by one; else items that are wanted in their order stay, and the others come and go around them.
  void sequence(NodeId node, const Value::Sequence& wanted) {
    const auto items = document_.children(node);
    if (items.size() == wanted.size()) {
      for (std::size_t i = 0; i < wanted.size(); ++i) run(items[i], wanted[i]);
      return;
    }
    std::size_t next = 0;
    NodeId after = kNoNode;
    std::vector<Change> moves;
    bool kept = false;
    for (const auto item : items) {
      const auto found = std::find(wanted.begin() + static_cast<std::ptrdiff_t>(next), wanted.end(), to_value(document_, item));
      if (found == wanted.end()) {
        moves.push_back(RemoveItem{.document = id_, .item = item});
        continue;
      }
      for (; wanted[next] != *found; ++next) moves.push_back(InsertItem{.document = id_, .sequence = node, .after = after, .value = wanted[next]});
      ++next;
      after = item;
      kept = true;
    }
    for (; next < wanted.size(); ++next) moves.push_back(InsertItem{.document = id_, .sequence = node, .after = after, .value = wanted[next]});
    if (kept)
      changes.insert(changes.end(), moves.begin(), moves.end());
    else
      changes.push_back(ReplaceValue{.document = id_, .node = node, .value = Value(wanted)});
  }

  const Document& document_;
  DocumentId id_;
};

}  // namespace

Value to_value(const Document& document, NodeId node) {
  const auto& n = document[document.resolve(node)];
  switch (n.kind) {
    case NodeKind::Null:
    case NodeKind::Alias:
    case NodeKind::Scalar: {
      Value out(n.kind == NodeKind::Scalar ? n.value : std::string());
      out.plain = n.style == NodeStyle::Plain && n.property.size() == 0;
      return out;
    }
    case NodeKind::Sequence: {
      Value::Sequence items;
      for (const auto item : document.children(node)) items.push_back(to_value(document, item));
      return items;
    }
    case NodeKind::Map: {
      Value::Map entries;
      for (const auto& entry : document.merged_entries(node)) entries.emplace_back(document[entry.key].value, to_value(document, entry.value));
      return entries;
    }
  }
  return {};
}

Value* find(Value& map, std::string_view key) {
  auto* entries = std::get_if<Value::Map>(&map.content);
  if (entries == nullptr) return nullptr;
  const auto found = std::ranges::find(*entries, key, &Value::Map::value_type::first);
  return found == entries->end() ? nullptr : &found->second;
}

void set(Value& map, std::string_view key, Value value) {
  if (auto* found = find(map, key))
    *found = std::move(value);
  else
    std::get<Value::Map>(map.content).emplace_back(key, std::move(value));
}

void erase(Value& map, std::string_view key) {
  if (auto* entries = std::get_if<Value::Map>(&map.content)) std::erase_if(*entries, [&](const auto& entry) { return entry.first == key; });
}

Value& child(Value& map, std::string_view key) {
  auto* found = find(map, key);
  if (found == nullptr || !std::holds_alternative<Value::Map>(found->content)) set(map, key, Value::Map{});
  return *find(map, key);
}

std::vector<Change> reconcile(const Store& store, const Resource& resource, const Value& wanted) {
  Reconciler reconciler(store[resource.document], resource.document);
  reconciler.run(resource.node, wanted);
  return std::move(reconciler.changes);
}

}  // namespace s2a
