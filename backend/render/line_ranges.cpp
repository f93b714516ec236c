// Joining lines.
#include "backend/render/line_ranges.h"

#include <fmt/format.h>

namespace s2a {

std::string line_numbers(const LineRange& range) { return range.line == range.end_line ? fmt::format("{}", range.line) : fmt::format("{}-{}", range.line, range.end_line); }

std::string to_string(const std::vector<LineRange>& ranges) {
  std::string out;
  for (const auto& range : ranges) out += fmt::format("{}{}:{}", out.empty() ? "" : ", ", range.file, line_numbers(range));
  return out;
}

std::vector<LineRange> line_ranges(const SourceSet& sources, const std::set<SourcePoint>& points) {
  std::vector<LineRange> out;
  for (const auto& point : points) {
    const auto& file = sources[point.file];
    const auto line = line_column(file, point.offset).line;
    if (!out.empty() && out.back().file == file.path && line <= out.back().end_line + 1)
      out.back().end_line = line;
    else
      out.push_back({.file = file.path, .line = line, .end_line = line});
  }
  return out;
}

}  // namespace s2a
