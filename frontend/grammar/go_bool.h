// Booleans as Go's strconv.ParseBool reads them: annotations such as istio.io/dry-run. authorization.md 2.6
#pragma once

#include <string_view>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

/// 1 t T TRUE true True, 0 f F FALSE false False; anything else is an error.
[[nodiscard]] Parsed<bool> parse_bool_go(std::string_view text);

}  // namespace s2a
