// A RequestAuthentication goes where tokens are read: to the waypoint. What comes past it cannot be asked for a token, and is denied. authorization.md 7, 8.2, 8.3
//
//   kind: RequestAuthentication               kind: RequestAuthentication                 kind: AuthorizationPolicy
//   metadata: { name: jwt }                   metadata: { name: jwt }                     metadata: { name: jwt-ztunnel }
//   spec:                                     spec:                                       spec:
//     selector: { app: cart }          ->       targetRefs: [ Service cart ]       +        selector: { app: cart }
//     jwtRules: ...                             jwtRules: ...                               action: DENY
//                                                                                           rules: [ when: source.principal notValues [the waypoint] ]
#include <fmt/format.h>

#include <algorithm>

#include "ir/passes/context.h"
#include "ir/passes/halves.h"
#include "ir/passes/names.h"
#include "ir/passes/passes.h"
#include "ir/passes/reach.h"
#include "ir/passes/rule_text.h"

namespace s2a {
namespace {

const RequestAuthentication& spec_of(const Resource& resource) { return std::get<RequestAuthentication>(resource.spec); }

class Mover {
 public:
  Mover(PassContext& ctx, const MovingNamespace& moving, Names& authentications, Names& policies)
      : ctx_(ctx), mesh_(ctx.now), moving_(moving), authentications_(authentications), policies_(policies), fronts_(fronts(ctx.now, moving)) {}

  void move(const Resource& resource) {
    const auto reach = reach_of(mesh_, resource, moving_);
    if (reach.pods.empty() || spec_of(resource).jwt_rules.empty()) return;
    to_services(resource, reach);
    close_to_others(resource, reach);
  }

 private:
  /// The Services of which some pod has it, sixteen at a time.
  [[nodiscard]] std::vector<std::vector<std::string>> services(const Resource& resource) const {
    std::vector<std::vector<std::string>> out;
    for (const auto& front : fronts_) {
      if (!front.authentications.contains(resource.id)) continue;
      if (out.empty() || out.back().size() == kMostTargets) out.emplace_back();
      out.back().push_back(mesh_[front.service].name);
    }
    return out;
  }

  void to_services(const Resource& resource, const Reach& reach) {
    const auto groups = services(resource);
    for (std::size_t i = 0; i < groups.size(); ++i) {
      auto value = to_value(mesh_.store()[resource.document], resource.node);
      Value::Sequence targets;
      for (const auto& service : groups[i]) targets.push_back(service_target(service));
      set_targets(child(value, "spec"), std::move(targets));
      if (i == 0 && !reach.stays) {
        ctx_.plan.actions.push_back(action_on(ctx_, resource, Code::AuthenticationMoved, moving_.name,
                                              fmt::format("{} -> {}", selected(spec_of(resource).selector), describe(groups[i])), "tokens are read at the waypoint",
                                              reconcile(mesh_.store(), resource, value)));
        continue;
      }
      const auto name = authentications_.take(moving_.name, resource.name.value, "-waypoint");
      append(resource, fmt::format("RequestAuthentication {}/{}", moving_.name, name), Code::AuthenticationMoved, describe(groups[i]), "tokens are read at the waypoint",
             as_copy(std::move(value), name, resource.ns.value == moving_.name ? std::string_view() : moving_.name));
    }
  }

  /// By a guard of another RequestAuthentication, or by the half of a policy.
  [[nodiscard]] bool said_already(const Value& spec) const {
    return std::ranges::find(closed_, spec) != closed_.end() || std::ranges::any_of(mesh_.all(Kind::AuthorizationPolicy), [&](const Resource* policy) {
             auto written = to_value(mesh_.store()[policy->document], policy->node);
             return policy->ns.value == moving_.name && child(written, "spec") == spec;
           });
  }

  /// Ports of bytes had no tokens at sidecars either.
  void close_to_others(const Resource& resource, const Reach& reach) {
    Rule rule;
    if (const auto bytes = common_ports(mesh_, reach.pods, AppProtocol::Tcp); !bytes.empty()) rule.to.emplace_back().ports.not_values = spanned(port_texts(bytes));
    exempt_waypoints(rule, reach.waypoints);
    exempt_ports(rule, reach.uncaptured);
    const auto* own = spec_of(resource).selector && !spec_of(resource).selector->empty() ? &*spec_of(resource).selector->match_labels : nullptr;
    for (const auto* labels : selectors_for(mesh_, resource, moving_)) {
      if (labels == nullptr) labels = own;
      Value::Map spec;
      if (labels != nullptr) spec.emplace_back("selector", match_labels(*labels));
      spec.emplace_back("action", "DENY");
      spec.emplace_back("rules", to_value(std::vector{rule}));
      if (said_already(Value(spec))) continue;
      closed_.emplace_back(spec);
      const auto name = policies_.take(moving_.name, resource.name.value, "-ztunnel");
      append(resource, fmt::format("AuthorizationPolicy {}/{}", moving_.name, name), Code::AuthenticationGuard,
             fmt::format("DENY for ztunnel, {}", labels == nullptr ? "the whole namespace" : "selector " + selector_text(*labels)), "ztunnel cannot look at tokens",
             Value::Map{{"apiVersion", resource.api_version.value},
                        {"kind", "AuthorizationPolicy"},
                        {"metadata", Value::Map{{"name", name}, {"namespace", moving_.name}}},
                        {"spec", std::move(spec)}});
    }
  }

  void append(const Resource& cause, std::string subject, Code code, std::string what, std::string why, Value value) {
    ctx_.plan.actions.push_back(creation_of(ctx_, std::move(subject), cause, code, moving_.name, std::move(what), std::move(why),
                                            AppendResource{.document = cause.document, .resource = cause.node, .value = std::move(value)}));
  }

  PassContext& ctx_;
  const MeshModel& mesh_;
  const MovingNamespace& moving_;
  Names& authentications_;
  Names& policies_;
  std::vector<Front> fronts_;
  std::vector<Value> closed_;
};

}  // namespace

void move_authentications(PassContext& ctx) {
  Names authentications(ctx.now, Kind::RequestAuthentication);
  Names policies(ctx.now, Kind::AuthorizationPolicy);
  for (const auto& [name, moving] : ctx.survey.moving) {
    Mover mover(ctx, moving, authentications, policies);
    for (const auto* resource : ctx.now.all(Kind::RequestAuthentication)) mover.move(*resource);
  }
}

}  // namespace s2a
