// Recorded pairs of trees (shared/vectors/authz-pairs), judged by `verify`, which never sees the recorded requests.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ir/plan.h"
#include "tests/support/pairs.h"

namespace s2a::test {

struct VerifiedPairs {
  std::string file;
  int cases = 0;
  std::map<std::pair<std::string, Verdict>, int> verdicts;  ///< by what the requests tried showed (`equal` = no difference among them) and what we say of all
  std::vector<std::string> weaker;                          ///< a recorded difference that the verdict of its workload and class of client does not show
  std::vector<std::string> unknown;
  std::vector<std::string> mute;  ///< verdicts whose request does not show them
};

[[nodiscard]] VerifiedPairs verify_pairs(const PairFile& file);
/// One line, and one for each case that is weaker or unknown, or shows a request of another kind.
[[nodiscard]] std::string to_string(const VerifiedPairs& verified);

}  // namespace s2a::test
