// Tables of golden cases, golden/<topic>/README.md: a row names cases that there are, and codes that their reports hold.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <iostream>
#include <regex>

#include "ir/mesh/split.h"
#include "tests/support/files.h"
#include "tests/unit/shape/sources.h"

namespace fs = std::filesystem;

namespace s2a::test {
namespace {

struct Row {
  std::string topic;
  std::string text;
  std::vector<std::string> cases;
};

/// The rows below a head that calls one of its columns `case` or `cases`.
void add_rows(const TextFile& file, std::vector<Row>& out) {
  std::size_t column = 0;
  for (const auto& line : file.lines) {
    if (!line.starts_with('|')) column = 0;
    if (!line.starts_with("| ")) continue;
    const auto cells = split(line, '|');
    if (column == 0) {
      const auto head = std::ranges::find_if(cells, [](std::string_view cell) { return trimmed(cell) == "case" || trimmed(cell) == "cases"; });
      if (head != cells.end()) column = static_cast<std::size_t>(head - cells.begin());
      continue;
    }
    Row row{.topic = fs::path(file.path).parent_path().filename().string(), .text = line, .cases = {}};
    ASSERT_LT(column, cells.size()) << line;
    for (const auto name : split(cells[column], ',')) row.cases.emplace_back(trimmed(name));
    out.push_back(std::move(row));
  }
}

std::vector<Row> rows() {
  std::vector<Row> out;
  for (const auto& file : all_files())
    if (file.path.starts_with("golden/") && file.path.ends_with("/README.md")) add_rows(file, out);
  return out;
}

/// What a name stands for: `cors`, `extensions/telemetry` of another topic, `V12` for every folder that begins with `v12-`.
std::vector<fs::path> folders(const std::string& topic, const std::string& name) {
  const auto golden = fs::path(S2A_SOURCE_DIR) / "golden";
  if (name.empty()) return {};
  if (std::isupper(static_cast<unsigned char>(name.front())) == 0) {
    const auto folder = name.find('/') == std::string::npos ? golden / topic / name : golden / name;
    return fs::exists(folder / "report.json") ? std::vector{folder} : std::vector<fs::path>();
  }
  auto begin = name + "-";
  std::ranges::transform(begin, begin.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(golden / topic))
    if (entry.path().filename().string().starts_with(begin)) out.push_back(entry.path());
  return out;
}

TEST(GoldenTables, NameCasesAndCodesThatThereAre) {
  const auto all = rows();
  EXPECT_GT(all.size(), 100U);
  std::size_t named = 0;
  for (const auto& row : all) {
    std::string reports;
    for (const auto& name : row.cases) {
      const auto found = folders(row.topic, name);
      EXPECT_FALSE(found.empty()) << "no case `" << name << "`: " << row.text;
      for (const auto& folder : found) reports += bytes_of(folder / "report.json");
      named += found.size();
    }
    static const std::regex kCode("S2A[0-9]{4}");
    for (std::sregex_iterator code(row.text.begin(), row.text.end(), kCode), end; code != end; ++code)
      EXPECT_NE(reports.find('"' + code->str() + '"'), std::string::npos) << "no case reports " << code->str() << ": " << row.text;
  }
  std::cout << all.size() << " rows name " << named << " cases\n";
}

}  // namespace
}  // namespace s2a::test
