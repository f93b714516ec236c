// One document and its text as edits see them: where entries stand, how the place is laid out. Shared by the files of the room.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "backend/edit/emit.h"
#include "ir/source/document.h"
#include "ir/source/source_file.h"
#include "ir/value.h"

namespace s2a {

struct Site {
  const Document& document;
  std::string_view text;
  std::string_view eol;
  bool json = false;     ///< the file is JSON: every string in double quotes, no block style
  bool compact = false;  ///< JSON without blanks

  Site(const SourceFile& file, const Document& source_document);
};

/// Something to put behind an entry or an item; the key is empty for an item.
struct Addition {
  std::string_view key;
  const Value* value = nullptr;
};

/// An entry or an item of a collection as it stands, and what becomes of it.
struct Slot {
  Span span;  ///< from the key or the `-` to the end of the value
  bool removed = false;
  std::vector<Addition> additions;

  /// Whether something stands there afterwards.
  [[nodiscard]] bool occupied() const { return !removed || !additions.empty(); }
};

/// A map or a sequence that holds something.
struct Collection {
  NodeId node = kNoNode;
  std::vector<Slot> slots;
};

/// The node's bytes, its anchor and tag included.
[[nodiscard]] Span outer_span(const Document& document, NodeId node);
/// The children of a collection as slots; nothing where the layout is not one that can be edited: `? ` keys, keys without `:`, a tab behind a `-`.
[[nodiscard]] std::optional<Collection> collection(const Site& site, NodeId node);
/// Behind the `:` or `-` in front of a value; where the root begins.
[[nodiscard]] std::uint32_t value_point(const Site& site, NodeId node);
/// Whether the node is a flow map without braces, `[a: b]`.
[[nodiscard]] bool bare_pair(const Site& site, NodeId node);
/// The first of the comment lines directly above a slot, or its own line; the slot itself where it does not begin its line.
[[nodiscard]] std::uint32_t lead(const Site& site, const Collection& collection, std::size_t slot);
/// Behind the last line of a slot of a block collection and of the comments that are indented deeper and so belong to it.
[[nodiscard]] std::uint32_t tail(const Site& site, const Slot& slot);

/// How the block text nearest to an offset is indented.
[[nodiscard]] BlockStyle block_style(const Site& site, std::uint32_t near);
/// How the entries of a flow collection are laid out.
[[nodiscard]] FlowStyle flow_style(const Site& site, NodeId collection);
/// The quotes of the scalar item nearest to the sequence's end, or Plain.
[[nodiscard]] NodeStyle item_quotes(const Site& site, NodeId sequence);

}  // namespace s2a
