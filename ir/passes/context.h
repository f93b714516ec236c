// Making actions: what every pass says about a change in the same way.
#pragma once

#include <string>
#include <vector>

#include "ir/passes/pass.h"

namespace s2a {

/// The resource as the input has it; the resource itself where the Plan made it.
[[nodiscard]] const Resource& original(const PassContext& ctx, const Resource& now);

/// An action on a resource of `ctx.now`, in its file, placed at the name that the original has in the input.
[[nodiscard]] Action action_on(const PassContext& ctx, const Resource& resource, Code code, std::string unit, std::string what, std::string why, std::vector<Change> changes);
/// An action that makes the resource `subject`, because of `cause`: in the file that `change` makes, or else in that of `cause`.
[[nodiscard]] Action creation_of(const PassContext& ctx, std::string subject, const Resource& cause, Code code, std::string unit, std::string what, std::string why, Change change);

/// Labels of the pods, in their template; none where it cannot have any.
[[nodiscard]] std::vector<Change> label_pods(const PassContext& ctx, const Resource& workload, const Value::Map& labels);
/// A waypoint's manifest; `serves`: what istio.io/waypoint-for says. authorization.md 4.7
[[nodiscard]] Value waypoint_manifest(std::string_view ns, std::string_view name, std::string_view serves);

}  // namespace s2a
