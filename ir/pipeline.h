// From a mesh to a Plan: the ordered passes, each on the mesh as the Plan so far leaves it, and the gate that refuses what decides otherwise.
#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>

#include "ir/passes/pass.h"

namespace s2a {

/// The table of passes, in the order in which they run.
[[nodiscard]] std::span<const Pass> passes();

/// Gives back the mesh with these changes made to the text it was read from. It holds the whole round trip: edit, parse, decode, index.
/// `reset` starts again from the input. An empty result: the text could not be changed; why was told to the Diagnostics, and `refused` names the units to blame (none: our bug).
struct Rewriter {
  using Units = std::set<std::string, std::less<>>;
  std::function<void()> reset;
  std::function<const MeshModel*(std::span<const Action>, Units& refused, Diagnostics&)> apply;
};

/// Runs the passes and the gate until nothing that the gate refuses is left in the Plan.
[[nodiscard]] Plan make_plan(const MeshModel& before, const PassOptions& options, const Rewriter& rewriter);

}  // namespace s2a
