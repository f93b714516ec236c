// Refusals: behind this point each change has a place.
#include "backend/edit/gather.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace s2a {
namespace {

using Checked = tl::expected<void, Refusal>;

class Gatherer {
 public:
  Gatherer(const Site& site, std::span<const Change> changes) : site_(site), document_(site.document) {
    out_.document_removed = removes_document(changes, document_);
    for (const auto& change : changes) {
      if (const auto* replace = std::get_if<ReplaceValue>(&change)) leaving_.insert(replace->node);
      if (const auto* remove = std::get_if<RemoveItem>(&change)) removed_.insert(remove->item);
      if (const auto* remove = std::get_if<RemoveResource>(&change)) removed_.insert(remove->resource);
      if (const auto* remove = std::get_if<RemoveEntry>(&change)) removed_.insert({remove->key, value_of(remove->key)});
    }
    leaving_.insert(removed_.begin(), removed_.end());
  }

  Checked operator()(const ReplaceValue& change) {
    const Node& node = document_[change.node];
    if (removed_.contains(change.node)) return contradiction(change.node, "is replaced and removed");
    const auto known = out_.replaced.find(change.node);
    if (known != out_.replaced.end() && known->second != change.value) return contradiction(change.node, "is replaced twice");
    const bool tagged_block = node.style == NodeStyle::Block && !node.property.empty();
    if (tagged_block || !has_place(change.node)) return no_place(change.node);
    out_.replaced.emplace(change.node, change.value);
    return stays(node.parent).and_then([&] { return not_shared(node.kind == NodeKind::Alias ? node.parent : change.node); }).and_then([&] { return may_leave(change.node); });
  }

  Checked operator()(const RemoveEntry& change) {
    const auto map = document_[change.key].parent;
    return stays(map)
        .and_then([&] { return not_shared(map); })
        .and_then([&] { return may_leave(change.key); })
        .and_then([&] { return may_leave(value_of(change.key)); })
        .and_then([&] { return slot(map, change.key); })
        .map([](Slot* slot) { slot->removed = true; });
  }

  Checked operator()(const RemoveItem& change) {
    const auto sequence = document_[change.item].parent;
    return stays(sequence)
        .and_then([&] { return not_shared(sequence); })
        .and_then([&] { return may_leave(change.item); })
        .and_then([&] { return slot(sequence, change.item); })
        .map([](Slot* slot) { slot->removed = true; });
  }

  Checked operator()(const InsertEntry& change) {
    const auto entries = document_.entries(change.map);
    const auto same_key = [&](const Entry& entry) { return !leaving_.contains(entry.key) && document_[document_.resolve(entry.key)].value == change.key; };
    if (std::ranges::any_of(entries, same_key) || !new_keys_.emplace(change.map, change.key).second)
      return contradiction(change.map, fmt::format("would have the key `{}` twice", change.key));
    return insert<Value::Map>(change.map, NodeKind::Map, change.after, {.key = change.key, .value = &change.value});
  }

  Checked operator()(const InsertItem& change) { return insert<Value::Sequence>(change.sequence, NodeKind::Sequence, change.after, {.key = {}, .value = &change.value}); }

  Checked operator()(const AppendResource& change) {
    const auto parent = change.resource == kNoNode ? kNoNode : document_[change.resource].parent;
    if (parent != kNoNode) return insert<Value::Sequence>(parent, NodeKind::Sequence, change.resource, {.key = {}, .value = &change.value});
    if (site_.json) return refuse(Code::NotEditable, change.resource, "a JSON file holds one object: there is no place for a second one that is not in a `List`");
    if (change.resource == kNoNode) return no_place(kNoNode);
    out_.appended.push_back(&change.value);
    return {};
  }

  Checked operator()(const RemoveResource& change) {
    if (out_.document_removed) return {};
    return (*this)(RemoveItem{.item = change.resource});
  }

  Checked operator()(const CommentResource& change) {
    out_.commented.push_back(&change);
    return stays(change.resource);
  }

  Checked operator()(const CreateFile& /*change*/) { return {}; }

  Gathered take() {
    for (auto& [node, collection] : out_.collections) hand_additions_on(collection.slots);
    return std::move(out_);
  }

 private:
  static tl::unexpected<Refusal> refuse(Code code, NodeId node, std::string reason) { return tl::unexpected(Refusal{.code = code, .node = node, .reason = std::move(reason)}); }
  std::string name(NodeId node) const { return node == kNoNode || node == document_.root ? "the document" : fmt::format("`{}`", document_.path_of(node)); }
  tl::unexpected<Refusal> contradiction(NodeId node, std::string_view what) const { return refuse(Code::InternalError, node, fmt::format("{} {}", name(node), what)); }
  tl::unexpected<Refusal> no_place(NodeId node) const {
    return refuse(Code::NotEditable, node, fmt::format("{} is laid out in a way that gives an edit no safe place", name(node)));
  }

