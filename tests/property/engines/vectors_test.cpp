// The lowerings against what the real engines decided (shared/vectors).
#include <gtest/gtest.h>

#include <iostream>

#include "tests/support/files.h"
#include "tests/support/vectors.h"

namespace s2a::test::vectors_test {

TEST(EngineVectors, AreDecidedAsRecorded) {
  const auto folder = shared_files() / "vectors";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no vectors in " << folder;
  int requests = 0;
  int left_out = 0;
  for (const auto& tally : check_vectors(folder)) {
    std::cout << to_string(tally);
    EXPECT_TRUE(tally.mismatches.empty()) << tally.file;
    requests += tally.requests;
    left_out += tally.left_out;
  }
  EXPECT_LE(left_out, 1);
  EXPECT_GT(requests, 9000);
}

}  // namespace s2a::test::vectors_test
