// Sets of texts as matches can say them, and their regular expressions. routing.md 3
#pragma once

#include <string>
#include <string_view>

#include "ir/mesh/virtual_service.h"
#include "ir/pattern/pattern.h"

namespace s2a {

/// Of a path in a route, matched or written. routing.md 1.6
inline constexpr std::size_t kLongestPath = 1024;

/// The one text that the pattern takes; nullptr for what may take others.
[[nodiscard]] const std::string* one_text(const Pattern& pattern);

/// What a PathPrefix takes: the path itself and everything below it. routing.md 3.1
[[nodiscard]] Pattern segment_prefix(const std::string& path);
/// What a string prefix takes beside that: `/foobar`.
[[nodiscard]] Pattern beside_segment(const std::string& path);
/// The path of a segment_prefix(), of a beside_segment(); nullptr for any other pattern.
[[nodiscard]] const std::string* segment_of(const Pattern& pattern);
[[nodiscard]] const std::string* beside_segment_of(const Pattern& pattern);
/// Every path that reaches a route: Envoy answers all others. routing.md 3.1
[[nodiscard]] const Pattern& all_paths();

/// A path whose regular expression is a text, a prefix or a segment prefix in disguise, as that; `/` and every path as Present. routing.md 3.1
[[nodiscard]] Pattern plain_path(const Pattern& path);

/// A text that everything which the regular expression matches begins with; it may be longer.
[[nodiscard]] std::string literal_head(std::string_view regex);
/// A backslash would begin a reference in what RE2 puts in. routing.md 3.2
[[nodiscard]] std::string escaped(std::string_view text);
/// A regular expression that matches a whole text where the pattern does; Present is `any`.
[[nodiscard]] std::string regex_of(const Pattern& pattern, std::string_view any);

}  // namespace s2a
