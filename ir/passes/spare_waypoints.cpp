// A DENY that stays as it is also meets the waypoint's own traffic at ztunnel, which the waypoint has judged already: it is spared. authorization.md 8.3, 8.8
//
//   metadata: { namespace: istio-system }          metadata: { namespace: istio-system }
//   spec:                                          spec:
//     action: DENY                          ->       action: DENY
//     rules:                                         rules:
//     - from: [ notNamespaces: [web] ]               - from: [ notNamespaces: [web] ]
//                                                      when: [ source.principal notValues [the waypoints] ]
//
// Sidecars and gateways go on reading it as before: no caller of theirs is a waypoint.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "ir/mesh/rule_shape.h"
#include "ir/passes/context.h"
#include "ir/passes/passes.h"
#include "ir/passes/reach.h"
#include "ir/passes/reconcile.h"
#include "ir/passes/rule_text.h"

namespace s2a {
namespace {

/// Whether ztunnel, which is told nothing of layer 7, is told nothing at all of a part of the rule: that part never holds. 3.2
bool dead_at_ztunnel(const Rule& rule) {
  const auto blind_source = [](const Source& s) { return !constrains(s.principals) && !constrains(s.namespaces) && !constrains(s.service_accounts) && !constrains(s.ip_blocks); };
  return (!rule.from.empty() && std::ranges::all_of(rule.from, blind_source)) ||
         (!rule.to.empty() && std::ranges::none_of(rule.to, [](const Operation& o) { return constrains(o.ports); })) ||
         std::ranges::any_of(rule.when, [](const Condition& when) { return reads_http(when); });
}

/// The waypoints that the policy would meet, and the first namespace with one.
struct Met {
  std::set<std::string> principals;
  std::string ns;
};

Met met_by(const PassContext& ctx, const Resource& resource) {
  Met out;
  for (const auto& [name, moving] : ctx.survey.moving) {
    const auto reach = reach_of(ctx.now, resource, moving);
    if (!reach.stays || reach.waypoints.empty()) continue;
    if (out.ns.empty()) out.ns = name;
    out.principals.insert(reach.waypoints.begin(), reach.waypoints.end());
  }
  return out;
}

}  // namespace

void spare_waypoints(PassContext& ctx) {
  for (const auto* resource : ctx.now.all(Kind::AuthorizationPolicy)) {
    const auto& policy = authorization_of(*resource);
    if (policy.action != AuthorizationAction::Deny || policy.dry_run) continue;
    const auto met = met_by(ctx, *resource);
    auto rules = policy.rules;
    bool changed = false;
    for (auto& rule : rules)
      if (!dead_at_ztunnel(rule) && exempt_waypoints(rule, {met.principals.begin(), met.principals.end()})) changed = true;
    if (!changed) continue;
    auto wanted = to_value(ctx.now.store()[resource->document], resource->node);
    set(child(wanted, "spec"), "rules", to_value(rules, &ctx.now.store()[resource->document]));
    ctx.plan.actions.push_back(action_on(ctx, *resource, Code::WaypointSpared, met.ns, fmt::format("not for {}", fmt::join(met.principals, ", ")),
                                         "what comes from a waypoint has been judged there", reconcile(ctx.now.store(), *resource, wanted)));
  }
}

}  // namespace s2a
