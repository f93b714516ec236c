// A unified diff made from the edits themselves: no diff algorithm (style.md 4.7).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backend/edit/edit_set.h"

namespace s2a {

/// Whole lines that give way to others; all text without line ends.
struct ChangedLines {
  std::size_t old_line = 0;  ///< the first of those that go, from 0
  std::size_t new_line = 0;  ///< the first of those that come, from 0
  std::vector<std::string> removed;
  std::vector<std::string> added;
};

/// The same changes as unified_diff shows, without context.
[[nodiscard]] std::vector<ChangedLines> changed_lines(std::string_view before, const EditSet& edits);

/// As an old path: the file is new; as a new one: it is deleted.
inline constexpr std::string_view kNoFile = "/dev/null";

/// What `edits` change in `before`, with three lines of context, as `git apply` takes it: applied, it gives exactly edits.apply(before). Line ends are kept,
/// paths are written as git writes them (`a/` and `b/` in front, quoted where they hold a special byte). Empty where the edits change nothing, except for a new file.
[[nodiscard]] std::string unified_diff(std::string_view old_path, std::string_view new_path, std::string_view before, const EditSet& edits);

}  // namespace s2a
