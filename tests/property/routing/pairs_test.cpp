// The recorded pairs of routing are judged as recorded, and what differs beyond the record is told with a request that nobody tried.
#include "tests/support/routing_pairs.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/files.h"

namespace s2a::test::pairs_test {

TEST(RoutingPairs, AreJudgedAsRecorded) {
  const auto folder = shared_files() / "vectors" / "routing-pairs";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "there is no " << folder;
  RoutingPairTally all;
  all.file = "*.json";
  for (const auto& tally : check_routing_pairs(folder)) {
    for (const auto& mismatch : tally.mismatches) ADD_FAILURE() << tally.file << ": " << mismatch;
    all.pairs += tally.pairs;
    all.requests += tally.requests;
    all.equal += tally.equal;
    all.untried += tally.untried;
    all.different += tally.different;
  }
  fmt::print("{}", to_string(all));
  EXPECT_EQ(all.equal + all.untried + all.different, all.pairs);
  EXPECT_GT(all.untried, 0) << "string prefixes against segments";
  EXPECT_GT(all.different, 30);
}

}  // namespace s2a::test::pairs_test
