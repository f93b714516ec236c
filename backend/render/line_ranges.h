// Lines of the input for a report: those that follow each other together.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ir/source/source_file.h"

namespace s2a {

/// Lines from 1, both ends included.
struct LineRange {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t end_line = 0;
  bool operator==(const LineRange&) const = default;
};

/// `13` or `13-15`.
[[nodiscard]] std::string line_numbers(const LineRange& range);
/// `shop/policies.yaml:13-15, shop/policies.yaml:20`.
[[nodiscard]] std::string to_string(const std::vector<LineRange>& ranges);
[[nodiscard]] std::vector<LineRange> line_ranges(const SourceSet& sources, const std::set<SourcePoint>& points);

}  // namespace s2a
