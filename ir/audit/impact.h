// What ambient mode does to everything else that touches sidecars: harmless, changed, or in the way. authorization.md 7
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ir/mesh/mesh_model.h"

namespace s2a {

enum class ImpactKind : std::uint8_t { Harmless, Changes, Blocker };
[[nodiscard]] std::string_view to_string(ImpactKind kind);

struct Impact {
  ImpactKind kind{};
  std::string subject;
  Label place;
  std::string sentence;
};

/// One for each resource, annotation of a pod and pod in the host's network, in order of kind of resource, file and place. What a blocker names is a blocker.
[[nodiscard]] std::vector<Impact> impacts(const MeshModel& mesh, const Diagnostics& found);

}  // namespace s2a
