// A policy that sidecars enforced becomes a half for the waypoint and a half for ztunnel. authorization.md 8.2, 8.3
//
//   metadata: { name: viewer }              metadata: { name: viewer }                    metadata: { name: viewer-ztunnel }
//   spec:                                   spec:                                         spec:
//     selector: { app: cart }        ->       targetRefs: [ Service cart ]          +       selector: { app: cart }
//     rules:                                  rules:                                        rules:
//     - to: [ methods: [GET] ]                - to: [ methods: [GET] ]                      - from: [ principals: [the waypoint] ]
//
// Without a Service in front, or in a namespace without a waypoint, the policy keeps its place and becomes its ztunnel half, if it is not one already.
#include <fmt/format.h>

#include <algorithm>

#include "ir/authz/expressible.h"
#include "ir/authz/trust_domains.h"
#include "ir/passes/context.h"
#include "ir/passes/fronts.h"
#include "ir/passes/halves.h"
#include "ir/passes/passes.h"
#include "ir/passes/survey.h"

namespace s2a {
namespace {

class Splitter {
 public:
  Splitter(PassContext& ctx, const MovingNamespace& moving, Names& names) : ctx_(ctx), mesh_(ctx.now), moving_(moving), names_(names), fronts_(fronts(ctx.now, moving)) {}

  void split_all() {
    for (const auto* resource : mesh_.all(Kind::AuthorizationPolicy)) {
      const auto pods = pods_of(*resource);
      if (pods.empty()) continue;
      if (resource->ns.value == moving_.name)
        split(*resource, pods);
      else
        extend(*resource, pods);
    }
    for (const auto& front : fronts_) {
      if (front.nothing_in_common) allow_nothing(front);
    }
  }

 private:
  /// The pods of this namespace that a policy applies to.
  [[nodiscard]] std::vector<WorkloadId> pods_of(const Resource& resource) const {
    auto pods = mesh_.selected_by(resource);
    std::erase_if(pods, [&](WorkloadId id) { return std::ranges::find(moving_.workloads, id) == moving_.workloads.end(); });
    return pods;
  }

  /// The waypoints in front of these pods. P(w) of authorization.md 8.0
  [[nodiscard]] std::vector<std::string> waypoints_of(const std::vector<WorkloadId>& pods) const {
    std::set<std::string> out;
    for (const auto id : pods) {
      for (const auto service : mesh_.services_of(id)) {
        if (const auto* waypoint = mesh_.waypoint_of(service)) out.insert(waypoint->principal);
      }
      if (targets_gateway(id)) out.insert(own_waypoint()->principal);
    }
    return {out.begin(), out.end()};
  }

  [[nodiscard]] const Waypoint* own_waypoint() const {
    const auto found = std::ranges::find_if(mesh_.waypoints(), [&](const Waypoint& w) { return w.ns == moving_.name && w.name == moving_.waypoint; });
    return found == mesh_.waypoints().end() ? nullptr : &*found;
  }

  /// Pods of which nothing is known but that a policy for the whole namespace applies to them: no Service to target. product.md 2
  [[nodiscard]] bool targets_gateway(WorkloadId id) const { return mesh_[id].assumed && mesh_[id].labels.empty() && mesh_.services_of(id).empty() && own_waypoint() != nullptr; }

  [[nodiscard]] std::vector<WaypointHalf> waypoint_halves(const Resource& resource, const std::vector<WorkloadId>& pods) const {
    std::vector<WaypointHalf> halves;
    for (const auto& front : fronts_) {
      if (front.policies.contains(resource.id)) add_service(halves, mesh_, resource, front.service);
    }
    if (std::ranges::any_of(pods, [&](WorkloadId id) { return targets_gateway(id); })) add_gateway(halves, resource, *own_waypoint());
    return halves;
  }

  /// A policy of this namespace: edited in place into its first half, the others behind it.
  void split(const Resource& resource, const std::vector<WorkloadId>& pods) {
    const auto halves = waypoint_halves(resource, pods);
    const auto waypoints = waypoints_of(pods);
    const auto ztunnel = ztunnel_rules(resource, waypoints, trust_domains(mesh_), ZtunnelScope::Own);
    tell_uncovered(resource, pods);
    if (halves.empty()) {
      edit(resource, Code::ZtunnelForm, as_ztunnel_half(mesh_.store(), resource, ztunnel), "rules as ztunnel reads them",
           waypoints.empty() ? "no waypoint stands in front of its pods" : "no Service is left for its waypoint half");
      return;
    }
    edit(resource, Code::PolicySplit, as_waypoint_half(mesh_.store(), resource, halves.front()), fmt::format("{} -> {}", selected(resource), describe(halves.front())),
         reason(resource));
    for (std::size_t i = 1; i < halves.size(); ++i)
      append(resource, Code::FurtherWaypointHalf, "-waypoint", as_waypoint_half(mesh_.store(), resource, halves[i]), describe(halves[i]), "other ports than the first half");
    if (needs_ztunnel_half(resource, ztunnel))
      append(resource, Code::ZtunnelHalf, "-ztunnel", as_ztunnel_half(mesh_.store(), resource, ztunnel), fmt::format("for ztunnel, {}", selected(resource)),
             ztunnel_reason(resource));
  }

