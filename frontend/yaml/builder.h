// Events with start positions -> the node arena of a Document with exact spans.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/yaml/syntax_error.h"
#include "frontend/yaml/text.h"
#include "ir/source/document.h"

namespace s2a::yaml {

inline constexpr std::size_t kMaxDepth = 100;
inline constexpr std::size_t kMaxAliased = 1'000'000;  ///< nodes that aliases may add to those written

/// What stands at an event's position.
struct Mark {
  Offset at = 0;
  std::size_t anchor = 0;  ///< number of its `&anchor` in the document, from 1; 0 where it has none
  bool tagged = false;     ///< it may have a `!tag`
};

/// Fed with the events of one document in order. An event that returns a Wording is refused: feed no more.
class Builder {
 public:
  /// `text` ends where the document ends.
  Builder(std::string_view text, Document& document) : text_(text), document_(document) {}

  void null(Mark mark);
  void scalar(Mark mark, const std::string& value);
  [[nodiscard]] std::optional<Wording> alias(Mark mark);
  [[nodiscard]] std::optional<Wording> open(NodeKind kind, NodeStyle style, Mark mark);
  void close();
  /// The first place where the text is not what the events told, such as a quote that yaml-cpp closes by itself at the end of the text.
  [[nodiscard]] const std::optional<Refused>& misread() const { return misread_; }

 private:
  struct Frame {
    NodeId node{};
    std::size_t first_child = 0;  ///< in children_
    Offset end = 0;               ///< of what was read of it so far
    int column = -1;              ///< of a block collection
    std::size_t anchor = 0;
    std::size_t aliased_before = 0;
  };
  struct Anchor {
    NodeId node = kNoNode;
    std::size_t size = 0;  ///< nodes, aliases expanded; 0 while it is still open
  };

  NodeId add(const Node& node, std::size_t anchor, std::size_t size);
  void settle(Offset end);
  [[nodiscard]] Span properties(Mark mark) const;
  [[nodiscard]] bool in_flow() const;
  [[nodiscard]] bool expects_key() const;
  [[nodiscard]] bool stands_alone(Offset end) const;
  [[nodiscard]] Offset gap(Offset mark);
  void note_misread(const Wording& wording, Offset at);
  [[nodiscard]] Offset checked(std::optional<Offset> end, Offset begin, const Wording& otherwise);

  std::string_view text_;
  Document& document_;
  std::vector<Frame> frames_;
  std::vector<NodeId> children_;  ///< of all open collections
  std::vector<Anchor> anchors_;
  std::size_t aliased_ = 0;
  std::optional<Refused> misread_;
};

}  // namespace s2a::yaml
