// Regular expressions as Envoy's engine RE2 reads them.
#pragma once

#include <optional>
#include <string_view>

#include "frontend/grammar/grammar_error.h"
#include "ir/pattern/regex.h"

namespace s2a {

/// What RE2 refuses is refused; the offset is that of the part that RE2 complains of.
[[nodiscard]] Parsed<Regex> parse_regex(std::string_view text);
/// The same; nothing for what is refused.
[[nodiscard]] std::optional<Regex> regex_of(std::string_view text);

/// The same where only the verdict counts.
[[nodiscard]] Parsed<void> check_regex(std::string_view text);

}  // namespace s2a
