// Recorded pairs of trees (shared/vectors/authz-pairs): decided as by the real engines, verified, and their `before` translated without a request more.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/files.h"
#include "tests/support/translated_pairs.h"
#include "tests/support/verified_pairs.h"

namespace s2a::test::pairs_test {

// What the translation keeps of all requests that sidecars allow. May only rise.
constexpr int kKept = 1524;
// Of each file, in thousandths: what the reference translation in Python keeps of all of them.
constexpr int kLeastOfAFile = 518;

class Pairs : public ::testing::Test {
 protected:
  void SetUp() override {
    files_ = read_pairs(shared_files() / "vectors" / "authz-pairs");
    if (files_.empty()) GTEST_SKIP() << "no recorded pairs in " << shared_files();
  }

  std::vector<PairFile> files_;
};

TEST_F(Pairs, AreDecidedAsRecorded) {
  int requests = 0;
  for (const auto& file : files_) {
    const auto tally = check_pairs(file);
    fmt::print("{}", to_string(tally));
    EXPECT_TRUE(tally.before.empty()) << tally.file;
    EXPECT_TRUE(tally.after.empty()) << tally.file;
    requests += tally.requests;
  }
  EXPECT_GT(requests, 4000);
}

// By somebody's translations, good and bad: verify sees the trees only.
TEST_F(Pairs, AreVerifiedAtLeastAsRecorded) {
  int cases = 0;
  for (const auto& file : files_) {
    const auto verified = verify_pairs(file);
    fmt::print("{}", to_string(verified));
    EXPECT_TRUE(verified.weaker.empty()) << verified.file;
    EXPECT_TRUE(verified.unknown.empty()) << verified.file;
    EXPECT_TRUE(verified.mute.empty()) << verified.file;
    cases += verified.cases;
  }
  EXPECT_GE(cases, 342);
  EXPECT_EQ(std::ranges::count(files_, "mixed.json", &PairFile::name), 1) << "pods that still have sidecars";
}

TEST_F(Pairs, AreTranslatedWithoutARequestMore) {
  int kept = 0;
  const auto tallies = translate_pairs(files_);
  for (const auto& tally : tallies) {
    fmt::print("{}", to_string(tally));
    EXPECT_TRUE(tally.wider.empty()) << tally.file;
    EXPECT_TRUE(tally.disputed.empty()) << tally.file;
    EXPECT_TRUE(tally.unfinished.empty()) << tally.file;
    int kept_of_file = 0;
    int allowed = 0;
    for (const auto& [client, row] : tally.clients) {
      kept_of_file += row.kept;
      allowed += row.allowed;
    }
    EXPECT_GE(1000 * kept_of_file, kLeastOfAFile * allowed) << tally.file;
    kept += kept_of_file;
  }
  fmt::print("{}", sum_of(tallies));
  EXPECT_GE(kept, kKept);
}

}  // namespace s2a::test::pairs_test
