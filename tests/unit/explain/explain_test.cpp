// Every explain page has its headings, and its examples do what it says: the input gives the code, and applying it gives the text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/run.h"
#include "ir/source/codes.h"
#include "tests/support/temp_tree.h"
#include "tests/unit/explain/page.h"

namespace s2a::test::explain_test {

/// Codes whose situation no text alone makes: their Before is shown and not run.
struct Exempt {
  Code code{};
  std::string_view why;
};
constexpr std::array kExempt = {
    Exempt{Code::Unreadable, "needs a file that the system refuses to open"},
    Exempt{Code::NotUtf8, "the page itself is UTF-8"},
    Exempt{Code::CarriageReturnsOnly, "git and editors change line ends"},
    Exempt{Code::ChangedOnDisk, "needs somebody else who writes at the same time"},
    Exempt{Code::NotWritten, "needs a directory that the system protects"},
    Exempt{Code::RoundTrip, "only a bug of ours makes it"},
    Exempt{Code::InternalError, "only a bug of ours makes it"},
};

/// The example's files in a directory of their own, those of a second tree for `verify` beside them in `second`, and the program run there as a reader of the page would run it.
class Example {
 public:
  explicit Example(const std::vector<Block>& files, const std::vector<Block>& second = {})
      : home_(std::filesystem::current_path()), path_(files.size() == 1 ? files.front().file : ".") {
    for (const auto& file : files) tree_.write(file.file, file.text);
    for (const auto& file : second) tree_.write("second/" + file.file, file.text);
    std::filesystem::current_path(tree_.root());
  }
  Example(const Example&) = delete;
  Example& operator=(const Example&) = delete;
  ~Example() { std::filesystem::current_path(home_); }

  /// What the program prints, with the example as its PATH and `more` behind; what it says beside that is kept for messages.
  std::string s2a(std::vector<std::string> args, const std::vector<std::string>& more = {}) {
    args.push_back(path_);
    args.insert(args.end(), more.begin(), more.end());
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_NE(run(args, out, err, {}), static_cast<int>(Exit::Bug));
    said_ += err.str();
    return out.str();
  }
  [[nodiscard]] const std::string& said() const { return said_; }
  [[nodiscard]] std::string out_dir() const { return out_.at("tree"); }
  [[nodiscard]] std::string written(const std::string& file) const {
    std::ifstream in(out_dir() + "/" + file, std::ios::binary);
    return in ? std::string(std::istreambuf_iterator<char>(in), {}) : "(not written)\n";
  }

 private:
  TempTree tree_;
  TempTree out_;
  std::filesystem::path home_;
  std::string path_;
  std::string said_;
};

/// Every code that a JSON report names, of diagnostics and of actions.
std::vector<std::string> codes_in(const std::string& report) {
  std::vector<std::string> out;
  const auto json = nlohmann::json::parse(report, nullptr, false);
  if (json.is_discarded()) return out;
  const auto leaves = json.flatten();
  for (const auto& [path, value] : leaves.items()) {
    if (path.ends_with("/code") && value.is_string()) out.push_back(value.get<std::string>());
  }
  return out;
}

/// What a diff says of one file.
std::string part_of(const std::string& diff, const std::string& file) {
  const auto begin = diff.find("diff --git a/" + file + " ");
  if (begin == std::string::npos) return "(not in the diff)\n";
  const auto end = diff.find("\ndiff --git ", begin);
  return diff.substr(begin, end == std::string::npos ? end : end + 1 - begin);
}

class ExplainPage : public testing::TestWithParam<Code> {
 protected:
  const Code code_ = GetParam();
  const Page page_ = read_page(explain_page(code_));
  const std::vector<Block> before_ = page_.blocks_of("before");
  const std::vector<Block> second_ = page_.blocks_of("second");
  const std::vector<Block> after_ = page_.blocks_of("after");
};

TEST_P(ExplainPage, HasItsTitleAndHeadingsInOrder) {
  ASSERT_FALSE(explain_page(code_).empty()) << "ir/source/explain/" << to_string(code_) << ".md is missing";
  EXPECT_EQ(page_.title, "# " + to_string(code_) + ": " + std::string(info(code_).title));
  std::vector<std::string> wanted{"What happened", "Why it matters", "Before", "After", "How to fix", "When to ignore", "References"};
  if (after_.empty()) std::erase(wanted, "After");
  EXPECT_EQ(page_.headings, wanted);
  EXPECT_THAT(page_.empty_sections, testing::IsEmpty());
}

TEST_P(ExplainPage, HasBlocksOfKnownKinds) {
  for (const auto& block : page_.blocks) {
    const auto kinds = block.role == "before" || block.role == "second" ? std::vector{"yaml", "json"}
                       : block.role == "after"                          ? std::vector{"yaml", "json", "diff"}
                                                                        : std::vector{"text", "console"};
    EXPECT_THAT(block.role, testing::AnyOf("", "before", "second", "after"));
    EXPECT_THAT(kinds, testing::Contains(block.language)) << block.role;
    EXPECT_FALSE(block.text.empty());
  }
}

TEST_P(ExplainPage, HasAnExampleUnlessExempt) {
  const auto* exempt = std::ranges::find(kExempt, code_, &Exempt::code);
  const bool is_exempt = exempt != kExempt.end();
  EXPECT_EQ(before_.empty(), is_exempt) << (is_exempt ? exempt->why : "there is no `before` block that is run");
}

TEST_P(ExplainPage, BeforeGivesTheCode) {
  if (before_.empty()) return;
  Example example(before_, second_);
  const auto report = second_.empty() ? example.s2a({"plan", "-o", "json"}) : example.s2a({"verify", "-o", "json"}, {"second"});
  EXPECT_THAT(codes_in(report), testing::Contains(to_string(code_))) << report << example.said();
}

TEST_P(ExplainPage, AfterIsWhatIsWritten) {
  if (after_.empty()) return;
  Example example(before_);
  const auto diff = example.s2a({"diff"});
  example.s2a({"apply", "--assume", "--out-dir", example.out_dir()});
  for (const auto& block : after_) EXPECT_EQ(block.language == "diff" ? part_of(diff, block.file) : example.written(block.file), block.text) << example.said();
}

TEST_P(ExplainPage, IsPrinted) {
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(run(std::vector{std::string("explain"), to_string(code_)}, out, err, {}), static_cast<int>(Exit::Done)) << err.str();
  EXPECT_THAT(out.str(), testing::HasSubstr(std::string(info(code_).title)));
}

std::vector<Code> all_codes() {
  std::vector<Code> out;
  std::ranges::transform(codes(), std::back_inserter(out), &CodeInfo::code);
  return out;
}

INSTANTIATE_TEST_SUITE_P(Codes, ExplainPage, testing::ValuesIn(all_codes()), [](const auto& each) { return to_string(each.param); });

}  // namespace s2a::test::explain_test
