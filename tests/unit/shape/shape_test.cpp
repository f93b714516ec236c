// The rules of the house that a program can check.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>

#include "ir/source/codes.h"
#include "tests/unit/shape/sources.h"

namespace s2a::test::shape_test {

constexpr std::size_t kLongest = 400;

std::vector<TextFile> every_source() { return sources({"ir", "frontend", "backend", "cli", "tests"}); }

TEST(Shape, NoFileIsLong) {
  std::vector<std::size_t> lengths;
  for (const auto& file : every_source()) {
    lengths.push_back(file.lines.size());
    EXPECT_LE(file.lines.size(), kLongest) << file.path;
  }
  ASSERT_FALSE(lengths.empty());
  std::ranges::sort(lengths);
  std::cout << lengths.size() << " files, median " << lengths[lengths.size() / 2] << " lines, longest " << lengths.back() << '\n';
}

TEST(Shape, EveryFileSaysWhatItIsFor) {
  for (const auto& file : every_source()) {
    ASSERT_FALSE(file.lines.empty()) << file.path;
    EXPECT_TRUE(file.lines[0].starts_with("// ") && file.lines[0].find('.') != std::string::npos) << file.path << ": " << file.lines[0];
  }
}

TEST(Shape, NothingIsLeftForLater) {
  const std::vector<std::string> words{std::string("TO") + "DO", std::string("FIX") + "ME"};
  for (const auto& file : every_source())
    for (const auto& line : file.lines)
      for (const auto& word : words) EXPECT_EQ(line.find(word), std::string::npos) << file.path << ": " << line;
}

TEST(Shape, NoPathOfTheMachineItWasWrittenOn) {
  const auto path = std::string("/wo") + "rk/";
  for (const auto& file : all_files()) {
    for (const auto& line : file.lines) {
      const auto at = line.find(path);
      EXPECT_TRUE(at == std::string::npos || (at > 0 && std::isalnum(static_cast<unsigned char>(line[at - 1])))) << file.path << ": " << line;
    }
  }
}

TEST(Codes, AreInOrder) {
  for (std::size_t i = 1; i < codes().size(); ++i) EXPECT_LT(codes()[i - 1].code, codes()[i].code) << to_string(codes()[i].code);
}

TEST(Codes, HaveTitlesWithoutAFullStop) {
  for (const auto& code : codes()) EXPECT_FALSE(code.title.empty() || code.title.ends_with('.')) << to_string(code.code);
}

TEST(Codes, HavePagesAndNoPageIsWithoutItsCode) {
  std::set<std::string> wanted;
  for (const auto& code : codes()) wanted.insert(to_string(code.code) + ".md");
  std::set<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(S2A_SOURCE_DIR) + "/ir/source/explain"))
    if (entry.path().extension() == ".md") found.insert(entry.path().filename().string());
  EXPECT_EQ(found, wanted);
  for (const auto& code : codes()) EXPECT_FALSE(explain_page(code.code).empty()) << to_string(code.code);
}

/// Code and reason: `S2A0999 the reason`.
std::map<std::string, std::string> exempt() {
  std::map<std::string, std::string> out;
  for (const auto& file : all_files()) {
    if (file.path != "tests/unit/shape/exempt_codes.txt") continue;
    for (const auto& line : file.lines)
      if (line.starts_with("S2A")) out.emplace(line.substr(0, 7), line.substr(std::min<std::size_t>(8, line.size())));
  }
  return out;
}

std::set<std::string> in_golden_reports() {
  std::set<std::string> out;
  for (const auto& file : all_files()) {
    if (!file.path.starts_with("golden/") || !(file.path.ends_with("/report.json") || file.path.ends_with("/verify.json"))) continue;
    for (const auto& line : file.lines)
      for (const auto& code : codes())
        if (line.find('"' + to_string(code.code) + '"') != std::string::npos) out.insert(to_string(code.code));
  }
  return out;
}

TEST(Codes, StandInAGoldenReportOrAreExempt) {
  const auto golden = in_golden_reports();
  const auto exempted = exempt();
  std::set<std::string> known;
  for (const auto& code : codes()) {
    const auto name = to_string(code.code);
    known.insert(name);
    EXPECT_NE(golden.contains(name), exempted.contains(name)) << name << (golden.contains(name) ? " is exempt, but has a golden case" : " has no golden case");
  }
  for (const auto& [code, reason] : exempted) {
    EXPECT_TRUE(known.contains(code)) << code << " is exempt, but not a code";
    EXPECT_GT(reason.size(), 10U) << code << " is exempt without a reason";
  }
}

}  // namespace s2a::test::shape_test
