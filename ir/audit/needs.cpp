// Who asks, and for whom.
#include "ir/audit/needs.h"

#include <algorithm>
#include <array>
#include <set>

#include "ir/audit/rule_fields.h"
#include "ir/authz/trust_domains.h"
#include "ir/mesh/host_name.h"
#include "ir/passes/fronts.h"
#include "ir/passes/rule_at_ztunnel.h"

namespace s2a {
namespace {

Reason at_field(const MeshModel& mesh, const Resource& resource, std::string_view field) {
  return reason_at(mesh.store(), resource, mesh.store()[resource.document].at(resource.node, {"spec", field}), std::string(field));
}

std::vector<Reason> reasons_of(const MeshModel& mesh, const Resource& resource) {
  if (std::holds_alternative<AuthorizationPolicy>(resource.spec)) return layer_7_of(mesh, resource);
  if (const auto* tokens = std::get_if<RequestAuthentication>(&resource.spec))
    return tokens->jwt_rules.empty() ? std::vector<Reason>() : std::vector{at_field(mesh, resource, "jwtRules")};
  if (const auto* routes = std::get_if<VirtualService>(&resource.spec)) return routes->in_mesh() ? std::vector{at_field(mesh, resource, "hosts")} : std::vector<Reason>();
  const auto* extension = std::get_if<Extension>(&resource.spec);
  if (extension == nullptr) return {at_field(mesh, resource, "parentRefs")};
  return extension->asks_for_waypoint() ? std::vector{at_field(mesh, resource, "selector")} : std::vector<Reason>();
}

/// Whether a host of a VirtualService of namespace `ns` means the Service: by its name, or any longer form of it.
bool names(const MeshModel& mesh, std::string_view host, std::string_view ns, const MeshService& service) {
  const auto full = service_host(service.name, service.ns, mesh.cluster_domain());
  if (host.starts_with('*')) return full.ends_with(host.substr(1));
  if (host.find('.') == std::string_view::npos) return host == service.name && ns == service.ns;
  return full == host || full.starts_with(std::string(host) + (host.ends_with(".svc") ? "." : ".svc."));
}

bool leads_by(const MeshModel& mesh, const Resource& resource, const MeshService& service) {
  if (const auto* route = std::get_if<Route>(&resource.spec))
    return std::ranges::any_of(route->parents, [&](const ObjectRef& parent) {
      return parent.kind.value == "Service" && parent.name.value == service.name && (parent.ns.empty() ? resource.ns.value : parent.ns) == service.ns;
    });
  const auto* routes = std::get_if<VirtualService>(&resource.spec);
  return routes != nullptr && std::ranges::any_of(routes->hosts, [&](const auto& host) { return names(mesh, host.value, resource.ns.value, service); });
}

/// Pods with sidecars that a selector picks, or that the Services of a route lead to.
std::vector<WorkloadId> reached_by(const MeshModel& mesh, const Resource& resource) {
  const auto selected = mesh.selected_by(resource);
  std::set<WorkloadId> out(selected.begin(), selected.end());
  for (const auto& service : mesh.services()) {
    if (!leads_by(mesh, resource, service)) continue;
    for (const auto& way : mesh.reach(service.id)) out.insert(way.workload);
  }
  std::erase_if(out, [&](WorkloadId id) { return mesh[id].dataplane != Dataplane::Sidecar; });
  return {out.begin(), out.end()};
}

constexpr std::array kAsking = {Kind::AuthorizationPolicy, Kind::RequestAuthentication, Kind::VirtualService, Kind::HTTPRoute, Kind::GRPCRoute, Kind::TCPRoute, Kind::TLSRoute,
                                Kind::WasmPlugin,          Kind::TrafficExtension};

}  // namespace

std::vector<Reason> layer_7_of(const MeshModel& mesh, const Resource& policy) {
  const auto& spec = authorization_of(policy);
  const auto domains = trust_domains(mesh);
  const auto* beyond = beyond_ztunnel(spec, domains);
  if (beyond == nullptr) return {};
  std::vector<Reason> out;
  const bool custom = spec.action == AuthorizationAction::Custom;
  if (custom) out.push_back(reason_at(mesh.store(), policy, spec.action_text.node, "CUSTOM"));
  for (auto& field : fields_of(mesh.store(), policy))
    if (!exact_at_ztunnel(field.alone, custom ? AuthorizationAction::Deny : spec.action, domains)) out.push_back(std::move(field.reason));
  if (out.empty()) out.push_back(reason_at(mesh.store(), policy, beyond->node));
  return out;
}

std::vector<Need> waypoint_needs(const MeshModel& mesh) {
  std::vector<Need> out;
  for (const auto kind : kAsking) {
    for (const auto* resource : mesh.all(kind)) {
      auto workloads = reached_by(mesh, *resource);
      if (workloads.empty()) continue;
      auto reasons = reasons_of(mesh, *resource);
      if (reasons.empty()) continue;
      out.push_back(
          {.subject = resource->subject(), .place = mesh.store().label(*resource, resource->name.node), .reasons = std::move(reasons), .workloads = std::move(workloads)});
    }
  }
  return out;
}

bool can_have_waypoint(const MeshModel& mesh, WorkloadId workload) {
  const auto& ways = mesh.fronts(workload);
  return std::ranges::any_of(ways, [&](const Delivery& way) { return !mesh[way.service].spec.headless(); }) ||
         (mesh[workload].assumed && mesh[workload].labels.empty() && ways.empty());
}

}  // namespace s2a
