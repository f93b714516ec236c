// A document taken out of its file, and what is left of a file then.
#include "backend/edit/lines.h"
#include "backend/edit/rewrite.h"
#include "backend/edit/verbs.h"

#include <algorithm>
#include <set>

namespace s2a {
namespace {

/// Whether the line is a marker, `---` or `...`, with at most a comment behind it.
bool bare_marker(std::string_view text, std::uint32_t line, std::string_view marker) {
  if (text.substr(line, marker.size()) != marker) return false;
  const auto rest = line + static_cast<std::uint32_t>(marker.size());
  return lines::blank(text, rest, lines::end(text, line)) || lines::comment(text, rest);
}

/// The line of the `---` in front of the document; empty where there is none.
Span marker_of(const Site& site) {
  const auto begin = site.document.span.begin;
  auto line = lines::begin(site.text, begin);
  if (line == begin && line > 0) line = lines::begin(site.text, line - 1);
  const bool found = line + 3 <= begin && site.text.substr(line, 3) == "---";
  return found ? Span{.begin = line, .end = std::min(lines::next(site.text, line), begin)} : Span{.begin = begin, .end = begin};
}

/// The first of the comment lines directly above the resource, or its own line.
std::uint32_t lead_of(const Site& site) {
  auto top = lines::begin(site.text, outer_span(site.document, site.document.root).begin);
  while (top > site.document.span.begin) {
    const auto above = lines::begin(site.text, top - 1);
    if (!lines::comment(site.text, above)) break;
    top = above;
  }
  return std::max(top, site.document.span.begin);
}

/// Whether there are comments, markers and directives at most.
bool says_nothing(std::string_view text) {
  for (auto line = lines::begin(text, 0); line < text.size(); line = lines::next(text, line)) {
    const bool directive = text[line] == '%';
    const bool blank = lines::blank(text, line, lines::end(text, line)) || lines::comment(text, line);
    if (!directive && !blank && !bare_marker(text, line, "---") && !bare_marker(text, line, "...")) return false;
  }
  return true;
}

}  // namespace

bool removes_document(std::span<const Change> changes, const Document& document) {
  std::set<NodeId> gone;
  for (const auto& change : changes)
    if (const auto* remove = std::get_if<RemoveResource>(&change)) gone.insert(remove->resource);
  if (gone.empty() || gone.contains(document.root)) return !gone.empty();
  const auto list = document[*gone.begin()].parent;
  const auto goes = [&](NodeId item) { return gone.contains(item); };
  return gone.size() == changes.size() && document[list].parent == document.root && std::ranges::all_of(document.children(list), goes);
}

Edits remove_edits(const Site& site) {
  const auto& span = site.document.span;
  const auto marker = marker_of(site);
  const auto lead = lead_of(site);
  const bool heads_file = site.document.ordinal == 0 && !lines::blank(site.text, span.begin, lead);  // what stands apart from the first resource is about the file
  if (heads_file) return {{.span = marker, .text = {}}, {.span = {.begin = lead, .end = span.end}, .text = {}}};
  return {{.span = {.begin = marker.begin, .end = span.end}, .text = {}}};
}

EditSet tidied(const EditSet& edits, std::string_view text) {
  const auto left = edits.apply(text);
  EditSet more;
  const auto first = lines::begin(left, 0);
  if (says_nothing(left))
    (void)more.add({.span = {.begin = 0, .end = static_cast<std::uint32_t>(left.size())}, .text = {}});
  else if (bare_marker(left, first, "---") && !bare_marker(text, lines::begin(text, 0), "---"))
    (void)more.add({.span = {.begin = first, .end = lines::next(left, first)}, .text = {}});
  return compose(edits, more);
}

}  // namespace s2a
