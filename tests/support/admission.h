// Whether an API server would take objects: asked of a checker that S2A_ADMIT names (shared/admit, built).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace s2a::test {

/// Whether there is a checker.
[[nodiscard]] bool has_checker();
/// What it says of those that it rejects, one a line; nothing without a checker. `gateway_api` as in `--gateway-api`.
[[nodiscard]] std::optional<std::string> rejected(const std::string& manifests, const std::string& gateway_api = "1.6");
/// The lines about objects of `after` that are not rejected in `before` too; none without a checker.
[[nodiscard]] std::vector<std::string> newly_rejected(const std::string& before, const std::string& after, const std::string& gateway_api = "1.6");

/// Manifests that are changed together.
struct ChangedManifests {
  std::string name;  ///< where, for people
  std::string before;
  std::string after;
};

/// The lines of each change, with its name. As many are asked about at once as are taken: to start the checker takes longer than to ask it.
[[nodiscard]] std::vector<std::string> newly_rejected(std::span<const ChangedManifests> changes, const std::string& gateway_api = "1.6");

}  // namespace s2a::test
