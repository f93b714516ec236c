// WasmPlugins, TrafficExtensions and Telemetry that select pods go to the Services in front of them: a waypoint reads no selectors. authorization.md 7
//
//   kind: WasmPlugin                          kind: WasmPlugin                            kind: AuthorizationPolicy
//   metadata: { name: keys }                  metadata: { name: keys }                    metadata: { name: keys-ztunnel }
//   spec:                                     spec:                                       spec:
//     selector: { app: cart }          ->       targetRefs: [ Service cart ]       +        selector: { app: cart }
//     phase: AUTHZ                              phase: AUTHZ                                action: DENY
//     url: ...                                  url: ...                                    rules: [ when: source.principal notValues [the waypoint] ]
//
// One of phase AUTHN or AUTHZ, or of none, may refuse: what comes past the waypoint cannot be asked, and is denied. Telemetry without a selector holds at waypoints as it stands.
#include <fmt/format.h>

#include <algorithm>

#include "ir/mesh/kubectl.h"
#include "ir/passes/passes.h"
#include "ir/passes/retarget.h"

namespace s2a {
namespace {

class Mover {
 public:
  Mover(PassContext& ctx, const MovingNamespace& moving, Names& policies) : ctx_(ctx), moving_(moving), retargeter_(ctx, moving, policies) {}

  void move(const Resource& resource, const Extension& extension, Names& names) {
    const auto reach = reach_of(ctx_.now, resource, moving_);
    if (reach.pods.empty()) return;
    if (!extension.runs_at_waypoints()) {
      tell(resource, Code::NoEffectInAmbient, "a waypoint leaves out what is bound to ports or to outgoing traffic", "remove `match` if it is for all requests");
    } else if (!ctx_.now.store().may_edit(resource) && !extension.may_refuse()) {
      tell(resource, Code::NoEffectInAmbient, std::string(kNotRead), kGiveTargets);
    } else {
      retargeter_.to_services(resource, reach, names, Code::ExtensionMoved, "ztunnel runs no extensions");
      retargeter_.tell_parts(resource, reach);
      if (reach.stays) assume_secret(resource, extension);
      if (extension.may_refuse()) close(resource, extension, reach);
      tell_who_passes_by(resource, extension, reach);
    }
  }

  void move(const Resource& resource, const Telemetry& telemetry, Names& names) {
    const auto reach = reach_of(ctx_.now, resource, moving_);
    if (reach.pods.empty()) return;
    const bool selects = telemetry.selector && !telemetry.selector->empty();
    if (selects && resource.ns.value != moving_.name) return;  // from another namespace istiod takes only what is for all pods
    if (without_waypoint(reach) != nullptr)
      tell(resource, Code::NoEffectInAmbient, "ztunnel does not read it, and some of its pods have no waypoint in front of them", kNeedsService);
    if (selects && ctx_.now.store().may_edit(resource))
      retargeter_.to_services(resource, reach, names, Code::ExtensionMoved, kNotRead);
    else if (selects)
      tell(resource, Code::NoEffectInAmbient, std::string(kNotRead), kGiveTargets);
  }

 private:
  static constexpr std::string_view kNotRead = "a waypoint does not read selectors";
  static constexpr std::string_view kGiveTargets = "give it targetRefs to the Services: its text must not be changed from here";
  static constexpr std::string_view kNeedsService = "a waypoint follows it for Services that are not headless, in a namespace that has a waypoint";

  [[nodiscard]] const MeshWorkload* without_waypoint(const Reach& reach) const {
    const auto found = std::ranges::find_if(reach.pods, [&](WorkloadId id) { return waypoints_of(ctx_.now, moving_, {id}).empty(); });
    return found == reach.pods.end() ? nullptr : &ctx_.now[*found];
  }

  void tell(const Resource& resource, Code code, std::string message, std::string_view help) {
    const auto& input = original(ctx_, resource);
    const auto& selector = *selector_of(input);
    ctx_.plan.diagnostics.add(ctx_.before.store().about(input, selector ? selector->key : kNoNode, code, std::move(message), std::string(help)));
  }

  /// What reads bytes sees every port; what reads HTTP sees nothing on ports of bytes in sidecars either.
  void close(const Resource& resource, const Extension& extension, const Reach& reach) {
    const auto unseen = extension.network ? std::vector<std::uint16_t>() : common_ports(ctx_.now, reach.pods, AppProtocol::Tcp);
    retargeter_.close_to_others(resource, reach, unseen, Code::ExtensionGuard, "ztunnel runs no extensions");
  }

  void tell_who_passes_by(const Resource& resource, const Extension& extension, const Reach& reach) {
    const auto* bare = without_waypoint(reach);
    const auto subject = bare == nullptr ? std::string() : bare->subject(ctx_.now.store());
    if (bare != nullptr && extension.may_refuse())
      tell(resource, Code::NoServiceInFront, fmt::format("no Service with an address of its own fronts {}, so no waypoint runs it", subject),
           "ztunnel denies what it cannot judge; give the pods a Service that is not headless");
    else if (bare != nullptr)
      tell(resource, Code::NoEffectInAmbient, fmt::format("no waypoint stands in front of {}, and ztunnel runs no extensions", subject), kNeedsService);
  }

  /// A copy finds the Secret for its image in its own namespace.
  void assume_secret(const Resource& resource, const Extension& extension) {
    const auto& secret = extension.image_pull_secret;
    if (secret.empty() || resource.ns.value == moving_.name) return;
    ctx_.plan.assumptions.push_back({.text = fmt::format("namespace {} has the Secret `{}` that {} pulls its image with", moving_.name, secret, resource.subject()),
                                     .command = fmt::format("kubectl get secret {} -n {}", shell_word(secret), shell_word(moving_.name)),
                                     .ns = moving_.name,
                                     .about_input = false});
  }

  PassContext& ctx_;
  const MovingNamespace& moving_;
  Retargeter retargeter_;
};

template <class Spec>
void move_all(PassContext& ctx, Mover& mover, Kind kind, Names& names) {
  for (const auto* resource : ctx.now.all(kind))
    if (const auto* spec = std::get_if<Spec>(&resource->spec)) mover.move(*resource, *spec, names);
}

}  // namespace

void retarget_extensions(PassContext& ctx) {
  Names policies(ctx.now, Kind::AuthorizationPolicy);
  Names plugins(ctx.now, Kind::WasmPlugin);
  Names extensions(ctx.now, Kind::TrafficExtension);
  Names telemetry(ctx.now, Kind::Telemetry);
  for (const auto& [name, moving] : ctx.survey.moving) {
    Mover mover(ctx, moving, policies);
    move_all<Extension>(ctx, mover, Kind::WasmPlugin, plugins);
    move_all<Extension>(ctx, mover, Kind::TrafficExtension, extensions);
    move_all<Telemetry>(ctx, mover, Kind::Telemetry, telemetry);
  }
}

}  // namespace s2a
