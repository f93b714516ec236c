// An empty selector picks every pod at sidecars and none at ztunnel; without it the policy is the same at sidecars and holds at ztunnel. authorization.md F7, 8.1
//
//   spec:                     spec:
//     selector: {}      ->      action: DENY
//     action: DENY
#include "ir/passes/blockers.h"
#include "ir/passes/context.h"
#include "ir/passes/passes.h"
#include "ir/passes/survey.h"

namespace s2a {

void drop_empty_selectors(PassContext& ctx) {
  for (const auto* resource : ctx.now.all(Kind::AuthorizationPolicy)) {
    const auto& policy = std::get<AuthorizationPolicy>(resource->spec);
    if (!policy.selector || !policy.selector->empty() || policy.has_target_refs) continue;
    for (const auto& ns : sidecar_namespaces(ctx.before, resource->ns.value, nullptr)) {
      if (!ctx.survey.moving.contains(ns)) continue;
      ctx.plan.actions.push_back(action_on(ctx, *resource, Code::EmptySelector, ns, "the empty selector removed", "it selects nothing at ztunnel",
                                           {RemoveEntry{.document = resource->document, .key = policy.selector->key}}));
      break;  // once a policy, whatever the number of namespaces that it reaches
    }
  }
}

}  // namespace s2a
