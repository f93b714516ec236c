// Comments that move: which of them an edit takes from their places, and how they stand above a resource.
#include <algorithm>

#include <fmt/format.h>

#include "backend/edit/lines.h"
#include "backend/edit/rewrite.h"

namespace s2a {
namespace {

/// Calls `visit` for every list of comments of a value.
template <class AnyValue, class Visit>
void visit_comments(AnyValue& value, const Visit& visit) {
  visit(value.comments);
  if (auto* items = std::get_if<Value::Sequence>(&value.content))
    for (auto& item : *items) visit_comments(item, visit);
  if (auto* entries = std::get_if<Value::Map>(&value.content))
    for (auto& entry : *entries) visit_comments(entry.second, visit);
}

template <class AnyChange, class Visit>
void visit_comments_of(AnyChange& change, const Visit& visit) {
  std::visit(
      [&](auto& c) {
        if constexpr (requires { c.value; }) visit_comments(c.value, visit);
        if constexpr (requires { c.comments; }) visit(c.comments);
      },
      change);
}

}  // namespace

bool brings_comments(const Change& change) {
  bool out = false;
  visit_comments_of(change, [&](const std::vector<Comment>& comments) { out = out || !comments.empty(); });
  return out;
}

std::vector<Change> with_lost_comments(std::span<const Change> changes, const EditSet& edits) {
  const auto stays = [&](const Comment& comment) {
    const auto takes = [&](const Edit& edit) { return edit.span.begin <= comment.from.offset && comment.from.offset < edit.span.end; };
    return !comment.copied && std::ranges::none_of(edits.edits(), takes);
  };
  std::vector<Change> out(changes.begin(), changes.end());
  for (auto& change : out) visit_comments_of(change, [&](std::vector<Comment>& comments) { std::erase_if(comments, stays); });
  return out;
}

Edits comment_edits(const Site& site, const CommentResource& change, const Edits& others) {
  const auto resource = outer_span(site.document, change.resource).begin;
  const auto line = lines::begin(site.text, resource);
  const auto in_front = site.text.substr(line, resource - line);
  if (in_front.find_first_not_of(" -") != std::string_view::npos) return {};
  std::string text;
  for (const auto& comment : change.comments) text += fmt::format("{}{}{}", lines::indentation(site.text, line), comment.text, site.eol);
  const auto around = std::ranges::find_if(others, [&](const Edit& edit) { return edit.span.begin < line && line < edit.span.end; });
  const auto at = around == others.end() ? line : around->span.begin;
  return {{.span = {.begin = at, .end = at}, .text = std::move(text)}};
}

}  // namespace s2a
