// Istio's rules for `paths` with `{*}` and `{**}`. authorization.md 2.4, 2.11
#pragma once

#include <string_view>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

/// Nothing to say where the admission webhook takes the path: `{*}` and `{**}` are whole segments, `{**}` is the last of them, other braces do not occur,
/// and beside an operator every segment is of letters, digits and -._~%!$&'()+,;:@=. Leading and trailing slashes do not count.
[[nodiscard]] Parsed<void> check_path(std::string_view text);

}  // namespace s2a
