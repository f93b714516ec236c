// How two sets of values lie to each other, decided over all values of a domain.
#pragma once

#include <optional>

#include "ir/pattern/pattern.h"

namespace s2a {

/// Whether every value of the first is in the second; nothing where there are too many combinations to explore and no value was found that is not.
[[nodiscard]] std::optional<bool> within(const Set& inner, const Set& outer, const Pattern& domain = Present{});
[[nodiscard]] std::optional<bool> within(const Pattern& inner, const Pattern& outer, const Pattern& domain = Present{});

/// Whether no value is in both; nothing likewise.
[[nodiscard]] std::optional<bool> disjoint(const Set& a, const Set& b, const Pattern& domain = Present{});
[[nodiscard]] std::optional<bool> disjoint(const Pattern& a, const Pattern& b, const Pattern& domain = Present{});

}  // namespace s2a
