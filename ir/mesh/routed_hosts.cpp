// Names in full, and the ports that matches and destinations give.
#include "ir/mesh/routed_hosts.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "ir/mesh/host_name.h"

namespace s2a {
namespace {

using Name = std::pair<std::string, std::string>;  ///< namespace and name

/// `reviews.shop.svc.cluster.local` as shop and reviews; nothing for what is no host of a Service.
std::optional<Name> service_of(const std::string& host, const MeshModel& mesh) {
  const auto suffix = ".svc." + mesh.cluster_domain();
  const auto dot = host.find('.');
  if (!host.ends_with(suffix) || host.find('*') != std::string::npos || dot == 0 || dot + 1 >= host.size() - suffix.size()) return std::nullopt;
  const auto ns = host.substr(dot + 1, host.size() - suffix.size() - dot - 1);
  return ns.find('.') == std::string::npos ? std::optional(Name(ns, host.substr(0, dot))) : std::nullopt;
}

/// The Services and the hosts of ServiceEntries that the input has, by the name of a Service.
std::set<Name> known_services(const MeshModel& mesh) {
  std::set<Name> out;
  for (const auto& service : mesh.services()) out.emplace(service.ns, service.name);
  for (const auto* resource : mesh.all(Kind::ServiceEntry)) {
    const auto* entry = std::get_if<ServiceEntry>(&resource->spec);
    if (entry == nullptr) continue;
    for (const auto& host : entry->hosts)
      if (auto name = service_of(host.value, mesh)) out.insert(*std::move(name));
  }
  return out;
}

/// What VirtualServices of the mesh name, but what is left out; where they lead, if they name any of that.
RoutedServices services_but(const std::set<Name>& left_out, const MeshModel& mesh) {
  RoutedServices out;
  const auto note = [&](const std::string& host, const std::string& ns) -> PortHints* {
    const auto name = service_of(resolved_host(host, ns, mesh.cluster_domain()), mesh);
    return name && !left_out.contains(*name) ? &out[*name] : nullptr;
  };
  for (const auto* resource : mesh.all(Kind::VirtualService)) {
    const auto* service = std::get_if<VirtualService>(&resource->spec);
    if (service == nullptr || !service->in_mesh()) continue;
    bool named = false;
    for (const auto& host : service->hosts) {
      auto* hints = note(host.value, resource->ns.value);
      if (hints == nullptr) continue;
      named = true;
      hints->http = hints->http || !service->http.empty();
      for (const auto& rule : service->http)
        for (const auto& match : rule.matches)
          if (match.port) hints->ports.insert(*match.port);
      for (const auto* rules : {&service->tls, &service->tcp})
        for (const auto& rule : *rules)
          for (const auto& match : rule.matches)
            if (match.port) hints->ports.insert(*match.port);
    }
    for (const auto* to : service->destinations()) {
      auto* hints = !named ? nullptr : note(to->host.value, resource->ns.value);
      if (hints == nullptr) continue;
      hints->http = hints->http || !service->http.empty();
      if (to->port) hints->ports.insert(*to->port);
    }
  }
  return out;
}

}  // namespace

RoutedServices unknown_services(const MeshModel& mesh) { return services_but(known_services(mesh), mesh); }

RoutedServices routed_services(const MeshModel& mesh) { return services_but({}, mesh); }

}  // namespace s2a
