// Comparing the text's tree with the wanted one, level by level.
#include "ir/passes/reconcile.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <span>

namespace s2a {
namespace {

/// How much two values say alike: 0 is nothing.
std::size_t in_common(const Value& a, const Value& b) {
  if (const auto* left = std::get_if<Value::Map>(&a.content), *right = std::get_if<Value::Map>(&b.content); left != nullptr && right != nullptr) {
    std::size_t sum = *left == *right ? 1 : 0;
    for (const auto& [key, value] : *left)
      if (const auto found = std::ranges::find(*right, key, &Value::Map::value_type::first); found != right->end()) sum += in_common(value, found->second);
    return sum;
  }
  if (const auto* left = std::get_if<Value::Sequence>(&a.content), *right = std::get_if<Value::Sequence>(&b.content); left != nullptr && right != nullptr) {
    std::size_t sum = *left == *right ? 1 : 0;
    for (const auto& item : *left) {
      std::size_t most = 0;
      for (const auto& other : *right) most = std::max(most, in_common(item, other));
      sum += most;
    }
    return sum;
  }
  return a == b ? 1 : 0;
}

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

  /// Items are edited into those that they have most in common with, in their order, so that a comment stays with its rule; the others come and go around them.
  void sequence(NodeId node, const Value::Sequence& wanted) {
    const auto items = document_.children(node);
    const auto partners = align(items, wanted);
    if (std::ranges::count(partners, kNone) == std::ssize(partners)) {
      if (items.size() == 1 && wanted.size() == 1) return run(items[0], wanted[0]);
      changes.push_back(ReplaceValue{.document = id_, .node = node, .value = Value(wanted)});
      return;
    }
    std::size_t next = 0;
    NodeId after = kNoNode;
    const auto insert_until = [&](std::size_t end) {
      for (; next < end; ++next) changes.push_back(InsertItem{.document = id_, .sequence = node, .after = after, .value = wanted[next]});
    };
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (partners[i] == kNone) {
        changes.push_back(RemoveItem{.document = id_, .item = items[i]});
        continue;
      }
      insert_until(partners[i]);
      run(items[i], wanted[next++]);
      after = items[i];
    }
    insert_until(wanted.size());
  }

  static constexpr auto kNone = std::numeric_limits<std::size_t>::max();

  /// For each item the place in `wanted` of the one that it becomes, kNone where it goes: the pairs in order that have most in common together.
  std::vector<std::size_t> align(std::span<const NodeId> items, const Value::Sequence& wanted) const {
    std::vector<std::vector<std::size_t>> in_common(items.size());                    // [i][j] of one item and one wanted value
    std::vector best(items.size() + 1, std::vector<std::size_t>(wanted.size() + 1));  // [i][j]: of the items from i and the wanted from j, together
    for (auto i = items.size(); i-- > 0;) {
      const auto item = to_value(document_, items[i]);
      for (const auto& value : wanted) in_common[i].push_back(s2a::in_common(item, value));
      for (auto j = wanted.size(); j-- > 0;) best[i][j] = std::max({best[i + 1][j], best[i][j + 1], in_common[i][j] == 0 ? 0 : best[i + 1][j + 1] + in_common[i][j]});
    }
    std::vector<std::size_t> partners(items.size(), kNone);
    for (std::size_t i = 0, j = 0; i < items.size() && j < wanted.size();) {
      if (in_common[i][j] != 0 && best[i][j] == best[i + 1][j + 1] + in_common[i][j])
        partners[i++] = j++;
      else
        ++(best[i][j] == best[i + 1][j] ? i : j);
    }
    return partners;
  }

  const Document& document_;
  DocumentId id_;
};

}  // namespace

Value* find(Value& map, std::string_view key) {
  auto* entries = std::get_if<Value::Map>(&map.content);
  if (entries == nullptr) return nullptr;
  const auto found = std::ranges::find(*entries, key, &Value::Map::value_type::first);
  return found == entries->end() ? nullptr : &found->second;
}

void set(Value& map, std::string_view key, Value value) {
  if (auto* found = find(map, key)) {
    if (!value.origin) value.origin = found->origin;
    *found = std::move(value);
  } else {
    std::get<Value::Map>(map.content).emplace_back(key, std::move(value));
  }
}

void erase(Value& map, std::string_view key) {
  if (auto* entries = std::get_if<Value::Map>(&map.content)) std::erase_if(*entries, [&](const auto& entry) { return entry.first == key; });
}

Value& child(Value& map, std::string_view key) {
  auto* found = find(map, key);
  if (found == nullptr || !std::holds_alternative<Value::Map>(found->content)) set(map, key, Value::Map{});
  return *find(map, key);
}

void erase_what_clusters_write(Value& object) {
  erase(object, "status");
  auto* metadata = find(object, "metadata");
  if (metadata == nullptr) return;
  for (const auto* key : {"uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "ownerReferences", "finalizers", "generateName", "selfLink"})
    erase(*metadata, key);
  auto* annotations = find(*metadata, "annotations");
  if (annotations == nullptr) return;
  erase(*annotations, "kubectl.kubernetes.io/last-applied-configuration");
  if (const auto* left = std::get_if<Value::Map>(&annotations->content); left != nullptr && left->empty()) erase(*metadata, "annotations");
}

std::vector<Change> reconcile(const Store& store, const Resource& resource, const Value& wanted) {
  Reconciler reconciler(store[resource.document], resource.document);
  reconciler.run(resource.node, wanted);
  return std::move(reconciler.changes);
}

}  // namespace s2a
