// A policy that sidecars enforced becomes a half for the waypoint and a half for ztunnel. authorization.md 8.2, 8.3
//
//   metadata: { name: viewer }              metadata: { name: viewer }                    metadata: { name: viewer-ztunnel }
//   spec:                                   spec:                                         spec:
//     selector: { app: cart }        ->       targetRefs: [ Service cart ]          +       selector: { app: cart }
//     rules:                                  rules:                                        rules:
//     - to: [ methods: [GET] ]                - to: [ methods: [GET] ]                      - from: [ principals: [the waypoint] ]
//
// Without a Service in front, or in a namespace without a waypoint, the policy keeps its place and becomes its ztunnel half, if it is not one already.
// One that a gateway or another namespace reads as well stays as it is, and gets the halves that the namespace lacks beside it.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <utility>

#include "ir/authz/trust_domains.h"
#include "ir/passes/context.h"
#include "ir/passes/halves.h"
#include "ir/passes/names.h"
#include "ir/passes/passes.h"
#include "ir/passes/reach.h"
#include "ir/passes/retarget.h"

namespace s2a {
namespace {

class Splitter {
 public:
  Splitter(PassContext& ctx, const MovingNamespace& moving, Names& names) : ctx_(ctx), mesh_(ctx.now), moving_(moving), names_(names), fronts_(fronts(ctx.now, moving)) {
    std::ranges::move(bound_pods(mesh_, moving_), std::back_inserter(fronts_));
    choose_carriers();
    choose_rules_at_fronts();
  }

  void split_all() {
    for (const auto* resource : mesh_.all(Kind::AuthorizationPolicy)) {
      const auto reach = reach_of(mesh_, *resource, moving_);
      if (reach.pods.empty()) continue;
      if (reach.stays)
        extend(*resource, reach);
      else
        split(*resource, reach);
    }
  }

 private:
  [[nodiscard]] ZtunnelScope scope(const Resource& resource, const Reach& reach) const {
    return {.ns = resource.ns.value,
            .domains = trust_domains(mesh_),
            .http_ports = common_ports(mesh_, reach.pods, AppProtocol::Http),
            .byte_ports = common_ports(mesh_, reach.pods, AppProtocol::Tcp)};
  }

  [[nodiscard]] bool allows(const Resource& resource) const {
    return authorization_of(resource).action == AuthorizationAction::Allow && decides(authorization_of(resource)) && !reach_of(mesh_, resource, moving_).pods.empty();
  }

  /// Of the ALLOW policies of a pod one lets the waypoints in, and keeps all else out; those that apply to most pods first.
  void choose_carriers() {
    std::vector<std::pair<const Resource*, std::vector<WorkloadId>>> candidates;
    for (const auto* resource : mesh_.all(Kind::AuthorizationPolicy))
      if (allows(*resource)) candidates.emplace_back(resource, reach_of(mesh_, *resource, moving_).pods);
    std::ranges::stable_sort(candidates, std::greater{}, [](const auto& c) { return c.second.size(); });
    std::set<WorkloadId> covered;
    for (const auto& [resource, pods] : candidates) {
      const auto before = covered.size();
      covered.insert(pods.begin(), pods.end());
      if (covered.size() > before) carriers_.insert(resource->id);
    }
  }

  /// A policy of which the waypoint keeps no rule is not needed there, but for an ALLOW that alone keeps all others out.
  void choose_rules_at_fronts() {
    for (auto& front : fronts_) {
      const auto is_allow = [&](ResourceId id) { return authorization_of(mesh_.store()[id]).action == AuthorizationAction::Allow && decides(authorization_of(mesh_.store()[id])); };
      const auto has_rules = [&](ResourceId id) { return !rules_at(mesh_.store()[id], front).empty(); };
      bool closed = std::ranges::any_of(front.policies, [&](ResourceId id) { return is_allow(id) && has_rules(id); });
      std::erase_if(front.policies, [&](ResourceId id) { return !has_rules(id) && (!is_allow(id) || std::exchange(closed, true)); });
      if (uncaptured_ports(front).empty()) continue;
      const auto first = std::ranges::find_if(front.policies, is_allow);
      if (first != front.policies.end()) front.opens = *first;
    }
  }

