// A good text with one thing broken, at every place where it can be.
#include <fmt/format.h>

#include <algorithm>

#include "tests/property/malformed/good_text.h"
#include "tests/property/malformed/row.h"

namespace s2a::test {
namespace {

struct Line {
  std::size_t number, begin, end;  ///< `end` is that of its text, before the `\n`
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> out;
  for (std::size_t begin = 0; begin < text.size(); begin = out.back().end + 1) out.push_back({out.size() + 1, begin, std::min(text.find('\n', begin), text.size())});
  return out;
}

/// One row a line that `change` changes; it gets the line's text.
template <class Change>
std::vector<Row> each_line(std::string_view what, Change change) {
  std::vector<Row> out;
  const auto good = good_mesh();
  for (const auto& line : lines_of(good)) {
    const auto before = good.substr(line.begin, line.end - line.begin);
    auto after = change(before);
    if (after == before) continue;
    out.push_back({.name = fmt::format("{}, line {}", what, line.number), .text = std::string(good).replace(line.begin, before.size(), after), .expect = Expect::Either});
  }
  return out;
}

/// One row for each quote, bracket, colon and dash that is syntax.
std::vector<Row> each_mark(std::string_view what, std::size_t times) {
  std::vector<Row> out;
  const auto good = good_mesh();
  for (const auto& line : lines_of(good)) {
    for (auto at = line.begin; at < line.end; ++at) {
      const char mark = good[at];
      const bool before_blank = at + 1 == line.end || good[at + 1] == ' ';
      const bool syntax = std::string_view("\"'[]{}").find(mark) != std::string_view::npos || ((mark == ':' || mark == '-') && before_blank);
      if (!syntax) continue;
      out.push_back({.name = fmt::format("{} {}, {}:{}", mark, what, line.number, at - line.begin + 1),
                     .text = std::string(good).replace(at, 1, std::string(times, mark)),
                     .expect = Expect::Either});
    }
  }
  return out;
}

std::vector<Row> joined(std::vector<Row> first, std::vector<Row> second) {
  std::ranges::move(second, std::back_inserter(first));
  return first;
}

}  // namespace

std::vector<Row> cut_at_line_ends() {
  std::vector<Row> out;
  const auto good = good_mesh();
  for (const auto& line : lines_of(good)) out.push_back({.name = fmt::format("cut behind line {}", line.number), .text = good.substr(0, line.end), .expect = Expect::Either});
  return out;
}

std::vector<Row> cut_inside_tokens() {
  std::vector<Row> out;
  const auto good = good_mesh();
  for (const auto& line : lines_of(good)) {
    for (const auto part : {1, 2}) {
      const auto length = (line.end - line.begin) * static_cast<std::size_t>(part) / 3;
      out.push_back({.name = fmt::format("cut at {}:{}", line.number, length + 1), .text = good.substr(0, line.begin + length), .expect = Expect::Either});
    }
  }
  return out;
}

std::vector<Row> shifted_lines() {
  return joined(each_line("one space more", [](const std::string& line) { return " " + line; }),
                each_line("one space less", [](const std::string& line) { return line.starts_with(' ') ? line.substr(1) : line; }));
}

std::vector<Row> tabs() {
  return joined(each_line("tab for two spaces", [](const std::string& line) { return line.starts_with("  ") ? "\t" + line.substr(2) : line; }),
                each_line("tab behind the colon", [](std::string line) {
                  if (const auto colon = line.find(": "); colon != std::string::npos) line[colon + 1] = '\t';
                  return line;
                }));
}

std::vector<Row> marks_removed() { return each_mark("removed", 0); }

std::vector<Row> marks_doubled() { return each_mark("doubled", 2); }

}  // namespace s2a::test
