// What the real engines decided (shared/vectors), asked of the lowerings again.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace s2a::test {

struct VectorTally {
  std::string file;  ///< `authz/paths.json`
  int cases = 0;
  int left_out = 0;  ///< cases with what is not modelled
  int requests = 0;
  int drawn = 0;  ///< requests whose destination was drawn, and one of them leads nowhere: only the weights are compared
  std::vector<std::string> mismatches;
};

/// One tally a file of `folder`/authz, `folder`/routing and `folder`/ztunnel, by name.
[[nodiscard]] std::vector<VectorTally> check_vectors(const std::filesystem::path& folder);
/// `authz/paths.json   50 cases ... 410 requests, 0 mismatches`, and a line for each mismatch.
[[nodiscard]] std::string to_string(const VectorTally& tally);

}  // namespace s2a::test