  /// A policy of the root namespace stays as it is, for ztunnel and for gateways; this namespace gets what it lacks.
  void extend(const Resource& resource, const std::vector<WorkloadId>& pods) {
    for (const auto& half : waypoint_halves(resource, pods))
      append(resource, Code::FurtherWaypointHalf, "-waypoint", as_waypoint_half(mesh_.store(), resource, half), describe(half), "the mesh-wide policy does not reach waypoints");
    const auto waypoints = waypoints_of(pods);
    if (waypoints.empty() || std::get<AuthorizationPolicy>(resource.spec).action != AuthorizationAction::Allow) return;
    append(resource, Code::ZtunnelHalf, "-ztunnel", as_ztunnel_half(mesh_.store(), resource, ztunnel_rules(resource, waypoints, trust_domains(mesh_), ZtunnelScope::WaypointsOnly)),
           "for ztunnel, the waypoint admitted", "the mesh-wide ALLOW would refuse it");
  }

  void allow_nothing(const Front& front) {
    const auto& service = mesh_[front.service];
    const auto& cause = ctx_.now.store()[*front.allowing.begin()];
    const auto name = names_.take(moving_.name, service.name, "-allow-nothing");
    create(name, cause, Code::ServiceDefaultDeny, allow_nothing_at(service, name, cause), fmt::format("targetRefs[Service/{}], no rules", service.name),
           "its pods have no ALLOW policy in common");
  }

  void edit(const Resource& resource, Code code, const Value& wanted, std::string what, std::string why) {
    auto changes = reconcile(mesh_.store(), resource, wanted);
    if (!changes.empty()) ctx_.plan.actions.push_back(action_on(ctx_, resource, code, moving_.name, std::move(what), std::move(why), std::move(changes)));
  }

  void append(const Resource& resource, Code code, std::string_view suffix, Value value, std::string what, std::string why) {
    const auto name = names_.take(moving_.name, resource.name.value, suffix);
    value = as_copy(std::move(value), name, resource.ns.value == moving_.name ? std::string_view() : moving_.name);
    create(name, resource, code, std::move(value), std::move(what), std::move(why));
  }

  /// Puts a policy of this namespace behind the one that it comes from.
  void create(std::string_view name, const Resource& cause, Code code, Value value, std::string what, std::string why) {
    ctx_.plan.actions.push_back(creation_of(ctx_, fmt::format("AuthorizationPolicy {}/{}", moving_.name, name), cause, code, moving_.name, std::move(what), std::move(why),
                                            AppendResource{.document = cause.document, .resource = cause.node, .value = std::move(value)}));
  }

  /// Layer 7 in front of pods that no waypoint can stand before, and Services that the policy covers in part. failures.md 1, row 20
  void tell_uncovered(const Resource& resource, const std::vector<WorkloadId>& pods) {
    const auto& policy = std::get<AuthorizationPolicy>(resource.spec);
    const auto& input = original(ctx_, resource);
    const auto tell = [&](Code code, std::string message, std::string help) {
      const auto node = std::get<AuthorizationPolicy>(input.spec).selector ? std::get<AuthorizationPolicy>(input.spec).selector->node : kNoNode;
      ctx_.plan.diagnostics.add(ctx_.before.store().about(input, node, code, std::move(message), std::move(help)));
    };
    const auto bare = std::ranges::find_if(pods, [&](WorkloadId id) { return waypoints_of({id}).empty(); });
    if (bare != pods.end() && !std::ranges::all_of(policy.rules, exact_at_ztunnel))
      tell(Code::NoServiceInFront, fmt::format("no Service with an address of its own fronts {}, so no waypoint enforces the rules on HTTP", mesh_[*bare].subject(mesh_.store())),
           "ztunnel denies what it cannot judge; give the pods a Service that is not headless");
    const auto selected = mesh_.selected_by(resource);
    for (const auto& front : fronts_) {
      const auto& backends = mesh_[front.service].backends;
      const auto covered = std::ranges::count_if(backends, [&](WorkloadId id) { return std::ranges::find(selected, id) != selected.end(); });
      if (covered > 0 && std::cmp_less(covered, backends.size()))
        tell(Code::PartOfService, fmt::format("selects some of the pods behind Service `{}`, and a waypoint cannot tell them apart", mesh_[front.service].name),
             "give these pods a Service of their own");
    }
  }

  PassContext& ctx_;
  const MeshModel& mesh_;
  const MovingNamespace& moving_;
  Names& names_;
  std::vector<Front> fronts_;
};

}  // namespace

void split_policies(PassContext& ctx) {
  Names names(ctx.now);
  for (const auto& [name, moving] : ctx.survey.moving) Splitter(ctx, moving, names).split_all();
}

}  // namespace s2a
