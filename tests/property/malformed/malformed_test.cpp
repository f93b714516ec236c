// Every row of the table: never a crash, a hang or our bug; the place and the words; and the good file beside it is planned all the same.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "tests/property/malformed/trial.h"
#include "tests/support/yaml_events.h"

namespace s2a::test {

std::span<const Group> groups() {
  static constexpr std::string_view kSyntax = "S2A0001";
  static constexpr std::string_view kDamage = "S2A0001 S2A0004 S2A0005 S2A0009 S2A0010 S2A0011 S2A0015 S2A0016";
  static constexpr std::string_view kFields = "S2A0009 S2A0010 S2A0011";
  static constexpr std::array kGroups{Group{"cut_at_line_ends", kDamage, cut_at_line_ends},
                                      Group{"cut_inside_tokens", kDamage, cut_inside_tokens},
                                      Group{"shifted_lines", kDamage, shifted_lines},
                                      Group{"tabs", kDamage, tabs},
                                      Group{"marks_removed", kDamage, marks_removed},
                                      Group{"marks_doubled", kDamage, marks_doubled},
                                      Group{"wrong_types", kFields, wrong_types},
                                      Group{"duplicate_keys", "S2A0005", duplicate_keys},
                                      Group{"unknown_keys", "S2A0009", unknown_keys},
                                      Group{"template_braces", kDamage, template_braces},
                                      Group{"wrong_bytes", "S2A0001 S2A0003", wrong_bytes},
                                      Group{"line_ends", "S2A0001 S2A0007", line_ends},
                                      Group{"wrong_syntax", kDamage, wrong_syntax},
                                      Group{"odd_syntax", kSyntax, odd_syntax},
                                      Group{"wrong_json", "S2A0001 S2A0005 S2A0009 S2A0010 S2A0011", wrong_json},
                                      Group{"wrong_objects", "S2A0006 S2A0009 S2A0010 S2A0011 S2A0012 S2A0015 S2A0016", wrong_objects},
                                      Group{"nothing_to_say", "", nothing_to_say},
                                      Group{"too_deep", "S2A0001 S2A0006", too_deep},
                                      Group{"aliases", "S2A0001 S2A0006 S2A0009 S2A0010 S2A0011", aliases},
                                      Group{"huge", "S2A0001 S2A0005 S2A0006 S2A0009 S2A0010 S2A0011 S2A0012 S2A0016", huge}};
  return kGroups;
}

/// For GoogleTest.
void PrintTo(const Group& group, std::ostream* out) { *out << group.name; }

namespace {

/// What the table came to.
struct Sum {
  std::size_t rows = 0, told = 0, silent = 0, faulty = 0;
  double slowest = 0;
};

Sum total;

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t out = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size())) ++out;
  return out;
}

/// A document that cannot be read and does not even name its kind is passed over: it may be anything.
bool every_document_has_its_kind(std::string_view text) { return count(text, "kind: ") > count(text, "\n---"); }

/// What must be told, and is not; or the reverse.
std::string unexpected(const Group& group, const Row& row, const std::vector<Told>& told) {
  if (told.empty()) {
    if (row.expect == Expect::Told) return "nothing is told";
    const bool broken = row.expect == Expect::Either && every_document_has_its_kind(row.text) && !yaml_events(row.text);
    return broken ? "nothing is told of what yaml-cpp cannot read" : "";
  }
  if (row.expect == Expect::Silent) return "there is nothing to tell";
  const auto fits = [&](const Told& one) {
    const auto offset = offset_of(row.text, one.line, one.column).value_or(row.text.size());
    return group.codes.find(one.code) != std::string_view::npos && (!row.place || (offset >= row.place->begin && offset < row.place->end));
  };
  return std::ranges::any_of(told, fits) ? "" : told.front().code + " is not what this is, or not its place";
}

class Malformed : public testing::TestWithParam<Group> {
 public:
  static void TearDownTestSuite() {
    std::cout << fmt::format("\n{} malformed inputs: {} told with line and column, {} silent, {} with faults; slowest {:.2f} s\n", total.rows, total.told, total.silent,
                             total.faulty, total.slowest);
  }
};

TEST_P(Malformed, IsToldAndNeverCrashes) {
  const auto& group = GetParam();
  Sum sum;
  std::cout << "\n" << group.name << "\n";
  for (const auto& row : group.rows()) {
    auto trial = try_input(row);
    if (auto fault = unexpected(group, row, trial.told); !fault.empty()) trial.faults.push_back(std::move(fault));
    std::cout << fmt::format("  {:<56} {}{}\n", row.name, trial.summary(), trial.seconds > 1 ? fmt::format("  [{:.1f} s]", trial.seconds) : "") << std::flush;
    for (const auto& fault : trial.faults) ADD_FAILURE() << group.name << ", " << row.name << ": " << fault << "\n" << row.text.substr(0, 300);
    ++sum.rows;
    ++(trial.told.empty() ? sum.silent : sum.told);
    if (!trial.faults.empty()) ++sum.faulty;
    sum.slowest = std::max(sum.slowest, trial.seconds);
  }
  std::cout << fmt::format("  {} rows: {} told, {} silent, {} with faults, slowest {:.2f} s\n", sum.rows, sum.told, sum.silent, sum.faulty, sum.slowest);
  total = {total.rows + sum.rows, total.told + sum.told, total.silent + sum.silent, total.faulty + sum.faulty, std::max(total.slowest, sum.slowest)};
}

INSTANTIATE_TEST_SUITE_P(Table, Malformed, testing::ValuesIn(groups().begin(), groups().end()), [](const auto& group) { return std::string(group.param.name); });

}  // namespace
}  // namespace s2a::test
