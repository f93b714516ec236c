// Making actions.
#include "ir/passes/context.h"

#include <algorithm>

namespace s2a {

const Resource& original(const PassContext& ctx, const Resource& now) {
  const auto& candidates = ctx.before.all(now.kind);
  const auto found = std::ranges::find_if(candidates, [&](const Resource* r) { return r->name.value == now.name.value && r->ns.value == now.ns.value; });
  return found == candidates.end() ? now : **found;
}

Action action_on(const PassContext& ctx, const Resource& resource, ActionKind kind, Code code, std::string unit, std::string what, std::string why, std::vector<Change> changes) {
  const auto& input = original(ctx, resource);
  return {.kind = kind,
          .code = code,
          .unit = std::move(unit),
          .subject = resource.subject(),
          .place = ctx.before.store().label(input, input.name.node),
          .file = ctx.now.store().file_of(resource).path,
          .what = std::move(what),
          .why = std::move(why),
          .pass = {},
          .changes = std::move(changes)};
}

}  // namespace s2a
