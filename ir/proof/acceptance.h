// What the user accepts by name though it is wider: `--accept CODE[:resource]`. product.md 2
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "ir/mesh/mesh_model.h"
#include "ir/plan.h"

namespace s2a {

struct Acceptance {
  Code code{};
  std::string resource;  ///< `Deployment shop/cart` or `shop/cart`; empty: whatever the finding is about
};

/// What a wider translation is told as, and so what can be accepted.
inline constexpr std::array kAcceptable = {Code::Wider, Code::StaysOnSidecars, Code::RoutesDiffer};

/// `S2A0602:shop/cart`
[[nodiscard]] std::string to_string(const Acceptance& acceptance);

/// Whether one of them says this of the workload or Service.
[[nodiscard]] bool accepts(const std::vector<Acceptance>& accepted, Code code, std::string_view subject);

/// Whether the mesh has a workload or Service of that name.
[[nodiscard]] bool names_any(const Acceptance& acceptance, const MeshModel& mesh);

/// Those that met nothing: told, so that they do not outlive what they were given for.
[[nodiscard]] Diagnostics unused_acceptances(const std::vector<Acceptance>& accepted, const MeshModel& mesh, const std::vector<AcceptedWider>& met);

}  // namespace s2a
