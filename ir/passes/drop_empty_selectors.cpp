// An empty selector picks every pod at sidecars; at ztunnel a policy with one picks none, and a PeerAuthentication counts by halves. Without it all are the same at sidecars and
// hold at ztunnel. authorization.md F7, 3.4, 8.1
//
//   spec:                     spec:
//     selector: {}      ->      action: DENY
//     action: DENY
#include "ir/passes/blockers.h"
#include "ir/passes/context.h"
#include "ir/passes/passes.h"
#include "ir/passes/survey.h"

namespace s2a {
namespace {

void drop(PassContext& ctx, const Resource& resource, const std::optional<Selector>& selector, std::string why) {
  if (!selector || !selector->empty()) return;
  for (const auto& ns : sidecar_namespaces(ctx.before, resource.ns.value, nullptr)) {
    if (!ctx.survey.moving.contains(ns)) continue;
    ctx.plan.actions.push_back(
        action_on(ctx, resource, Code::EmptySelector, ns, "the empty selector removed", std::move(why), {RemoveEntry{.document = resource.document, .key = selector->key}}));
    return;  // once a resource, whatever the number of namespaces that it reaches
  }
}

}  // namespace

void drop_empty_selectors(PassContext& ctx) {
  for (const auto* resource : ctx.now.all(Kind::AuthorizationPolicy)) {
    const auto& policy = authorization_of(*resource);
    if (policy.target_refs.empty()) drop(ctx, *resource, policy.selector, "it selects nothing at ztunnel");
  }
  for (const auto* resource : ctx.now.all(Kind::PeerAuthentication))
    drop(ctx, *resource, std::get<PeerAuthentication>(resource->spec).selector, "istiod leaves it out where it tells ztunnel about ports");
}

}  // namespace s2a
