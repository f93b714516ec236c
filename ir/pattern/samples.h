// Values to try: one for each combination of patterns that a value can match, so that trying them all decides what two policies do.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ir/pattern/pattern.h"

namespace s2a {

struct Partition {
  std::vector<std::string> values;  ///< no two match the same patterns, if complete
  bool complete = false;            ///< whether every value of the domain matches the same patterns as one of these
};

/// Values of the domain for each reachable combination of matching and not matching patterns, plain ones first; the same input gives the same list.
/// Where all combinations are too many to explore, those that any two patterns can make are still there (for hundreds of patterns as many as a second allows).
/// What a Regex takes can only be guessed, and bytes outside printable ASCII only occur in values that the patterns spell out: then it is not complete either.
/// Numeric patterns, or a numeric domain, give port numbers (1 to 65535) or addresses (both families), also exactly.
[[nodiscard]] Partition partition(std::span<const Pattern> patterns, const Pattern& domain = Present{});

/// The values of partition().
[[nodiscard]] std::vector<std::string> samples(std::span<const Pattern> patterns, const Pattern& domain = Present{});

/// Whether some value is in both; a Regex is only tried on what the other pattern spells.
[[nodiscard]] bool overlap(const Pattern& a, const Pattern& b);

}  // namespace s2a
