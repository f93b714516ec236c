// String prefixes as PathPrefix, where that is the same. routing.md 3.1
#pragma once

#include <vector>

#include "ir/conversion/projection.h"

namespace s2a {

/// Whether the path can stand in Exact or PathPrefix: its characters, no `//`, no `/../`. routing.md 1.6
[[nodiscard]] bool is_crd_path(std::string_view path);

/// Whether it is a text that can stand in Exact.
[[nodiscard]] bool fits_exact(const Pattern& path);

/// Paths become segment prefixes: of `/foo` and `/foo/` with one action, and of `/foo` where later candidates do the same with `/foobar`.
void prefer_segments(std::vector<Candidate>& candidates, Relations& relations);

/// The candidates that stand for a prefix `/foo` and leave `/foobar` to others that do something else, or to none: `--path-prefix segment`.
[[nodiscard]] std::vector<std::size_t> changed_by_segments(const std::vector<Candidate>& candidates, Relations& relations);

/// Whether all paths can be told by Exact and PathPrefix; of a prefix with a slash at its end with a guard for what has none.
[[nodiscard]] bool fit_path_prefix(const std::vector<Candidate>& candidates);

}  // namespace s2a
