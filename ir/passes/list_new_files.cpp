// A new file beside a kustomization.yaml is listed in it, or it would not be deployed.
//
//   resources:              resources:
//   - policies.yaml    ->   - policies.yaml
//                           - shop-waypoint.yaml
#include <fmt/format.h>

#include <map>

#include "ir/passes/context.h"
#include "ir/passes/passes.h"

namespace s2a {
namespace {

Value::Sequence items(const std::vector<std::string>& names) { return {names.begin(), names.end()}; }

}  // namespace

void list_new_files(PassContext& ctx) {
  for (const auto* resource : ctx.now.all(Kind::Kustomization)) {
    if (!resource->editable) continue;
    const auto directory = directory_of(ctx.now.store().file_of(*resource).path);
    const auto list = std::get<Kustomization>(resource->spec).resources;
    std::map<std::string, std::vector<std::string>> names;  // by unit; a list that is not there yet is made once, for all
    for (const auto& action : ctx.plan.actions) {
      const bool makes_file = action.kind == ActionKind::Create && !action.changes.empty() && std::holds_alternative<CreateFile>(action.changes.front());
      if (!makes_file || directory_of(action.file) != directory) continue;
      names[list == kNoNode && !names.empty() ? names.begin()->first : action.unit].push_back(action.file.substr(directory.size()));
    }
    for (const auto& [unit, files] : names) {
      std::vector<Change> changes;
      if (list == kNoNode)
        changes.push_back(InsertEntry{.document = resource->document, .map = resource->node, .after = kNoNode, .key = "resources", .value = items(files)});
      else
        for (const auto& file : files) changes.push_back(InsertItem{.document = resource->document, .sequence = list, .after = kNoNode, .value = file});
      ctx.plan.actions.push_back(action_on(ctx, *resource, Code::ListedInKustomization, unit, fmt::format("resources: {}", fmt::join(files, ", ")),
                                           "a file that is not listed is not deployed", std::move(changes)));
    }
  }
}

}  // namespace s2a
