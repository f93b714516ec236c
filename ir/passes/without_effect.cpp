// What sidecars followed and neither ztunnel nor a waypoint does, without a say in who gets in: said, and left as it is. authorization.md 7
#include <algorithm>

#include "ir/passes/blockers.h"
#include "ir/passes/survey.h"

namespace s2a {

void tell_without_effect(const MeshModel& mesh, const std::map<std::string, MovingNamespace>& moving, Diagnostics& out) {
  const auto tell = [&](Code code, const Resource& resource, NodeId node, const Labels* labels, std::string message, std::string help) {
    const auto touched = sidecar_namespaces(mesh, resource.ns.value, labels);
    if (std::ranges::any_of(touched, [&](const std::string& ns) { return moving.contains(ns); }))
      out.add(mesh.store().about(resource, node, code, std::move(message), std::move(help)));
  };
  for (const auto* resource : mesh.all(Kind::Telemetry)) {
    const auto& telemetry = std::get<Telemetry>(resource->spec);
    if (telemetry.selector && telemetry.selector->match_labels)
      tell(Code::NoEffectInAmbient, *resource, telemetry.selector->key, labels_of(telemetry.selector), "a waypoint does not read selectors", "give it targetRefs to the Services");
  }
  for (const auto* resource : mesh.all(Kind::Sidecar)) {
    const auto& sidecar = std::get<Sidecar>(resource->spec);
    if (sidecar.egress != kNoNode)
      tell(Code::NoEffectInAmbient, *resource, sidecar.egress, labels_of(sidecar.workload_selector), "ztunnel does not read what a sidecar may see",
           "it can go with the last sidecar");
  }
  for (const auto* resource : mesh.all(Kind::DestinationRule)) {
    const auto& rule = std::get<DestinationRule>(resource->spec);
    if (rule.traffic_policy != kNoNode && rule.tls_mode.value.empty())
      tell(Code::NoEffectInAmbient, *resource, rule.traffic_policy, nullptr, "ztunnel balances connections by itself",
           "a waypoint follows the traffic policy; without one it has no effect");
  }
  for (const auto* resource : mesh.all(Kind::NetworkPolicy))
    tell(Code::NetworkPolicyPort, *resource, kNoNode, &std::get<NetworkPolicy>(resource->spec).pod_selector, "ambient traffic reaches pods on port 15008, whatever port it is for",
         "admit TCP port 15008; the ports that it names no longer keep callers apart");
}

}  // namespace s2a