  /// What is added in front of a removed entry is added in its place: an addition never stands beside a removal.
  static void hand_additions_on(std::vector<Slot>& slots) {
    for (std::size_t i = 0; i + 1 < slots.size(); ++i) {
      auto& from = slots[i].additions;
      auto& to = slots[i + 1].additions;
      if (slots[i].removed || !slots[i + 1].removed) continue;
      to.insert(to.begin(), from.begin(), from.end());
      from.clear();
    }
  }

  NodeId value_of(NodeId key) const {
    const auto siblings = document_.children(document_[key].parent);
    return *std::next(std::ranges::find(siblings, key));
  }

  /// Whether the text in front of the node can be told: not so behind a `? ` key.
  bool has_place(NodeId id) const {
    const Node& node = document_[id];
    const bool in_flow = node.parent != kNoNode && document_[node.parent].style == NodeStyle::Flow;
    return node.parent == kNoNode || (in_flow && !node.span.empty()) || bare_pair(site_, node.parent) || collection(site_, node.parent).has_value();
  }

  /// A place is no place if it, or what it stands in, is removed or replaced.
  Checked stays(NodeId place) const {
    for (auto id = place; id != kNoNode; id = document_[id].parent) {
      if (leaving_.contains(id)) return contradiction(place, "is changed below a node that another change takes away");
    }
    return {};
  }

  Checked not_shared(NodeId place) const {
    if (place == kNoNode || !document_.shared(place)) return {};
    return refuse(Code::SharedText, place, fmt::format("{} is shared with another place through an anchor", name(place)));
  }

  bool within(NodeId id, NodeId outer) const {
    while (id != kNoNode && id != outer) id = document_[id].parent;
    return id == outer;
  }

  /// Text that holds an anchor which an alias outside of it needs must stay.
  Checked may_leave(NodeId leaving) const {
    for (std::uint32_t i = 0; i < document_.nodes.size(); ++i) {
      const Node& alias = document_.nodes[i];
      if (alias.kind != NodeKind::Alias || !within(alias.target, leaving) || within(NodeId{i}, leaving)) continue;
      return refuse(Code::SharedText, leaving, fmt::format("{} holds an anchor that {} refers to", name(leaving), name(NodeId{i})));
    }
    return {};
  }

  /// The slot of a key or an item; of the last one for kNoNode.
  tl::expected<Slot*, Refusal> slot(NodeId parent, NodeId child) {
    auto known = out_.collections.find(parent);
    if (known == out_.collections.end()) {
      auto read = bare_pair(site_, parent) ? std::nullopt : collection(site_, parent);
      if (!read) return no_place(parent);
      known = out_.collections.emplace(parent, std::move(*read)).first;
    }
    auto& slots = known->second.slots;
    if (child == kNoNode) return &slots.back();
    const auto children = document_.children(parent);
    const auto index = static_cast<std::size_t>(std::ranges::find(children, child) - children.begin());
    if (index == children.size()) return contradiction(child, "is not where a change looks for it");
    return &slots[document_[parent].kind == NodeKind::Map ? index / 2 : index];
  }

  template <class Content>
  Checked insert(NodeId parent, NodeKind kind, NodeId after, Addition addition) {
    const Node& node = document_[parent];
    if (auto checked = stays(parent).and_then([&] { return not_shared(parent); }); !checked) return checked;
    if (node.kind != kind && node.kind != NodeKind::Null) return contradiction(parent, "cannot hold what a change puts into it");
    if (node.link_count > 0) return slot(parent, after).map([&](Slot* slot) { slot->additions.push_back(addition); });
    if (!has_place(parent)) return no_place(parent);
    auto& content = std::get<Content>(out_.replaced.emplace(parent, Content{}).first->second.content);
    if constexpr (std::is_same_v<Content, Value::Map>) {
      content.emplace_back(addition.key, *addition.value);
    } else {
      content.push_back(*addition.value);
    }
    return {};
  }

  const Site& site_;
  const Document& document_;
  std::set<NodeId> removed_;
  std::set<NodeId> leaving_;  ///< what is removed or replaced
  std::set<std::pair<NodeId, std::string>> new_keys_;
  Gathered out_;
};

}  // namespace

tl::expected<Gathered, Refusal> gather(const Site& site, std::span<const Change> changes) {
  const auto& locked = site.document.locked;
  if (!locked.empty()) return tl::unexpected(Refusal{.code = Code::NotEditable, .node = site.document.root, .reason = fmt::format("the document is never edited: {}", locked)});
  Gatherer gatherer(site, changes);
  for (const auto& change : changes) {
    if (const auto checked = std::visit(gatherer, change); !checked) return tl::unexpected(checked.error());
  }
  return gatherer.take();
}

}  // namespace s2a
