// A unified diff made from the edits themselves: no diff algorithm (style.md 4.7).
#pragma once

#include <string>
#include <string_view>

#include "backend/edit/edit_set.h"

namespace s2a {

/// As an old path: the file is new.
inline constexpr std::string_view kNoFile = "/dev/null";

/// What `edits` change in `before`, with three lines of context, as `git apply` takes it: applied, it gives exactly edits.apply(before). Line ends are kept,
/// paths are written as git writes them (`a/` and `b/` in front, quoted where they hold a special byte). Empty where the edits change nothing, except for a new file.
[[nodiscard]] std::string unified_diff(std::string_view old_path, std::string_view new_path, std::string_view before, const EditSet& edits);

}  // namespace s2a
