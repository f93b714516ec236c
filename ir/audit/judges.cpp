// The judges of resources.
#include "ir/audit/judges.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "ir/passes/blockers.h"
#include "ir/passes/envoy_patches.h"

namespace s2a {
namespace {

using Judged = std::optional<Touch>;

constexpr auto kHarmless = ImpactKind::Harmless;
constexpr auto kChanges = ImpactKind::Changes;

bool touches(const MeshModel& mesh, const Resource& resource, const Labels* labels) { return !sidecar_namespaces(mesh, resource.ns.value, labels).empty(); }

/// Read by the sidecars of clients, which may be anywhere.
bool has_clients(const MeshModel& mesh) { return !sidecar_namespaces(mesh, mesh.root_namespace(), nullptr).empty(); }

Judged judge_request_authentication(const MeshModel& mesh, const Resource& resource) {
  const auto& tokens = std::get<RequestAuthentication>(resource.spec);
  if (!tokens.target_refs.empty()) return Touch{kHarmless, "it has targetRefs: void until its target has a waypoint, which then checks tokens"};
  if (!touches(mesh, resource, labels_of(tokens.selector))) return std::nullopt;
  if (tokens.jwt_rules.empty()) return Touch{kHarmless, "it names no issuer, so no token is checked"};
  return Touch{kChanges, "ztunnel looks at no token, and a waypoint does not read selectors: left as it is, invalid tokens get in"};
}

Judged judge_envoy_filter(const MeshModel& mesh, const Resource& resource) {
  const auto& filter = std::get<EnvoyFilter>(resource.spec);
  if (!touches(mesh, resource, labels_of(filter.workload_selector))) return std::nullopt;
  const auto patch = std::ranges::find_if(filter.patches, for_sidecars);
  if (!filter.target_refs.empty() || patch == filter.patches.end()) return Touch{kHarmless, "it says nothing to sidecars"};
  return Touch{kChanges, "neither ztunnel nor a waypoint reads it", patch->apply_to.node};
}

Judged judge_sidecar(const MeshModel& mesh, const Resource& resource) {
  const auto& sidecar = std::get<Sidecar>(resource.spec);
  if (!touches(mesh, resource, labels_of(sidecar.workload_selector))) return std::nullopt;
  if (sidecar.ingress != kNoNode) return Touch{kChanges, "ztunnel has no ingress listeners", sidecar.ingress};
  if (sidecar.outbound_mode.value == "REGISTRY_ONLY") return Touch{kChanges, "ztunnel does not keep callers to the registry", sidecar.outbound_mode.node};
  if (sidecar.egress != kNoNode) return Touch{kChanges, "ztunnel does not read what a sidecar may see: every Service can be called", sidecar.egress};
  return Touch{kHarmless, "it says nothing that ambient mode would do otherwise"};
}

Judged judge_proxy_config(const MeshModel& mesh, const Resource& resource) {
  if (!touches(mesh, resource, labels_of(std::get<ProxyConfig>(resource.spec).selector))) return std::nullopt;
  return Touch{kHarmless, "it sets up the sidecars' own processes, which go"};
}

Judged judge_plug_in(const MeshModel& mesh, const Resource& resource) {
  const auto& plug_in = std::get<Extension>(resource.spec);
  if (!plug_in.target_refs.empty()) return Touch{kHarmless, "it has targetRefs: void until its target has a waypoint, which then runs it"};
  if (!touches(mesh, resource, labels_of(plug_in.selector))) return std::nullopt;
  return Touch{kChanges, "ztunnel runs no plug-ins, and a waypoint does not read selectors: left as it is, it runs nowhere"};
}

Judged judge_telemetry(const MeshModel& mesh, const Resource& resource) {
  const auto& telemetry = std::get<Telemetry>(resource.spec);
  if (!touches(mesh, resource, labels_of(telemetry.selector))) return std::nullopt;
  if (telemetry.selector && telemetry.selector->match_labels) return Touch{kChanges, "a waypoint does not read selectors: give it targetRefs", telemetry.selector->key};
  return Touch{kHarmless, "waypoints read it as well; ztunnel counts connections by itself"};
}

Judged judge_destination_rule(const MeshModel& mesh, const Resource& resource) {
  const auto& rule = std::get<DestinationRule>(resource.spec);
  if (!has_clients(mesh)) return std::nullopt;
  if (!rule.tls_mode.value.empty() && rule.tls_mode.value != "ISTIO_MUTUAL")
    return Touch{kChanges, fmt::format("ztunnel does not read TLS mode {}: callers get an identity where they had none, or lose their TLS", rule.tls_mode.value),
                 rule.tls_mode.node};
  if (rule.traffic_policy() != kNoNode && rule.tls_mode.value.empty())
    return Touch{kChanges, "ztunnel balances connections by itself; a waypoint follows the traffic policy", rule.traffic_policy()};
  return Touch{kHarmless, rule.subsets.empty() ? "mutual TLS is what ztunnel does anyway" : "subsets count where a route names them"};
}

Judged judge_virtual_service(const MeshModel& mesh, const Resource& resource) {
  if (!std::get<VirtualService>(resource.spec).in_mesh() || !has_clients(mesh)) return std::nullopt;
  return Touch{kChanges, "ztunnel does not route: only a waypoint in front of the destination does"};
}

Judged judge_route(const MeshModel& mesh, const Resource& resource) {
  const auto& parents = std::get<Route>(resource.spec).parents;
  const auto in_mesh = [](const ObjectRef& p) { return p.kind.value == "Service" || p.kind.value == "ServiceEntry"; };
  if (std::ranges::none_of(parents, in_mesh) || !has_clients(mesh)) return std::nullopt;
  return Touch{kChanges, "ztunnel does not route: only a waypoint in front of the destination does"};
}

Judged judge_network_policy(const MeshModel& mesh, const Resource& resource) {
  const auto& policy = std::get<NetworkPolicy>(resource.spec);
  if (!touches(mesh, resource, &policy.pod_selector)) return std::nullopt;
  if (policy.ports == kNoNode && policy.peers != kNoNode)
    return Touch{kHarmless, "it names no ports that leave out 15008; but the pod at the other end is a waypoint's where one is on the way: admit that too", policy.peers};
  if (policy.ports == kNoNode) return Touch{kHarmless, "it names no ports that leave out 15008, on which ambient traffic reaches pods"};
  return Touch{kChanges, "ambient traffic reaches pods on port 15008, whatever port it is for: admit it; the ports that it names no longer keep callers apart", policy.ports};
}

Judged judge_mesh_config(const MeshModel& mesh, const Resource& resource) {
  const auto* config = std::get_if<MeshConfig>(&resource.spec);
  if (config == nullptr || !has_clients(mesh)) return std::nullopt;
  if (config->trust_domain_aliases.empty()) return Touch{kHarmless, "read by istiod in ambient mode as well"};
  return Touch{kChanges, fmt::format("ztunnel takes certificates of trust domain {} only: callers that still carry {} are refused", mesh.trust_domain(),
                                     fmt::join(config->trust_domain_aliases, ", "))};
}

constexpr std::array kJudges = {
    Judge{Kind::RequestAuthentication, judge_request_authentication},
    Judge{Kind::PeerAuthentication, judge_peer_authentication},
    Judge{Kind::EnvoyFilter, judge_envoy_filter},
    Judge{Kind::Sidecar, judge_sidecar},
    Judge{Kind::ProxyConfig, judge_proxy_config},
    Judge{Kind::WasmPlugin, judge_plug_in},
    Judge{Kind::TrafficExtension, judge_plug_in},
    Judge{Kind::Telemetry, judge_telemetry},
    Judge{Kind::DestinationRule, judge_destination_rule},
    Judge{Kind::VirtualService, judge_virtual_service},
    Judge{Kind::HTTPRoute, judge_route},
    Judge{Kind::GRPCRoute, judge_route},
    Judge{Kind::TCPRoute, judge_route},
    Judge{Kind::TLSRoute, judge_route},
    Judge{Kind::NetworkPolicy, judge_network_policy},
    Judge{Kind::IstioConfigMap, judge_mesh_config},
    Judge{Kind::IstioOperator, judge_mesh_config},
    Judge{Kind::SailIstio, judge_mesh_config},
};

}  // namespace

std::span<const Judge> judges() { return kJudges; }

}  // namespace s2a
