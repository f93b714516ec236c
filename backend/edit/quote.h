// How a string is written as a YAML or JSON scalar so that every reader reads the same string.
#pragma once

#include <string>
#include <string_view>

#include "ir/source/document.h"

namespace s2a {

/// Whether the text without quotes is that string in YAML 1.1 and 1.2, in block and in flow style, as key and as value (style.md 4.3; on the safe side).
[[nodiscard]] bool plain_is_safe(std::string_view text);

/// In double quotes, on one line, with escapes that JSON and YAML share.
[[nodiscard]] std::string double_quoted(std::string_view text);

/// Plain if that is safe and `like` is no quoted style; in single quotes if `like` is and the text allows it; else in double quotes.
[[nodiscard]] std::string scalar_text(std::string_view text, NodeStyle like);

}  // namespace s2a
