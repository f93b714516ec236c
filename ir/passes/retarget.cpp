// Moving to Services, closing to others.
#include "ir/passes/retarget.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ir/passes/halves.h"
#include "ir/passes/reconcile.h"
#include "ir/passes/rule_text.h"

namespace s2a {

Retargeter::Retargeter(PassContext& ctx, const MovingNamespace& moving, Names& policies) : ctx_(ctx), moving_(moving), policies_(policies), fronts_(fronts(ctx.now, moving)) {
  for (const auto* policy : ctx.now.all(Kind::AuthorizationPolicy)) {
    const auto* spec = std::get_if<AuthorizationPolicy>(&policy->spec);
    if (policy->ns.value != moving.name || spec == nullptr || !decides(*spec)) continue;
    auto value = to_value(ctx.now.store()[policy->document], policy->node);
    said_.push_back(std::move(child(value, "spec")));
  }
}

void Retargeter::to_services(const Resource& resource, const Reach& reach, Names& names, Code code, std::string_view why) {
  bool in_place = !reach.stays;
  for (const auto& services : services_before(fronts_, reach.pods)) {
    auto value = to_value(ctx_.now.store()[resource.document], resource.node);
    Value::Sequence targets;
    for (const auto& service : services) targets.push_back(service_target(service));
    set_targets(child(value, "spec"), std::move(targets));
    if (in_place) {
      ctx_.plan.actions.push_back(action_on(ctx_, resource, code, moving_.name, fmt::format("{} -> {}", selected(*selector_of(resource)), describe(services)), std::string(why),
                                            reconcile(ctx_.now.store(), resource, value)));
    } else {
      const auto name = names.take(moving_.name, resource.name.value, "-waypoint");
      append(resource, to_string(resource.kind), name, code, describe(services), why,
             as_copy(std::move(value), name, resource.ns.value == moving_.name ? std::string_view() : moving_.name));
    }
    in_place = false;
  }
}

void Retargeter::close_to_others(const Resource& cause, const Reach& reach, const std::vector<std::uint16_t>& open, Code code, std::string_view why) {
  Rule rule;
  if (!open.empty()) rule.to.emplace_back().ports.not_values = spanned(port_texts(open));
  exempt_waypoints(rule, reach.waypoints);
  exempt_ports(rule, reach.uncaptured);
  const auto& selector = *selector_of(cause);
  for (const auto* labels : selectors_for(ctx_.now, cause, moving_)) {
    if (labels == nullptr && selector && !selector->empty()) labels = &*selector->match_labels;
    Value::Map spec;
    if (labels != nullptr) spec.emplace_back("selector", match_labels(*labels));
    spec.emplace_back("action", "DENY");
    spec.emplace_back("rules", to_value(std::vector{rule}));
    if (std::ranges::find(said_, Value(spec)) != said_.end()) continue;
    said_.emplace_back(spec);
    const auto name = policies_.take(moving_.name, cause.name.value, "-ztunnel");
    append(cause, "AuthorizationPolicy", name, code, fmt::format("DENY for ztunnel, {}", labels == nullptr ? "the whole namespace" : "selector " + selector_text(*labels)), why,
           Value::Map{{"apiVersion", policy_version(cause)},
                      {"kind", "AuthorizationPolicy"},
                      {"metadata", Value::Map{{"name", name}, {"namespace", moving_.name}}},
                      {"spec", std::move(spec)}});
  }
}

void Retargeter::tell_parts(const Resource& resource, const Reach& reach) const { tell_parts_of_services(ctx_, fronts_, resource, reach.pods); }

void Retargeter::append(const Resource& cause, std::string_view kind, const std::string& name, Code code, std::string what, std::string_view why, Value value) {
  ctx_.plan.actions.push_back(creation_of(ctx_, fmt::format("{} {}/{}", kind, moving_.name, name), cause, code, moving_.name, std::move(what), std::string(why),
                                          AppendResource{.document = cause.document, .resource = cause.node, .value = std::move(value)}));
}

void tell_parts_of_services(PassContext& ctx, const std::vector<Front>& fronts, const Resource& resource, const std::vector<WorkloadId>& pods) {
  const auto& input = original(ctx, resource);
  const auto& selector = *selector_of(input);
  for (const auto& front : fronts) {
    const auto covered = std::ranges::count_if(front.pods, [&](WorkloadId id) { return std::ranges::find(pods, id) != pods.end(); });
    if (covered == 0 || std::cmp_equal(covered, front.pods.size())) continue;
    ctx.plan.diagnostics.add(ctx.before.store().about(input, selector ? selector->node : kNoNode, Code::PartOfService,
                                                      fmt::format("selects some of the pods behind Service `{}`, and a waypoint cannot tell them apart", front.name),
                                                      "give these pods a Service of their own"));
  }
}

}  // namespace s2a
