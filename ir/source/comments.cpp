// Comments are found in the gaps between scalars.
#include "ir/source/comments.h"

#include <algorithm>
#include <string_view>

namespace s2a {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::uint32_t offset(std::size_t at) { return static_cast<std::uint32_t>(at); }

/// Behind the line's last byte in front of its line end.
std::uint32_t line_end(std::string_view text, std::uint32_t at) {
  const auto feed = std::min(text.find('\n', at), text.size());
  return offset(feed > at && text[feed - 1] == '\r' ? feed - 1 : feed);
}

std::uint32_t line_begin(std::string_view text, std::uint32_t at) { return at == 0 ? 0 : offset(text.rfind('\n', at - 1) + 1); }

/// The next byte of an item: behind blanks, comments, and the comma of a flow sequence.
std::uint32_t next_content(std::string_view text, std::uint32_t at) {
  while (at < text.size() && (is_blank(text[at]) || text[at] == ',' || text[at] == '#')) at = text[at] == '#' ? line_end(text, at) : at + 1;
  return at;
}

/// The scalars and aliases that stand in a part of the text, by place.
std::vector<Span> scalars_in(const Document& document, Span part) {
  std::vector<Span> out;
  for (const auto& node : document.nodes) {
    const bool scalar = node.kind == NodeKind::Scalar || node.kind == NodeKind::Alias;
    if (scalar && !node.span.empty() && node.span.begin < part.end && part.begin < node.span.end) out.push_back(node.span);
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace

std::vector<Comment> comments_in(const SourceFile& file, const Document& document, Span part) {
  const std::string_view text = file.text;
  std::vector<Comment> out;
  auto at = part.begin;
  const auto scan_to = [&](std::uint32_t end) {
    for (auto mark = text.find('#', at); mark < end; mark = text.find('#', at)) {
      const bool comment = mark == 0 || is_blank(text[mark - 1]);
      const auto stop = comment ? line_end(text, offset(mark)) : offset(mark + 1);
      if (comment) out.push_back({.from = {.file = file.id, .offset = offset(mark)}, .text = std::string(text.substr(mark, stop - mark))});
      at = stop;
    }
  };
  for (const auto& scalar : scalars_in(document, part)) {
    scan_to(scalar.begin);
    at = std::max(at, scalar.end);
  }
  scan_to(part.end);
  return out;
}

NodeId item_about(const SourceFile& file, const Document& document, NodeId sequence, const Comment& comment) {
  const std::string_view text = file.text;
  const auto items = document.children(sequence);
  const auto at = comment.from.offset;
  if (items.empty()) return kNoNode;
  auto begin = document[sequence].span.begin;  // of an item, its dash included
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (at < begin) return items[i];
    const auto end = document[items[i]].span.end;
    const auto next = next_content(text, end);
    const bool own_line = next_content(text, line_begin(text, at)) > at;
    const bool below = own_line && at - line_begin(text, at) <= begin - line_begin(text, begin);
    if (at < end || (at < next && !below)) return items[i];
    if (at < next && i + 1 == items.size()) return kNoNode;
    begin = next;
  }
  return kNoNode;
}

}  // namespace s2a
