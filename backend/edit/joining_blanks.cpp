// A `|` or `>` scalar takes in blank lines that come to follow it: all of them with `+` in its header, those that hold blanks in any case.
#include <algorithm>
#include <iterator>

#include "backend/edit/lines.h"
#include "backend/edit/rewrite.h"

namespace s2a {
namespace {

/// The blank lines that join the scalar: those behind removals below it.
Edits joining(const Site& site, const Node& scalar, const Edits& edits) {
  const bool keeps = site.text.substr(scalar.span.begin, 3).find('+') != std::string_view::npos;
  Edits out;
  bool removed = false;
  for (auto line = lines::next(site.text, scalar.span.end); line < site.text.size();) {
    const auto begins_here = [&](const Edit& edit) { return edit.span.begin == line; };
    if (std::ranges::any_of(edits, [&](const Edit& edit) { return begins_here(edit) && !edit.text.empty(); })) break;
    if (const auto removal = std::ranges::find_if(edits, begins_here); removal != edits.end()) {
      line = removal->span.end;
      removed = true;
      continue;
    }
    const Span blank{.begin = line, .end = lines::end(site.text, line)};
    if (!lines::blank(site.text, blank.begin, blank.end)) break;
    line = lines::next(site.text, line);
    if (removed && (keeps || !blank.empty())) out.push_back({.span = {.begin = blank.begin, .end = line}, .text = {}});
  }
  return out;
}

}  // namespace

Edits joining_blanks(const Site& site, const Edits& edits) {
  Edits out;
  for (const auto& node : site.document.nodes) {
    if (node.style != NodeStyle::Literal && node.style != NodeStyle::Folded) continue;
    std::ranges::move(joining(site, node, edits), std::back_inserter(out));
  }
  return out;
}

}  // namespace s2a
