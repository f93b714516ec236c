// Whether an API server would take objects: asked of a checker that S2A_ADMIT names (shared/admit, built).
#pragma once

#include <optional>
#include <string>

namespace s2a::test {

/// What it says of those that it rejects, one a line; nothing without a checker.
[[nodiscard]] std::optional<std::string> rejected(const std::string& manifests);

}  // namespace s2a::test
