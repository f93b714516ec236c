// The cases of authorization.md 10, folders of golden/vectors: their trees, and what is decided about requests in each.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

namespace s2a::test {

/// Sidecar: `input`. Unchanged: the files that the official guide changes, `unchanged`, over it. Ours: `expected`, or `input` where nothing is written.
/// Step: our files halfway, `step` over ours.
enum class Tree : std::uint8_t { Sidecar, Unchanged, Ours, Step };
[[nodiscard]] std::string_view to_string(Tree tree);

/// A line of `decisions.yaml`.
struct AskedDecision {
  std::map<Tree, std::string> wanted;  ///< `allow`, `deny`, or `refused`: the pod keeps its sidecar. A tree that is left out is not asked
  nlohmann::json asked;                ///< as the recorded requests are written
  bool waypoint_missing = false;       ///< asked of the trees without their waypoints
};

struct VectorCase {
  std::filesystem::path folder;
  std::map<Tree, std::string> manifests;
  std::vector<AskedDecision> decisions;
  std::vector<std::string> says;  ///< what stands in the report, where no request shows the case

  [[nodiscard]] std::string name() const { return folder.filename(); }
  /// What GoogleTest takes for a name.
  [[nodiscard]] std::string id() const;
  friend std::ostream& operator<<(std::ostream& out, const VectorCase& c) { return out << c.name(); }
};

/// All of them, by name.
[[nodiscard]] std::vector<VectorCase> vector_cases();

/// The documents that are no waypoints.
[[nodiscard]] std::string without_waypoints(const std::string& manifests);

}  // namespace s2a::test
