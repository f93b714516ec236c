// A delegate goes once no VirtualService includes it any more: routes have no delegates, its rules stand in them. routing.md 1.4, 7.13
//
//   kind: VirtualService     kind: VirtualService              kind: HTTPRoute
//   spec:                    metadata: { name: cart-api }      spec:
//     hosts: [ cart ]        spec:                         ->    rules:
//     http:                    http:                           - backendRefs: [ Service cart ]
//     - delegate:              - route: [ cart ]
//         name: cart-api
#include <fmt/format.h>

#include <algorithm>

#include "ir/passes/context.h"
#include "ir/passes/listings.h"
#include "ir/passes/passes.h"
#include "ir/routing/delegates.h"

namespace s2a {
namespace {

/// The first VirtualService that includes the delegate; nullptr: none does.
const Resource* user_of(const MeshModel& mesh, const Resource& delegate) {
  const auto& all = mesh.all(Kind::VirtualService);
  const auto found = std::ranges::find_if(all, [&](const Resource* root) { return includes(*root, delegate); });
  return found == all.end() ? nullptr : *found;
}

/// Why the text of a delegate stays; empty: it may go.
std::string_view held_by(const MeshModel& mesh, const Resource& delegate) {
  const auto& store = mesh.store();
  if (!store.may_edit(delegate)) return "its text must not be changed from here";
  const auto& document = store[delegate.document];
  const bool in_list = document[delegate.node].parent != kNoNode;
  if (in_list && std::ranges::find(document.nodes, NodeKind::Alias, &Node::kind) != document.nodes.end()) return "its List has anchors, whose text may be shared with it";
  for (const auto& listing : listings_of(mesh, store.file_of(delegate).path))
    if (!store.may_edit(*listing.kustomization)) return "a kustomization that must not be changed lists its file";
  return {};
}

}  // namespace

void remove_delegates(PassContext& ctx) {
  for (const auto* delegate : ctx.now.all(Kind::VirtualService)) {
    if (!std::get<VirtualService>(delegate->spec).delegate() || user_of(ctx.now, *delegate) != nullptr) continue;
    const auto* root = user_of(ctx.before, original(ctx, *delegate));
    if (root == nullptr) continue;
    const auto translated = std::ranges::find_if(ctx.plan.actions, [&](const Action& action) { return action.subject == root->subject(); });
    if (translated == ctx.plan.actions.end()) continue;
    if (const auto why = held_by(ctx.now, *delegate); !why.empty()) {
      ctx.plan.diagnostics.add(ctx.now.store().about(*delegate, kNoNode, Code::DelegateLeft, fmt::format("no VirtualService includes it any more, but {}", why),
                                                     "delete it where it is written: it has no effect"));
      continue;
    }
    auto action = action_on(ctx, *delegate, Code::DelegateRemoved, translated->unit, fmt::format("its rules stand in the routes of {}", root->subject()),
                            "no VirtualService includes it any more", {RemoveResource{.document = delegate->document, .resource = delegate->node}});
    action.kind = ActionKind::Delete;
    ctx.plan.actions.push_back(std::move(action));
  }
}

}  // namespace s2a
