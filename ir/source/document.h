// One YAML or JSON document as a flat arena of nodes with exact byte spans; the text itself stays in the SourceFile.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/source/span.h"

namespace s2a {

enum class NodeKind : std::uint8_t { Null, Scalar, Sequence, Map, Alias };
enum class NodeStyle : std::uint8_t { Plain, SingleQuoted, DoubleQuoted, Literal, Folded, Block, Flow };

struct Node {
  NodeKind kind = NodeKind::Null;
  NodeStyle style = NodeStyle::Plain;
  Span span;      ///< the value's own bytes; empty for a null that is not written
  Span property;  ///< `&anchor` and `!tag` in front of it; empty where there are none
  NodeId parent = kNoNode;
  NodeId target = kNoNode;       ///< what an alias stands for
  std::uint32_t first_link = 0;  ///< children: a range of Document::links; for a map key, value, key, value ...
  std::uint32_t link_count = 0;
  std::string value;      ///< a scalar's text, escapes resolved; an anchor-less alias's name
  bool anchored = false;  ///< carries an anchor: an edit below it changes every alias of it
};

/// A key and its value in a map, in the order written.
struct Entry {
  NodeId key = kNoNode;
  NodeId value = kNoNode;
};

struct Document {
  FileId file{};
  std::uint32_t ordinal = 0;  ///< 0-based among the documents of its file
  Span span;                  ///< from behind the `---` line (or the start of the file) to the next `---`, `...` or the end
  std::vector<Node> nodes;
  std::vector<NodeId> links;
  NodeId root = kNoNode;     ///< kNoNode: an empty document, one of comments only, or one that could not be read (then it is locked)
  bool unread = false;       ///< the text is not YAML, or no text: what it says is not known
  bool is_template = false;  ///< what it says is not known before it is rendered; then it is locked
  std::string locked;        ///< why its text must not be edited, as `a map has the same key twice`; empty where it may be

  [[nodiscard]] const Node& operator[](NodeId id) const { return nodes[static_cast<std::uint32_t>(id)]; }
  /// The node itself, or what it is an alias of.
  [[nodiscard]] NodeId resolve(NodeId id) const;
  /// The children as written; for a map key and value in turn. Aliases are resolved first.
  [[nodiscard]] std::span<const NodeId> children(NodeId id) const;
  /// The entries of a map as written (`<<` entries included as they stand); empty for anything else.
  [[nodiscard]] std::vector<Entry> entries(NodeId map) const;
  /// The entries that a map has with its `<<` merges, which are left out themselves: its own first, then those merged in that no stronger map has.
  [[nodiscard]] std::vector<Entry> merged_entries(NodeId map) const;
  /// The entry of that key, `<<` merges followed (own keys win, earlier merges win over later ones); nothing where there is none.
  [[nodiscard]] std::optional<Entry> find(NodeId map, std::string_view key) const;
  /// The value under a path of keys, kNoNode where a step is missing.
  [[nodiscard]] NodeId at(NodeId map, std::initializer_list<std::string_view> path) const;
  /// Whether the node stands in text that an anchor, an alias or a merge shares with another place: an edit there changes both.
  [[nodiscard]] bool shared(NodeId id) const;
  /// Like `spec.rules[0].to[1].operation.methods`, for people.
  [[nodiscard]] std::string path_of(NodeId id) const;
};

}  // namespace s2a
