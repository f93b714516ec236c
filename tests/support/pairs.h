// Trees before and after, decided by the real engines (shared/vectors/authz-pairs), asked of the models again.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/recorded.h"

namespace s2a::test {

/// One file of pairs; its cases are read as they stand there.
struct PairFile {
  std::string name;  ///< `stories.json`
  nlohmann::json cases;
};

/// One file, or those of a folder by name.
[[nodiscard]] std::vector<PairFile> read_pairs(const std::filesystem::path& path);

/// Which of the two trees a recorded request is sent to: the callers that are ambient after have sidecars before.
enum class Side : std::uint8_t { Before, After };

/// Who asks, on that side.
[[nodiscard]] ClientClass client_of(const nlohmann::json& asked, Side side);

/// What the models decide; nothing where they cannot say. A port that nobody has is refused without a step.
[[nodiscard]] std::optional<Decision> decide(const RecordedMesh& mesh, const nlohmann::json& asked, Side side);

/// `ambient to Service shop/cart:80 (shop/cart-1): GET http://cart.shop/ from ...`: all that the record says.
[[nodiscard]] std::string in_words(const nlohmann::json& asked);
/// `ztunnel: AuthorizationPolicy shop/t1`: who had the last word.
[[nodiscard]] std::string decided_by(const std::optional<Decision>& decision, const Store& store);

struct PairTally {
  std::string file;
  int cases = 0;
  int requests = 0;
  std::vector<std::string> before;  ///< mismatches
  std::vector<std::string> after;
};

/// The models on both trees of each case against what was recorded.
[[nodiscard]] PairTally check_pairs(const PairFile& file);
/// One line, and one for each mismatch.
[[nodiscard]] std::string to_string(const PairTally& tally);

}  // namespace s2a::test
