// `./dev vectors DIR...`: the lowerings and verify against any folders of recorded decisions; exit 1 on a mismatch.
#include "tests/support/vectors.h"

#include <fmt/format.h>

#include "tests/support/files.h"
#include "tests/support/pairs.h"
#include "tests/support/routing_pairs.h"
#include "tests/support/verified_pairs.h"

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> folders(argv + 1, argv + argc);
  if (folders.empty()) folders.push_back(s2a::test::shared_files() / "vectors");
  std::size_t files = 0;
  std::size_t mismatches = 0;
  int drawn = 0;
  for (const auto& folder : folders) {
    for (const auto& tally : s2a::test::check_vectors(folder)) {
      fmt::print("{}", to_string(tally));
      mismatches += tally.mismatches.size();
      drawn += tally.drawn;
      ++files;
    }
    for (const auto& file : s2a::test::read_pairs(folder / "authz-pairs")) {
      const auto tally = check_pairs(file);
      fmt::print("{}", to_string(tally));
      mismatches += tally.before.size() + tally.after.size();
      ++files;
      const auto verified = verify_pairs(file);
      fmt::print("{}", to_string(verified));
      mismatches += verified.weaker.size() + verified.unknown.size() + verified.mute.size();
    }
    for (const auto& tally : s2a::test::check_routing_pairs(folder / "routing-pairs")) {
      fmt::print("{}", to_string(tally));
      mismatches += tally.mismatches.size();
      ++files;
    }
  }
  fmt::print(
      "not compared in routing: which of several destinations was drawn, where one leads nowhere ({} requests); Envoy's flags and how often it tried, which tell how it was "
      "observed\n",
      drawn);
  if (files == 0) fmt::print(stderr, "no authz/*.json, no routing/*.json, no ztunnel/*.json, no authz-pairs/*.json and no routing-pairs/*.json there\n");
  return files == 0 || mismatches != 0 ? 1 : 0;
}
