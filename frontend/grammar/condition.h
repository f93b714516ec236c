// The key of a condition: `source.ip`, `request.headers[x]`, `request.auth.claims[a][b]`. authorization.md 2.4
#pragma once

#include <string_view>

#include "frontend/grammar/grammar_error.h"
#include "ir/pattern/condition_key.h"

namespace s2a {

/// Case counts, as in Istio. The hint of an unknown key names the one that was probably meant.
[[nodiscard]] Parsed<ConditionKey> parse_condition_key(std::string_view text);

}  // namespace s2a
