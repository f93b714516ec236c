// The `before` of every recorded pair, translated by the program: what the sidecars allowed, and what of it our mesh still allows.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/pairs.h"

namespace s2a::test {

/// Requests that the sidecars allowed.
struct KeptTally {
  int allowed = 0;
  int moved = 0;      ///< of them to pods that left their sidecars
  int kept = 0;       ///< of those still allowed
  int reference = 0;  ///< of all still allowed by the recorded `after`
};

/// What one translated tree loses.
struct LostTally {
  std::set<std::string> cases;                            ///< that begin with this tree
  std::string about;                                      ///< the first of them
  std::map<std::string, std::set<std::string>> requests;  ///< to pods that moved, and who denies; the cases whose recorded `after` is not wider and allows it all the same
  std::set<std::string> refusals;                         ///< `S2A0401 message`: why pods stay on sidecars
  int refused = 0;                                        ///< requests to those
};

struct TranslationTally {
  std::string file;
  int cases = 0;
  int translated = 0;  ///< cases with all pods moved that anything is sent to
  int requests = 0;
  std::map<std::string, KeptTally> clients;
  std::map<std::string, int> refusals;     ///< cases by code; `none` where nothing says why pods stay
  std::map<std::size_t, LostTally> trees;  ///< by tree
  std::vector<std::string> wider;          ///< denied by the sidecar, allowed by us, in the eyes of our models or of the Python model
  std::vector<std::string> disputed;       ///< the Python model decides our tree otherwise than our models
  std::vector<std::string> unfinished;     ///< trees that ask for a change once more
  int asked_in_python = 0;
};

/// One tally a file. A tree that several cases begin with is translated once; a request to a pod that stays on its sidecar is neither kept nor wider.
[[nodiscard]] std::vector<TranslationTally> translate_pairs(const std::vector<PairFile>& files);

/// A table by client class, the refusals, and whatever is wrong.
[[nodiscard]] std::string to_string(const TranslationTally& tally);
/// The table over all files.
[[nodiscard]] std::string sum_of(const std::vector<TranslationTally>& tallies);
/// Every request of the file that was allowed and is no longer.
[[nodiscard]] std::string lost_requests(const TranslationTally& tally);
[[nodiscard]] nlohmann::json to_json(const TranslationTally& tally);

}  // namespace s2a::test
