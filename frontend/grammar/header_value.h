// Header values as Envoy formats them. routing.md 1.3
#pragma once

#include <string_view>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

/// Every `%` begins a command, `%NAME%`, `%NAME(ARGUMENTS)%` or `%NAME(ARGUMENTS):LENGTH%`, or is written `%%`.
[[nodiscard]] Parsed<void> check_header_value(std::string_view text);

}  // namespace s2a
