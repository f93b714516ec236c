// Making actions: what every pass says about a change in the same way.
#pragma once

#include <string>
#include <vector>

#include "ir/pipeline.h"

namespace s2a {

/// The resource as the input has it; the resource itself where the Plan made it.
[[nodiscard]] const Resource& original(const PassContext& ctx, const Resource& now);

/// An action on a resource of `ctx.now`, placed at `node` of the original (kNoNode: its name), in that resource's file.
[[nodiscard]] Action action_on(const PassContext& ctx, const Resource& resource, ActionKind kind, Code code, std::string unit, std::string what, std::string why, std::vector<Change> changes);

}  // namespace s2a
