// Sets of texts as matches can say them: which lies in which, what two have in common, and their regular expressions. routing.md 2.3, 3
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ir/mesh/virtual_service.h"
#include "ir/pattern/pattern.h"

namespace s2a {

/// What a PathPrefix takes: the path itself and everything below it. routing.md 3.1
[[nodiscard]] Pattern segment_prefix(const std::string& path);
/// The path of a segment_prefix(); nothing for any other pattern.
[[nodiscard]] std::optional<std::string> segment_of(const Pattern& pattern);
/// Every path that reaches a route: Envoy answers all others. routing.md 3.1
[[nodiscard]] const Pattern& all_paths();

/// A path whose regular expression is a text, a prefix or a segment prefix in disguise, as that; `/` and every path as Present. routing.md 3.1
[[nodiscard]] Pattern plain_path(const Pattern& path);

/// Whether it is proven that every text of the first, among those of the domain, is in the second; that no text is in both.
[[nodiscard]] bool surely_within(const Pattern& inner, const Pattern& outer, const Pattern& domain = Present{});
[[nodiscard]] bool surely_disjoint(const Pattern& a, const Pattern& b, const Pattern& domain = Present{});

/// As RE2 reads a text literally. routing.md 3.3
[[nodiscard]] std::string quoted(std::string_view text);
/// A regular expression that matches a whole text where the pattern does; Present is `any`.
[[nodiscard]] std::string regex_of(const Pattern& pattern, std::string_view any);

}  // namespace s2a
