// Texts in regular expressions.
#pragma once

#include <string>
#include <string_view>

namespace s2a {

/// What RE2 does not read as it stands; with a backslash before it, it does.
inline constexpr std::string_view kRegexSpecial = R"(\.+*?()|[]{}^$)";

/// The expression that matches this text alone. routing.md 3.3
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace s2a
