// Bytes that stayed lead to the line that they stood on; nodes that are new lead to the origin of their Value.
#include "cli/line_origins.h"

#include <algorithm>

namespace s2a {
namespace {

using Points = LineOrigins::Points;

std::size_t index_of_line(const SourceFile& file, std::uint32_t offset) {
  const auto behind = std::ranges::upper_bound(file.line_starts, offset);
  return behind == file.line_starts.begin() ? 0 : static_cast<std::size_t>(behind - file.line_starts.begin()) - 1;
}

/// The node of a document that a change is about.
NodeId place_of(const Change& change) {
  struct {
    NodeId operator()(const ReplaceValue& c) const { return c.node; }
    NodeId operator()(const RemoveEntry& c) const { return c.key; }
    NodeId operator()(const RemoveItem& c) const { return c.item; }
    NodeId operator()(const InsertEntry& c) const { return c.map; }
    NodeId operator()(const InsertItem& c) const { return c.sequence; }
    NodeId operator()(const AppendResource& c) const { return c.resource; }
    NodeId operator()(const RemoveResource& c) const { return c.resource; }
    NodeId operator()(const CommentResource& /*c*/) const { return kNoNode; }
    NodeId operator()(const CreateFile& /*c*/) const { return kNoNode; }
  } const visitor;
  return std::visit(visitor, change);
}

/// The lines of one new version.
class Version {
 public:
  Version(const Store& store, const LineOrigins& known, FileId now) : store_(store), known_(known), file_(store.sources[now]), lines_(file_.line_starts.size()) {}

  /// Line by line. Blanks do not count: the indentation may stay where all else is new.
  void keep(FileId old, const EditSet& edits) {
    const std::string_view before = store_.sources[old].text;
    std::size_t from = 0;
    std::size_t at = 0;
    const auto take = [&](std::size_t end) {
      while (from < end) {
        const auto text = std::min(before.find_first_not_of(" \r\n", from), end);
        const auto line_end = std::min(before.find('\n', text), end);
        if (text < line_end) lines_[index_of_line(file_, static_cast<std::uint32_t>(at + text - from))].merge(known_.of({.file = old, .offset = static_cast<std::uint32_t>(text)}));
        at += line_end - from;
        from = line_end;
      }
    };
    for (const auto& edit : edits.edits()) {
      take(edit.span.begin);
      from = edit.span.end;
      at += edit.text.size();
    }
    take(before.size());
  }

  void write(const Document& document, NodeId node, const Value& value, SourcePoint inherited) {
    const auto here = value.origin.value_or(inherited);
    if (const auto* map = std::get_if<Value::Map>(&value.content)) {
      for (const auto& entry : document.entries(node))
        if (const auto found = std::ranges::find(*map, document[entry.key].value, &Value::Map::value_type::first); found != map->end()) write(document, entry, found->second, here);
    } else if (const auto* sequence = std::get_if<Value::Sequence>(&value.content)) {
      const auto items = document.children(node);
      for (std::size_t i = 0; i < std::min(items.size(), sequence->size()); ++i) write(document, items[i], (*sequence)[i], here);
    } else {
      mark(document, node, here);
    }
  }

  void write(const Document& document, const Entry& entry, const Value& value, SourcePoint inherited) {
    mark(document, entry.key, value.origin.value_or(inherited));
    write(document, entry.value, value, inherited);
  }

  /// Lines without text of their own, as `---`, belong to what follows.
  std::vector<Points> take() {
    for (auto i = lines_.size(); i-- > 1;)
      if (lines_[i - 1].empty()) lines_[i - 1] = lines_[i];
    for (std::size_t i = 1; i < lines_.size(); ++i)
      if (lines_[i].empty()) lines_[i] = lines_[i - 1];
    return std::move(lines_);
  }

 private:
  void mark(const Document& document, NodeId node, SourcePoint origin) { lines_[index_of_line(file_, document[node].span.begin)].merge(known_.of(origin)); }

