// The webhook's check (CheckValidPathTemplate) as a grammar of segments.
#include "frontend/grammar/path_template.h"

#include "frontend/grammar/whole.h"

namespace s2a {

Parsed<void> check_path(std::string_view text) {
  const auto path = text.substr(0, text.find_last_not_of('/') + 1);  // npos + 1 == 0
  const bool has_operator = path.find("{*}") != std::string_view::npos || path.find("{**}") != std::string_view::npos;
  if (!has_operator) return check_whole(path, *(x3::char_ - x3::char_("{}")), "a path", "braces stand in `{*}` and `{**}` only");

  const auto slash = x3::lit('/');
  const auto literal = +x3::char_("a-zA-Z0-9._~%!$&'()+,;:@=-");
  const auto segment = x3::lit("{*}") | literal;
  const auto plain = x3::rule<class Plain>{"a segment without operator (`{**}` is the last one)"} = x3::omit[literal];
  const auto last = x3::rule<class Last>{"a segment, `{*}` or `{**}`"} = x3::omit[(x3::lit("{**}") >> *(slash > plain)) | segment];
  return check_whole(path, (*slash >> *(segment >> slash)) > last, "a path template",
                     "an operator is a whole segment; the others hold letters, digits and -._~%!$&'()+,;:@= but no `*`");
}

}  // namespace s2a
