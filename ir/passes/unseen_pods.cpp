// A mesh whose pods let everybody in has nothing that a waypoint could be the way around.
#include "ir/passes/unseen_pods.h"

#include <algorithm>
#include <array>

#include "ir/passes/envoy_patches.h"
#include "ir/pattern/address.h"

namespace s2a {
namespace {

bool has_addresses(const ServiceEntry& entry) {
  return std::ranges::any_of(entry.endpoints, [](const EntryEndpoint& endpoint) { return parse_address(endpoint.address).has_value(); });
}

/// The API server runs beside the pods, not as one.
bool is_api_server(const MeshService& service) { return service.ns == "default" && service.name == "kubernetes"; }

bool has_unseen_endpoints(const MeshService& service) { return !service.selects_pods() && !is_api_server(service); }

bool asks_for_mtls(const Resource* resource) {
  const auto* spec = std::get_if<PeerAuthentication>(&resource->spec);
  return spec == nullptr || spec->mode.value == MtlsMode::Strict || std::ranges::any_of(spec->port_modes, [](const auto& port) { return port.second == MtlsMode::Strict; });
}

bool may_decide(const Resource* resource) {
  const auto* filter = std::get_if<EnvoyFilter>(&resource->spec);
  return filter == nullptr || std::ranges::any_of(filter->patches, [](const EnvoyPatch& patch) { return for_sidecars(patch) && decisive(patch); });
}

bool listens(const Resource* resource) {
  const auto* sidecar = std::get_if<Sidecar>(&resource->spec);
  return sidecar == nullptr || sidecar->ingress != kNoNode;
}

}  // namespace

bool turns_callers_away(const MeshModel& mesh) {
  constexpr std::array kGuards{Kind::AuthorizationPolicy, Kind::RequestAuthentication, Kind::WasmPlugin, Kind::TrafficExtension};
  return std::ranges::any_of(kGuards, [&](Kind kind) { return !mesh.all(kind).empty(); }) || std::ranges::any_of(mesh.all(Kind::PeerAuthentication), asks_for_mtls) ||
         std::ranges::any_of(mesh.all(Kind::EnvoyFilter), may_decide) || std::ranges::any_of(mesh.all(Kind::Sidecar), listens);
}

bool would_mind_guards(const MeshModel& mesh) {
  const auto leads_on = [&](const MeshService& service) { return service.resource && has_unseen_endpoints(service); };
  const auto names_addresses = [](const Resource* resource) {
    const auto* entry = std::get_if<ServiceEntry>(&resource->spec);
    return entry != nullptr && has_addresses(*entry);
  };
  const auto hides_callers = [](const Resource* resource) {
    const auto* rule = std::get_if<DestinationRule>(&resource->spec);
    return rule != nullptr && rule->tls_mode.value == "DISABLE";
  };
  return std::ranges::any_of(mesh.services(), leads_on) || std::ranges::any_of(mesh.all(Kind::ServiceEntry), names_addresses) ||
         std::ranges::any_of(mesh.all(Kind::DestinationRule), hides_callers);
}

bool may_be_guarded_pods(const MeshModel& mesh, const ServiceEntry& entry) { return has_addresses(entry) && turns_callers_away(mesh); }

bool may_be_guarded_pods(const MeshModel& mesh, const MeshService& service) { return has_unseen_endpoints(service) && turns_callers_away(mesh); }

bool may_be_guarded_pods(const MeshModel& mesh, const RoutedHost& host) {
  if (const auto* service = std::get_if<ServiceId>(&host.is)) return may_be_guarded_pods(mesh, mesh[*service]);
  const auto* entry = std::get_if<ResourceId>(&host.is);
  return entry != nullptr && may_be_guarded_pods(mesh, std::get<ServiceEntry>(mesh.store()[*entry].spec));
}

}  // namespace s2a
