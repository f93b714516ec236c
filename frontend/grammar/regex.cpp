// RE2's verdict, with the place that it names.
#include "frontend/grammar/regex.h"

#include <re2/re2.h>

namespace s2a {

Parsed<void> check_regex(std::string_view text) {
  const re2::RE2 compiled(re2::StringPiece(text.data(), text.size()), re2::RE2::Quiet);
  if (compiled.ok()) return {};
  const auto at = text.find(compiled.error_arg());
  return grammar_error(at == std::string_view::npos ? 0 : at, "not a regular expression of RE2: " + compiled.error(), "Envoy uses RE2: no look-around, no back-references");
}

}  // namespace s2a
