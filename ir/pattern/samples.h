// Values to try: one for each combination of sets that a value can be in, so that trying them all decides what two policies do.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ir/pattern/pattern.h"

namespace s2a {

struct Partition {
  std::vector<std::string> values;       ///< no two are in the same sets, if complete
  std::vector<std::vector<bool>> signs;  ///< for each value, which of the sets it is in
  bool complete = false;                 ///< whether every value of the domain is in the same sets as one of these
};

/// Values of the domain for each reachable combination of being in the sets and not, the preferred and plain ones first; the same input gives the same list.
/// Where all combinations are too many to explore, those that any two patterns can make are still there (for hundreds of patterns as many as a second allows).
/// Numeric patterns, or a numeric domain, give port numbers (1 to 65535) or addresses (both families), also exactly.
[[nodiscard]] Partition partition(std::span<const Set> sets, const Pattern& domain = Present{}, std::span<const std::string> preferred = {});
/// The same for addresses of both families, even where no pattern says that it is about addresses.
[[nodiscard]] Partition partition_addresses(std::span<const Set> sets);
/// Each pattern as a set.
[[nodiscard]] Partition partition(std::span<const Pattern> patterns, const Pattern& domain = Present{});

/// The values of partition().
[[nodiscard]] std::vector<std::string> samples(std::span<const Pattern> patterns, const Pattern& domain = Present{});

/// Whether some value is in both; where that cannot be decided, whether one was found.
[[nodiscard]] bool overlap(const Pattern& a, const Pattern& b);

}  // namespace s2a
