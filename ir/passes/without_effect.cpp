// What sidecars followed and neither ztunnel nor a waypoint does, without a say in who gets in: said, and left as it is. authorization.md 7
#include <algorithm>

#include <fmt/format.h>

#include "ir/mesh/well_known.h"
#include "ir/passes/blockers.h"
#include "ir/passes/envoy_patches.h"
#include "ir/passes/survey.h"

namespace s2a {

void tell_without_effect(const MeshModel& mesh, const std::map<std::string, MovingNamespace>& moving, Diagnostics& out) {
  const auto tell = [&](Code code, const Resource& resource, NodeId node, const Labels* labels, std::string message, std::string help) {
    const auto touched = sidecar_namespaces(mesh, resource.ns.value, labels);
    if (std::ranges::any_of(touched, [&](const std::string& ns) { return moving.contains(ns); }))
      out.add(mesh.store().about(resource, node, code, std::move(message), std::move(help)));
  };
  for (const auto* resource : mesh.all(Kind::Sidecar)) {
    const auto& sidecar = std::get<Sidecar>(resource->spec);
    if (sidecar.egress != kNoNode)
      tell(Code::NoEffectInAmbient, *resource, sidecar.egress, labels_of(sidecar.workload_selector), "ztunnel does not read what a sidecar may see",
           "it can go with the last sidecar");
  }
  for (const auto* resource : mesh.all(Kind::EnvoyFilter)) {
    const auto& filter = std::get<EnvoyFilter>(resource->spec);
    const auto patch = std::ranges::find_if(filter.patches, for_sidecars);
    if (filter.target_refs.empty() && patch != filter.patches.end())
      tell(Code::NoEffectInAmbient, *resource, patch->apply_to.node, labels_of(filter.workload_selector), "no proxy in ambient mode follows its patches",
           "it decides nothing about requests; connections, statistics or responses may differ");
  }
  for (const auto* resource : mesh.all(Kind::ProxyConfig))
    tell(Code::NoEffectInAmbient, *resource, kNoNode, labels_of(std::get<ProxyConfig>(resource->spec).selector), "the pods have no proxy of their own that would read it",
         "it can go with the last sidecar");
  for (const auto& workload : mesh.workloads()) {
    if (workload.dataplane != Dataplane::Sidecar || !workload.resource || !moving.contains(workload.ns)) continue;
    const auto& resource = mesh.store()[*workload.resource];
    const auto& pod = std::get<Workload>(resource.spec);
    if (!pod.proxy_settings.empty())
      out.add(mesh.store().about(resource, pod.pod_annotations.find(kProxyConfig)->second.node, Code::NoEffectInAmbient,
                                 "the pods have no proxy of their own that would read its settings", "tracing and statistics of a waypoint are set by Telemetry"));
  }
  for (const auto* resource : mesh.all(Kind::DestinationRule)) {
    const auto& rule = std::get<DestinationRule>(resource->spec);
    if (rule.traffic_policy() != kNoNode && rule.tls_mode.value.empty())
      tell(Code::NoEffectInAmbient, *resource, rule.traffic_policy(), nullptr, "ztunnel balances connections by itself",
           "a waypoint follows the traffic policy; without one it has no effect");
  }
  for (const auto* resource : mesh.all(Kind::NetworkPolicy)) {
    const auto& policy = std::get<NetworkPolicy>(resource->spec);
    if (policy.ports != kNoNode)
      tell(Code::NetworkPolicyPort, *resource, policy.ports, &policy.pod_selector, "ambient traffic reaches pods on port 15008, whatever port it is for",
           "admit TCP port 15008; the ports that it names no longer keep callers apart");
    if (policy.peers != kNoNode && std::ranges::any_of(moving, [](const auto& ns) { return !ns.second.waypoint.empty(); }))
      tell(Code::NetworkPolicyPeer, *resource, policy.peers, &policy.pod_selector, "where a waypoint is on the way, the pod at the other end is the waypoint's",
           fmt::format("admit pods with label {} too, and give them the NetworkPolicies that the pods behind them rely on", kGatewayName));
  }
}

}  // namespace s2a
