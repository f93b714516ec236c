// Making actions.
#include "ir/passes/context.h"

#include <algorithm>

namespace s2a {

const Resource& original(const PassContext& ctx, const Resource& now) {
  const auto& candidates = ctx.before.all(now.kind);
  const auto found = std::ranges::find_if(candidates, [&](const Resource* r) { return r->name.value == now.name.value && r->ns.value == now.ns.value; });
  return found == candidates.end() ? now : **found;
}

Action action_on(const PassContext& ctx, const Resource& resource, Code code, std::string unit, std::string what, std::string why, std::vector<Change> changes) {
  const auto& input = original(ctx, resource);
  return {.kind = ActionKind::Update,
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

Action creation_of(const PassContext& ctx, std::string subject, const Resource& cause, Code code, std::string unit, std::string what, std::string why, Change change) {
  auto action = action_on(ctx, cause, code, std::move(unit), std::move(what), std::move(why), {std::move(change)});
  action.kind = ActionKind::Create;
  action.subject = std::move(subject);
  if (const auto* file = std::get_if<CreateFile>(&action.changes.front())) action.file = file->path;
  return action;
}

}  // namespace s2a
