// A port as AuthorizationPolicy writes it. authorization.md 2.11
#pragma once

#include <cstdint>
#include <string_view>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

/// A decimal from 0 to 65535, leading zeros allowed: what the admission webhook takes. No port is 0, but `"0"` is admitted.
[[nodiscard]] Parsed<std::uint16_t> parse_port(std::string_view text);

}  // namespace s2a
