// A file that goes is taken out of the kustomizations that list it, or these could not be built.
//
//   resources:                 resources:
//   - routes.yaml         ->   - routes.yaml
//   - delegate.yaml
#include <fmt/format.h>

#include <map>

#include "ir/passes/context.h"
#include "ir/passes/listings.h"
#include "ir/passes/passes.h"

namespace s2a {
namespace {

/// Whether nothing is left in the newest version of a file.
bool emptied(const Store& store, std::string_view path) {
  bool out = false;
  for (const auto& file : store.sources)
    if (file.path == path) out = file.text.empty();
  return out;
}

}  // namespace

void unlist_files(PassContext& ctx) {
  std::map<std::string, std::string> units;  // by file
  for (const auto& action : ctx.plan.actions)
    if (action.kind == ActionKind::Delete && emptied(ctx.now.store(), action.file)) units.emplace(action.file, action.unit);
  for (const auto& [file, unit] : units)
    for (const auto& [kustomization, item] : listings_of(ctx.now, file)) {
      const auto& listed = ctx.now.store()[kustomization->document][item].value;
      ctx.plan.actions.push_back(action_on(ctx, *kustomization, Code::UnlistedInKustomization, unit, fmt::format("resources: no longer {}", listed),
                                           "a kustomization that lists a file which is not there cannot be built",
                                           {RemoveItem{.document = kustomization->document, .item = item}}));
    }
}

}  // namespace s2a
