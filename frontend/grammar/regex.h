// Whether a regular expression is one for Envoy.
#pragma once

#include <string_view>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

/// Asks RE2 itself; the offset is that of the part that RE2 complains of.
[[nodiscard]] Parsed<void> check_regex(std::string_view text);

}  // namespace s2a
