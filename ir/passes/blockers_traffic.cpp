// Routes and client settings that sidecars follow and ztunnel does not: until they are translated, no caller may leave its sidecar.
#include <fmt/format.h>

#include <algorithm>

#include "ir/passes/survey.h"

namespace s2a {
namespace {

/// A client's sidecar applies them, and every namespace may hold clients.
std::set<std::string> all_clients(const MeshModel& mesh) { return sidecar_namespaces(mesh, mesh.root_namespace(), nullptr); }

constexpr std::string_view kClients = "every sidecar may route by it: no namespace can leave its sidecars before it is translated";

void find_in_routes(const MeshModel& mesh, std::vector<Blocker>& out) {
  for (const auto* resource : mesh.all(Kind::VirtualService)) {
    const auto& service = std::get<VirtualService>(resource->spec);
    if (!service.in_mesh()) continue;
    const auto node = service.gateways.empty() ? (service.hosts.empty() ? kNoNode : service.hosts.front().node)
                                               : std::ranges::find(service.gateways, "mesh", [](const auto& g) { return g.value; })->node;
    out.push_back(block(mesh, *resource, node, Code::UnsupportedVirtualService, "routes of the mesh are not translated yet", all_clients(mesh), std::string(kClients)));
  }
  for (const auto kind : {Kind::HTTPRoute, Kind::TCPRoute, Kind::TLSRoute, Kind::GRPCRoute}) {
    for (const auto* resource : mesh.all(kind)) {
      const auto& route = std::get<Route>(resource->spec);
      const auto parent = std::ranges::find_if(route.parents, [](const ObjectRef& p) { return p.kind.value == "Service" || p.kind.value == "ServiceEntry"; });
      if (parent == route.parents.end()) continue;
      out.push_back(block(mesh, *resource, parent->kind.node, Code::UnsupportedMeshRoute, "routes of the mesh are not translated yet", all_clients(mesh), std::string(kClients)));
    }
  }
}

void find_in_destination_rules(const MeshModel& mesh, std::vector<Blocker>& out) {
  for (const auto* resource : mesh.all(Kind::DestinationRule)) {
    const auto& rule = std::get<DestinationRule>(resource->spec);
    if (!rule.tls_mode.value.empty() && rule.tls_mode.value != "ISTIO_MUTUAL") {
      out.push_back(block(mesh, *resource, rule.tls_mode.node, Code::UnsupportedDestinationRuleTls, fmt::format("TLS mode {} of a client is not translated yet", rule.tls_mode.value),
                          all_clients(mesh), std::string(kClients)));
    }
  }
}

/// Resources that change what a proxy does, in a way that is not modelled yet.
template <class Spec>
void find_proxy_resources(const MeshModel& mesh, Kind kind, std::vector<Blocker>& out, const Labels* (*labels_of)(const Spec&)) {
  for (const auto* resource : mesh.all(kind)) {
    out.push_back(block(mesh, *resource, kNoNode, Code::UnsupportedProxyResource, fmt::format("{} is not translated yet", to_string(kind)),
                        sidecar_namespaces(mesh, resource->ns.value, labels_of(std::get<Spec>(resource->spec))), "the namespaces that it applies to stay on sidecars"));
  }
}

template <class Spec>
const Labels* selector_labels(const Spec& spec) {
  return spec.selector && spec.selector->match_labels ? &*spec.selector->match_labels : nullptr;
}

template <class Spec>
const Labels* workload_labels(const Spec& spec) {
  return spec.workload_selector ? &*spec.workload_selector : nullptr;
}

void find_sidecars(const MeshModel& mesh, std::vector<Blocker>& out) {
  for (const auto* resource : mesh.all(Kind::Sidecar)) {
    const auto& sidecar = std::get<Sidecar>(resource->spec);
    const bool restricts = sidecar.outbound_mode.value == "REGISTRY_ONLY";
    if (sidecar.ingress == kNoNode && !restricts) continue;
    out.push_back(block(mesh, *resource, restricts ? sidecar.outbound_mode.node : sidecar.ingress, Code::UnsupportedProxyResource,
                        restricts ? "ztunnel does not keep callers to the registry" : "ztunnel has no ingress listeners",
                        sidecar_namespaces(mesh, resource->ns.value, workload_labels(sidecar)), "the namespaces that it applies to stay on sidecars"));
  }
}

}  // namespace

void find_traffic_blockers(const MeshModel& mesh, std::vector<Blocker>& out) {
  find_in_routes(mesh, out);
  find_in_destination_rules(mesh, out);
  find_proxy_resources<EnvoyFilter>(mesh, Kind::EnvoyFilter, out, workload_labels);
  find_proxy_resources<WasmPlugin>(mesh, Kind::WasmPlugin, out, selector_labels);
  find_proxy_resources<TrafficExtension>(mesh, Kind::TrafficExtension, out, selector_labels);
  find_sidecars(mesh, out);
}

}  // namespace s2a
