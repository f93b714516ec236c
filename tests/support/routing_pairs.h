// The recorded pairs of routing (shared/vectors/routing-pairs): a VirtualService at clients' sidecars and somebody's translation of it at a waypoint, compared for all requests.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace s2a::test {

struct RoutingPairTally {
  std::string file;
  int pairs = 0;
  int requests = 0;   ///< recorded
  int equal = 0;      ///< recorded as equal, and found to be
  int untried = 0;    ///< recorded as equal, and found to differ for a request that nobody tried; all that were tried are equal by our models
  int different = 0;  ///< recorded as different, and found to be, in the same facts
  std::vector<std::string> mismatches;
};

/// A tally for each file, by name.
[[nodiscard]] std::vector<RoutingPairTally> check_routing_pairs(const std::filesystem::path& folder);
/// One line, and one for each mismatch.
[[nodiscard]] std::string to_string(const RoutingPairTally& tally);

}  // namespace s2a::test