  const Store& store_;
  const LineOrigins& known_;
  const SourceFile& file_;
  std::vector<Points> lines_;
};

/// An old document and the new one side by side, down to where they part.
class Follower {
 public:
  Follower(const Document& old, const Document& now, std::span<const Change> changes, Version& version) : old_(old), now_(now), version_(version) {
    for (const auto& change : changes) {
      for (auto node = place_of(change); node != kNoNode; node = old_[node].parent) touched_.insert(node);
      if (const auto* replace = std::get_if<ReplaceValue>(&change)) replaced_[replace->node] = &replace->value;
      if (const auto* entry = std::get_if<RemoveEntry>(&change)) removed_.insert(entry->key);
      if (const auto* item = std::get_if<RemoveItem>(&change)) removed_.insert(item->item);
      if (const auto* item = std::get_if<RemoveResource>(&change)) removed_.insert(item->resource);
      if (const auto* entry = std::get_if<InsertEntry>(&change)) entries_[entry->map].push_back(entry);
      if (const auto* item = std::get_if<InsertItem>(&change)) items_[{item->sequence, item->after}].push_back(&item->value);
      if (const auto* append = std::get_if<AppendResource>(&change); append != nullptr && append->resource != kNoNode && old_[append->resource].parent != kNoNode)
        items_[{old_[append->resource].parent, append->resource}].push_back(&append->value);
    }
  }

  void follow(NodeId was, NodeId is) {
    if (!touched_.contains(was)) return;
    if (const auto found = replaced_.find(was); found != replaced_.end()) return version_.write(now_, is, *found->second, *found->second->origin);
    const auto entries = now_.entries(is);
    const auto named = [&](std::string_view key) { return std::ranges::find(entries, key, [&](const Entry& entry) -> std::string_view { return now_[entry.key].value; }); };
    for (const auto& entry : old_.entries(was))
      if (const auto found = named(old_[entry.key].value); found != entries.end() && !removed_.contains(entry.key)) follow(entry.value, found->value);
    for (const auto* added : entries_[was])
      if (const auto found = named(added->key); found != entries.end()) version_.write(now_, *found, added->value, *added->value.origin);
    if (old_[old_.resolve(was)].kind != NodeKind::Map) follow_items(was, is);
  }

 private:
  /// Items that stayed and new ones, in order.
  void follow_items(NodeId was, NodeId is) {
    std::vector<std::pair<NodeId, const Value*>> wanted;
    const auto add_behind = [&](NodeId item) {
      for (const auto* value : items_[{was, item}]) wanted.emplace_back(kNoNode, value);
    };
    for (const auto item : old_.children(was)) {
      if (!removed_.contains(item)) wanted.emplace_back(item, nullptr);
      add_behind(item);
    }
    add_behind(kNoNode);
    const auto items = now_.children(is);
    if (items.size() != wanted.size()) return;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto& [item, value] = wanted[i];
      value == nullptr ? follow(item, items[i]) : version_.write(now_, items[i], *value, *value->origin);
    }
  }

  const Document& old_;
  const Document& now_;
  Version& version_;
  std::set<NodeId> touched_;
  std::set<NodeId> removed_;
  std::map<NodeId, const Value*> replaced_;
  std::map<NodeId, std::vector<const InsertEntry*>> entries_;
  std::map<std::pair<NodeId, NodeId>, std::vector<const Value*>> items_;  ///< by sequence and the item in front
};

}  // namespace

void LineOrigins::add(const MadeVersion& made) {
  Version version(store_, *this, made.now);
  if (made.old) version.keep(*made.old, made.edits);
  for (const auto& [now, old, changes, value] : made.documents) {
    const auto& document = store_[now];
    if (value != nullptr) version.write(document, document.root, *value, *value->origin);
    if (old && store_[*old].root != kNoNode) Follower(store_[*old], document, changes, version).follow(store_[*old].root, document.root);
  }
  made_[made.now] = version.take();
}

LineOrigins::Points LineOrigins::of(SourcePoint point) const {
  const auto& file = store_.sources[point.file];
  const auto line = index_of_line(file, point.offset);
  const auto made = made_.find(point.file);
  return made == made_.end() ? Points{{.file = point.file, .offset = file.line_starts[line]}} : made->second[line];
}

std::vector<LineOrigins::Points> LineOrigins::lines_of(FileId file) const {
  const auto made = made_.find(file);
  return made == made_.end() ? std::vector<Points>() : made->second;
}

}  // namespace s2a
