// Which AuthorizationPolicies stand where: at a sidecar, at ztunnel, at a waypoint. authorization.md 2.1, 3.1, 4.2
#include <algorithm>

#include "ir/mesh/mesh_model.h"
#include "ir/mesh/well_known.h"

namespace s2a {

namespace {

const AuthorizationPolicy* untargeted(const Resource& resource) {
  const auto* policy = std::get_if<AuthorizationPolicy>(&resource.spec);
  return policy && policy->target_refs.empty() ? policy : nullptr;
}

/// istiod sends what ztunnel can enforce; a selector without matchLabels attaches to nothing there. 3.1
bool sent_to_ztunnel(const AuthorizationPolicy& policy) {
  const bool enforced = policy.action == AuthorizationAction::Allow || policy.action == AuthorizationAction::Deny;
  return enforced && !policy.dry_run && (!policy.selector || policy.selector->match_labels);
}

/// A Pod as it is written: what makes pods always labels them.
bool without_labels(const Store& store, const MeshWorkload& workload) { return workload.labels.empty() && workload.resource && store[*workload.resource].kind == Kind::Pod; }

/// What references name on the way to what is dialled: itself, unless it is a pod's own address, the waypoint, and all waypoints. 4.2
std::vector<Target> targets(const MeshModel& mesh, const Dialled& to, const Waypoint& waypoint) {
  constexpr std::string_view kGatewayGroup = "gateway.networking.k8s.io";
  std::vector<Target> out{{kGatewayGroup, "Gateway", waypoint.name, waypoint.ns}, {kGatewayGroup, "GatewayClass", kWaypointClass, mesh.root_namespace()}};
  if (const auto* service = std::get_if<ServiceId>(&to)) out.push_back({"", "Service", mesh[*service].name, mesh[*service].ns});
  if (const auto* entry = std::get_if<ResourceId>(&to)) {
    const auto& resource = mesh.store()[*entry];
    out.push_back({"networking.istio.io", "ServiceEntry", resource.name.value, resource.ns.value});
  }
  return out;
}

/// What a pod's own proxy enforces of a kind, by selector. 2.1, 7
template <class Spec>
std::vector<const Resource*> selecting(const MeshModel& mesh, Kind kind, const MeshWorkload& pod) {
  auto out = mesh.all(kind);
  std::erase_if(out, [&](const Resource* resource) {
    const auto* spec = std::get_if<Spec>(&resource->spec);
    const bool near = resource->ns.value == pod.ns || resource->ns.value == mesh.root_namespace();
    return !spec || !near || !spec->target_refs.empty() || !picks(spec->selector, pod.labels);
  });
  return out;
}

std::vector<const Resource*> joined(std::vector<const Resource*> first, const std::vector<const Resource*>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

}  // namespace

std::vector<WorkloadId> MeshModel::selected_by(const Resource& resource) const {
  const auto* selector = selector_of(resource);
  if (selector == nullptr) return {};
  const auto everywhere = resource.ns.value == root_namespace_;
  const bool selective = *selector && (*selector)->match_labels;
  auto picked = index_.select(everywhere ? kAllNamespaces : resource.ns.value, selective ? *(*selector)->match_labels : Labels{});
  std::erase_if(picked, [&](WorkloadId id) { return (*this)[id].waypoint; });
  return picked;
}

std::vector<const Resource*> MeshModel::policies_at_sidecar(WorkloadId workload) const { return policies_[static_cast<std::uint32_t>(workload)]; }

std::vector<const Resource*> MeshModel::policies_at_ztunnel(WorkloadId workload) const {
  const auto& pod = (*this)[workload];
  // a pod without labels gets the policies of every selector. 3.1
  auto policies = without_labels(*store_, pod) ? all(Kind::AuthorizationPolicy) : policies_at_sidecar(workload);
  std::erase_if(policies, [&](const Resource* resource) {
    const auto* policy = untargeted(*resource);
    return !policy || !sent_to_ztunnel(*policy) || (resource->ns.value != pod.ns && resource->ns.value != root_namespace_);
  });
  return policies;
}

std::vector<const Resource*> MeshModel::attached(Kind kind, const Dialled& to, const Waypoint& waypoint) const {
  std::vector<const Resource*> out;
  const auto index = targeted_.find(kind);
  if (index == targeted_.end()) return out;
  for (const auto place : index->second.find(targets(*this, to, waypoint))) out.push_back(all(kind)[place]);
  return out;
}

std::vector<const Resource*> MeshModel::policies_at_waypoint(const Dialled& to, const Waypoint& waypoint) const { return attached(Kind::AuthorizationPolicy, to, waypoint); }

std::vector<const Resource*> MeshModel::authentications_at_waypoint(const Dialled& to, const Waypoint& waypoint) const {
  return attached(Kind::RequestAuthentication, to, waypoint);
}

std::vector<const Resource*> MeshModel::authentications_at_sidecar(WorkloadId workload) const {
  return selecting<RequestAuthentication>(*this, Kind::RequestAuthentication, (*this)[workload]);
}

std::vector<const Resource*> MeshModel::extensions_at_waypoint(const Dialled& to, const Waypoint& waypoint) const {
  return joined(attached(Kind::WasmPlugin, to, waypoint), attached(Kind::TrafficExtension, to, waypoint));
}

std::vector<const Resource*> MeshModel::extensions_at_sidecar(WorkloadId workload) const {
  const auto& pod = (*this)[workload];
  return joined(selecting<Extension>(*this, Kind::WasmPlugin, pod), selecting<Extension>(*this, Kind::TrafficExtension, pod));
}

}  // namespace s2a
