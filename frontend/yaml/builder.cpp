// Each node's end is settled when its event arrives, a collection's when it closes. The rules are those of style.md 4.2.
#include "frontend/yaml/builder.h"

#include <algorithm>

namespace s2a::yaml {
namespace {

Offset outer_begin(const Node& node) { return node.property.empty() ? node.span.begin : node.property.begin; }

NodeStyle style_of_scalar(char first) {
  if (first == '"') return NodeStyle::DoubleQuoted;
  if (first == '\'') return NodeStyle::SingleQuoted;
  if (first == '|') return NodeStyle::Literal;
  if (first == '>') return NodeStyle::Folded;
  return NodeStyle::Plain;
}

int column_of(std::string_view text, Offset at) {
  const auto line = text.substr(0, at).rfind('\n') + 1;  // npos + 1 == 0
  const auto bom = std::size_t{line == 0 && text.starts_with("\xEF\xBB\xBF") ? 3U : 0U};
  return static_cast<int>(at - line - bom);
}

}  // namespace

NodeId Builder::add(const Node& node, std::size_t anchor, std::size_t size) {
  const NodeId id{static_cast<std::uint32_t>(document_.nodes.size())};
  document_.nodes.push_back(node);
  if (frames_.empty()) {
    document_.root = id;
  } else {
    document_.nodes.back().parent = frames_.back().node;
    if (outer_begin(node) < frames_.back().end) note_misread(kKeyWithoutColon, outer_begin(node));  // a null key, taken for a value first
    children_.push_back(id);
  }
  if (anchor > 0) {
    anchors_.resize(std::max(anchors_.size(), anchor + 1));
    anchors_[anchor] = {.node = id, .size = size};
  }
  return id;
}

/// The last child of the innermost collection ends there.
void Builder::settle(Offset end) {
  if (!frames_.empty()) frames_.back().end = end;
}

/// The anchor and the tag of a node, in either order. One more of them belongs to its first key: `&map\n  &key a: 1`.
Span Builder::properties(Mark mark) const {
  bool anchor = mark.anchor > 0;
  bool tag = mark.tagged;
  Span out{.begin = mark.at, .end = mark.at};
  for (Offset at = mark.at; at < text_.size(); at = skip_trivia(text_, out.end)) {
    bool& expected = text_[at] == '&' ? anchor : tag;
    if (!expected || (text_[at] != '&' && text_[at] != '!')) break;
    expected = false;
    out.end = property_end(text_, at);
  }
  return out;
}

bool Builder::in_flow() const { return !frames_.empty() && document_[frames_.back().node].style == NodeStyle::Flow; }

bool Builder::expects_key() const { return !frames_.empty() && document_[frames_.back().node].kind == NodeKind::Map && (children_.size() - frames_.back().first_child) % 2 == 0; }

/// Whether a scalar that ends there can be what the event speaks of, and not the next key, to which the mark of an unwritten value points.
bool Builder::stands_alone(Offset end) const { return in_flow() || expects_key() || line_ends(text_, end); }

/// Where a node that is not written would stand: right behind its key's `:` or its item's `-`.
Offset Builder::gap(Offset mark) {
  if (frames_.empty() || expects_key()) return mark;
  const Frame& frame = frames_.back();
  const bool in_map = document_[frame.node].kind == NodeKind::Map;
  if (!in_map && in_flow()) return mark;
  const Offset indicator = skip_trivia(text_, frame.end);
  const bool own_line = text_.substr(frame.end, indicator - frame.end).find('\n') != std::string_view::npos;
  const bool in_place = in_flow() || (is_blank_or_end(text_, indicator + 1) && (!own_line || column_of(text_, indicator) == frame.column));
  if (in_place && text_.substr(indicator, 1) == (in_map ? ":" : "-")) return indicator + 1;
  if (!in_map) return mark;
  if (!in_flow()) {  // a block map's key without `:` must have its `?`; yaml-cpp does not insist at the end of the text
    const Offset key = outer_begin(document_[children_.back()]);
    const auto before = text_.substr(0, key).find_last_not_of(" \t\r\n");
    if (before == std::string_view::npos || text_[before] != '?') note_misread(kKeyWithoutColon, key);
  }
  return frame.end;
}

void Builder::note_misread(const Wording& wording, Offset at) {
  if (!misread_) misread_ = {.wording = wording, .at = at};
}

Offset Builder::checked(std::optional<Offset> end, Offset begin, const Wording& otherwise) {
  if (!end) note_misread(otherwise, begin);
  return end.value_or(begin);
}

void Builder::null(Mark mark) {
  Node node{.kind = NodeKind::Null, .property = properties(mark), .anchored = mark.anchor > 0};
  const bool has_property = !node.property.empty();
  const Offset begin = has_property ? skip_trivia(text_, node.property.end) : mark.at;
  const Offset end = null_end(text_, begin);
  const bool is_next = frames_.empty() || begin >= frames_.back().end;  // the mark of a value without `:` is that of its key
  if (end > begin && is_next && stands_alone(end)) {
    node.span = {.begin = begin, .end = end};
  } else {
    const Offset at = has_property ? node.property.end : gap(mark.at);
    node.span = {.begin = at, .end = at};
    if (frames_.empty() && !has_property) return;  // an empty document has no root
  }
  add(node, mark.anchor, 1);
  settle(node.span.end);
}

void Builder::scalar(Mark mark, const std::string& value) {
  Node node{.kind = NodeKind::Scalar, .property = properties(mark), .value = value, .anchored = mark.anchor > 0};
  const bool has_property = !node.property.empty();
  const Offset begin = has_property ? skip_trivia(text_, node.property.end) : mark.at;
  node.style = begin < text_.size() ? style_of_scalar(text_[begin]) : NodeStyle::Plain;
  Offset end = begin;
  switch (node.style) {
    case NodeStyle::Plain: end = checked(plain_end(text_, begin, value), begin, kMisread); break;
    case NodeStyle::SingleQuoted:
    case NodeStyle::DoubleQuoted: end = checked(quoted_end(text_, begin), begin, kUnclosedQuote); break;
    case NodeStyle::Literal:
    case NodeStyle::Folded: end = block_end(text_, begin, frames_.empty() ? -1 : frames_.back().column); break;
    case NodeStyle::Block:
    case NodeStyle::Flow: break;
  }
  node.span = {.begin = begin, .end = end};
  const bool unwritten = has_property && value.empty() && (node.style == NodeStyle::Plain || !stands_alone(end));  // `!!str` and nothing behind it
  if (unwritten) {
    node.style = NodeStyle::Plain;
    node.span = {.begin = node.property.end, .end = node.property.end};
  }
  add(node, mark.anchor, 1);
  settle(node.span.end);
}

std::optional<Wording> Builder::alias(Mark mark) {
  const Anchor& anchor = anchors_[mark.anchor];
  if (anchor.size == 0) return kEndlessAlias;
  aliased_ += anchor.size;
  if (aliased_ > kMaxAliased) return kTooManyAliases;
  Node node{.kind = NodeKind::Alias, .span = {.begin = mark.at, .end = alias_end(text_, mark.at)}, .target = anchor.node};
  node.value = text_.substr(mark.at + 1, node.span.size() - 1);
  add(node, 0, 1);
  settle(node.span.end);
  return std::nullopt;
}

std::optional<Wording> Builder::open(NodeKind kind, NodeStyle style, Mark mark) {
  if (frames_.size() >= kMaxDepth) return kTooDeep;
  Node node{.kind = kind, .style = style, .property = properties(mark), .anchored = mark.anchor > 0};
  const Offset begin = node.property.empty() ? mark.at : skip_trivia(text_, node.property.end);
  node.span = {.begin = begin, .end = begin};
  const bool in_sequence = !frames_.empty() && document_[frames_.back().node].kind == NodeKind::Sequence;
  const bool misplaced = style == NodeStyle::Flow && text_.substr(begin, 1) == ":" && !in_sequence;  // `? ` and no key: yaml-cpp sees a map as key
  if (misplaced) return kKeyMissing;
  const NodeId id = add(node, mark.anchor, 0);
  const bool block = style == NodeStyle::Block;
  frames_.push_back({.node = id, .first_child = children_.size(), .end = begin, .column = block ? column_of(text_, begin) : -1, .anchor = mark.anchor, .aliased_before = aliased_});
  return std::nullopt;
}

void Builder::close() {
  const Frame frame = frames_.back();
  frames_.pop_back();
  Node& node = document_.nodes[static_cast<std::uint32_t>(frame.node)];
  const auto first = children_.begin() + static_cast<std::ptrdiff_t>(frame.first_child);
  node.first_link = static_cast<std::uint32_t>(document_.links.size());
  node.link_count = static_cast<std::uint32_t>(children_.end() - first);
  document_.links.insert(document_.links.end(), first, children_.end());

  // `[a: b]`: a map without braces; the key of `[{a: b}: c]` starts where that map starts
  const char bracket = node.span.begin < text_.size() ? text_[node.span.begin] : '\0';
  const bool braces = node.kind == NodeKind::Sequence || (bracket == '{' && (first == children_.end() || outer_begin(document_[*first]) != node.span.begin));
  const bool closes = node.style == NodeStyle::Flow && braces;
  const Offset content_end = node.link_count == 0 ? node.span.begin + 1 : frame.end;
  node.span.end = closes ? checked(flow_end(text_, content_end, bracket == '{' ? '}' : ']'), node.span.begin, kMisread) : frame.end;
  children_.erase(first, children_.end());
  if (frame.anchor > 0) anchors_[frame.anchor].size = document_.nodes.size() - static_cast<std::size_t>(frame.node) + aliased_ - frame.aliased_before;
  settle(node.span.end);
}

}  // namespace s2a::yaml
