// A mesh whose pods let everybody in has nothing that a waypoint could be the way around.
#include "ir/passes/unseen_pods.h"

#include <algorithm>
#include <array>

#include "ir/pattern/address.h"

namespace s2a {
namespace {

bool has_addresses(const ServiceEntry& entry) {
  return std::ranges::any_of(entry.endpoints, [](const EntryEndpoint& endpoint) { return parse_address(endpoint.address).has_value(); });
}

/// The API server runs beside the pods, not as one.
bool is_api_server(const MeshService& service) { return service.ns == "default" && service.name == "kubernetes"; }

bool has_unseen_endpoints(const MeshService& service) { return service.spec.selector.empty() && !service.spec.external_name() && !is_api_server(service); }

}  // namespace

bool turns_callers_away(const MeshModel& mesh) {
  constexpr std::array kGuards{Kind::AuthorizationPolicy, Kind::RequestAuthentication, Kind::WasmPlugin, Kind::TrafficExtension};
  const auto is_strict = [](const Resource* resource) {
    const auto* spec = std::get_if<PeerAuthentication>(&resource->spec);
    return spec == nullptr || spec->mode.value == MtlsMode::Strict || std::ranges::any_of(spec->port_modes, [](const auto& port) { return port.second == MtlsMode::Strict; });
  };
  return std::ranges::any_of(kGuards, [&](Kind kind) { return !mesh.all(kind).empty(); }) || std::ranges::any_of(mesh.all(Kind::PeerAuthentication), is_strict);
}

bool may_be_guarded_pods(const MeshModel& mesh, const ServiceEntry& entry) { return has_addresses(entry) && turns_callers_away(mesh); }

bool may_be_guarded_pods(const MeshModel& mesh, const MeshService& service) { return has_unseen_endpoints(service) && turns_callers_away(mesh); }

bool may_be_guarded_pods(const MeshModel& mesh, const RoutedHost& host) {
  if (const auto* service = std::get_if<ServiceId>(&host.is)) return may_be_guarded_pods(mesh, mesh[*service]);
  const auto* entry = std::get_if<ResourceId>(&host.is);
  return entry != nullptr && may_be_guarded_pods(mesh, std::get<ServiceEntry>(mesh.store()[*entry].spec));
}

}  // namespace s2a