  [[nodiscard]] std::vector<WaypointHalf> waypoint_halves(const Resource& resource, const Reach& reach) const {
    std::vector<WaypointHalf> halves;
    for (const auto& front : fronts_)
      if (front.policies.contains(resource.id)) add_front(halves, resource, front);
    for (const auto id : reach.pods) {
      const auto* waypoint = gateway_target(mesh_, moving_, id);
      if (waypoint == nullptr) continue;
      add_gateway(halves, resource, *waypoint);
      break;
    }
    return halves;
  }

  [[nodiscard]] ZtunnelHalf at_ztunnel(const Resource& resource, const Reach& reach) const {
    const bool meets_waypoints = authorization_of(resource).action != AuthorizationAction::Allow || carriers_.contains(resource.id);
    Exempt exempt;
    if (meets_waypoints) exempt = {.waypoints = reach.waypoints, .ports = reach.uncaptured};
    auto told = scope(resource, reach);
    if (asks_over_http(authorization_of(resource), mesh_) && std::ranges::none_of(reach.pods, [&](WorkloadId id) { return asks_several(mesh_, id); })) {
      exempt.ports.insert(exempt.ports.end(), told.byte_ports.begin(), told.byte_ports.end());  // sidecars ask about none of them either
      told.byte_ports.clear();
    }
    return ztunnel_half(resource, exempt, told, reach.stays);
  }

  /// A policy of this namespace: edited in place into its first half, the others behind it; it keeps its place where ztunnel reads it as it stands.
  void split(const Resource& resource, const Reach& reach) {
    const auto halves = waypoint_halves(resource, reach);
    const auto ztunnel = at_ztunnel(resource, reach);
    tell_uncovered(resource, reach);
    if (!decides(authorization_of(resource))) {
      if (!halves.empty()) to_waypoint(resource, halves);
    } else if (halves.empty()) {
      edit(resource, Code::ZtunnelForm, as_ztunnel_half(mesh_.store(), resource, ztunnel), "-ztunnel", "rules as ztunnel reads them",
           reach.waypoints.empty() ? "no waypoint stands in front of its pods" : "the waypoint needs no half of it");
    } else if (same_as(resource, ztunnel) && (!ztunnel.rules.empty() || carriers_.contains(resource.id))) {
      for (const auto& half : halves) append_waypoint_half(resource, half, reason(resource, trust_domains(mesh_)));
    } else {
      to_waypoint(resource, halves);
      if (!ztunnel.rules.empty() || carriers_.contains(resource.id)) append_ztunnel_half(resource, ztunnel, ztunnel_reason(resource));
    }
  }

  void to_waypoint(const Resource& resource, const std::vector<WaypointHalf>& halves) {
    edit(resource, Code::PolicySplit, as_waypoint_half(mesh_.store(), resource, halves.front()), "-waypoint",
         fmt::format("{} -> {}", selected(authorization_of(resource).selector), describe(halves.front())), reason(resource, trust_domains(mesh_)));
    for (std::size_t i = 1; i < halves.size(); ++i) append_waypoint_half(resource, halves[i], "other ports than the first half");
  }

  /// A policy that stays as it is, for ztunnel and for others; this namespace gets what it lacks.
  void extend(const Resource& resource, const Reach& reach) {
    for (const auto& half : waypoint_halves(resource, reach)) append_waypoint_half(resource, half, "the policy that stays does not reach waypoints");
    if (!decides(authorization_of(resource))) return;
    const auto ztunnel = at_ztunnel(resource, reach);
    if (ztunnel.rules.empty()) return;
    append_ztunnel_half(resource, ztunnel, ztunnel.action == AuthorizationAction::Allow ? "the ALLOW that stays would refuse the waypoint" : ztunnel_reason(resource));
  }

