// A new document behind one that stands, and behind the comments that follow that one.
#include <fmt/format.h>

#include "backend/edit/lines.h"
#include "backend/edit/rewrite.h"

namespace s2a {

Edits append_edits(const Site& site, const Value& value) {
  const auto content_end = outer_span(site.document, site.document.root).end;
  auto at = lines::next(site.text, content_end);
  for (auto line = at; line < site.document.span.end; line = lines::next(site.text, line)) {
    if (lines::comment(site.text, line)) at = lines::next(site.text, line);
  }
  const auto style = block_style(site, content_end);
  return {{.span = {.begin = at, .end = at}, .text = fmt::format("---{}{}", site.eol, to_yaml(value, style))}};
}

}  // namespace s2a