  void append_waypoint_half(const Resource& resource, const WaypointHalf& half, const std::string& why) {
    for (auto& value : as_waypoint_half(mesh_.store(), resource, half)) append(resource, Code::FurtherWaypointHalf, "-waypoint", std::move(value), describe(half), why);
  }

  void append_ztunnel_half(const Resource& resource, const ZtunnelHalf& half, const std::string& why) {
    for (const auto* labels : selectors_for(mesh_, resource, moving_))
      for (auto& value : as_ztunnel_half(mesh_.store(), resource, half, labels))
        append(resource, Code::ZtunnelHalf, "-ztunnel", std::move(value),
               fmt::format("for ztunnel, {}", labels == nullptr ? selected(authorization_of(resource).selector) : selector_text(*labels)), why);
  }

  /// Puts the first of these objects in the policy's place, and the others behind it.
  void edit(const Resource& resource, Code code, std::vector<Value> wanted, std::string_view suffix, std::string what, const std::string& why) {
    for (std::size_t i = 1; i < wanted.size(); ++i) append(resource, code, suffix, std::move(wanted[i]), "further rules", "a policy holds 512 rules");
    auto changes = reconcile(mesh_.store(), resource, wanted.front());
    if (!changes.empty()) ctx_.plan.actions.push_back(action_on(ctx_, resource, code, moving_.name, std::move(what), why, std::move(changes)));
  }

  /// Puts a policy of this namespace behind the one that it comes from; one that says what another new one says is not written.
  void append(const Resource& resource, Code code, std::string_view suffix, Value value, std::string what, std::string why) {
    if (!authorization_of(resource).dry_run) {
      const auto& spec = child(value, "spec");
      if (std::ranges::find(written_, spec) != written_.end()) return;
      written_.push_back(spec);
    }
    const auto name = names_.take(moving_.name, resource.name.value, suffix);
    value = as_copy(std::move(value), name, resource.ns.value == moving_.name ? std::string_view() : moving_.name);
    ctx_.plan.actions.push_back(creation_of(ctx_, fmt::format("AuthorizationPolicy {}/{}", moving_.name, name), resource, code, moving_.name, std::move(what), std::move(why),
                                            AppendResource{.document = resource.document, .resource = resource.node, .value = std::move(value)}));
  }

  /// Layer 7 in front of pods that no waypoint can stand before, and Services that the policy covers in part.
  void tell_uncovered(const Resource& resource, const Reach& reach) {
    const auto& policy = authorization_of(resource);
    const auto bare = std::ranges::find_if(reach.pods, [&](WorkloadId id) { return waypoints_of(mesh_, moving_, {id}).empty(); });
    if (bare != reach.pods.end() && beyond_ztunnel(policy, trust_domains(mesh_)) != nullptr) {
      const auto& input = original(ctx_, resource);
      const auto node = authorization_of(input).selector ? authorization_of(input).selector->node : kNoNode;
      ctx_.plan.diagnostics.add(
          ctx_.before.store().about(input, node, Code::NoServiceInFront,
                                    fmt::format("no Service with an address of its own fronts {}, so no waypoint enforces the rules on HTTP", mesh_[*bare].subject(mesh_.store())),
                                    "ztunnel denies what it cannot judge; give the pods a Service that is not headless"));
    }
    tell_parts_of_services(ctx_, fronts_, resource, reach.pods);
  }

  PassContext& ctx_;
  const MeshModel& mesh_;
  const MovingNamespace& moving_;
  Names& names_;
  std::vector<Front> fronts_;      ///< Services, and pods
  std::set<ResourceId> carriers_;  ///< the ALLOW policies that let the waypoints in
  std::vector<Value> written_;     ///< the specs of what was appended
};

}  // namespace

void split_policies(PassContext& ctx) {
  Names names(ctx.now, Kind::AuthorizationPolicy);
  for (const auto& [name, moving] : ctx.survey.moving) Splitter(ctx, moving, names).split_all();
}

}  // namespace s2a
