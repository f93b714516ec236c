// Services and ServiceEntries by host.
#include "ir/routing/hosts.h"

#include <fmt/format.h>

#include <algorithm>

namespace s2a {

Hosts::Hosts(const MeshModel& mesh) : mesh_(&mesh) {
  for (const auto& service : mesh.services()) {
    auto host = service_host(service.name, service.ns, mesh.cluster_domain());
    by_host_.emplace(host, RoutedHost{.host = host, .name = service.ns + "/" + service.name, .ns = service.ns, .is = service.id});
  }
  for (const auto* resource : mesh.all(Kind::ServiceEntry)) {
    const auto* entry = std::get_if<ServiceEntry>(&resource->spec);
    if (entry == nullptr) continue;
    for (const auto& host : entry->hosts) by_host_.emplace(host.value, RoutedHost{.host = host.value, .name = host.value, .ns = resource->ns.value, .is = resource->id});
  }
}

const RoutedHost* Hosts::find(std::string_view host) const {
  const auto found = by_host_.find(host);
  return found == by_host_.end() ? nullptr : &found->second;
}

const RoutedHost* Hosts::find(ServiceId service) const { return find(service_host((*mesh_)[service].name, (*mesh_)[service].ns, mesh_->cluster_domain())); }

const std::vector<ServicePort>& Hosts::ports(const RoutedHost& host) const {
  if (const auto* service = std::get_if<ServiceId>(&host.is)) return (*mesh_)[*service].spec.ports;
  return std::get<ServiceEntry>(mesh_->store()[std::get<ResourceId>(host.is)].spec).ports;
}

const ServicePort* Hosts::port(const RoutedHost& host, std::uint16_t number) const {
  const auto& all = ports(host);
  const auto found = std::ranges::find(all, number, &ServicePort::port);
  return found == all.end() ? nullptr : &*found;
}

std::string Hosts::resolved(std::string_view host, std::string_view ns) const { return resolved_host(host, ns, mesh_->cluster_domain()); }

std::string Hosts::name_of(const std::string& host) const {
  if (const auto* known = find(host)) return known->name;
  const auto suffix = ".svc." + mesh_->cluster_domain();
  const auto dot = host.find('.');
  const bool of_service = host.ends_with(suffix) && dot + 1 < host.size() - suffix.size() && host.find('.', dot + 1) == host.size() - suffix.size();
  return of_service ? fmt::format("{}/{}", host.substr(dot + 1, host.size() - suffix.size() - dot - 1), host.substr(0, dot)) : host;
}

std::vector<std::string> Hosts::names(const RoutedHost& host, std::string_view client_ns) const {
  std::vector out{host.host};
  const auto* id = std::get_if<ServiceId>(&host.is);
  if (id == nullptr) return out;
  const auto& service = (*mesh_)[*id];
  const auto domain = mesh_->cluster_domain();
  const auto full = fmt::format("{}.{}", service.name, service.ns);
  out.insert(out.end(), {full, full + ".svc"});
  for (auto dot = domain.find('.'); dot != std::string::npos; dot = domain.find('.', dot + 1)) out.push_back(full + ".svc." + domain.substr(0, dot));
  if (service.ns == client_ns) out.push_back(service.name);
  if (!service.spec.cluster_ip.empty() && !service.spec.headless()) out.push_back(service.spec.cluster_ip);
  return out;
}

bool exported(const std::vector<std::string>& export_to, std::string_view ns, std::string_view to) {
  return export_to.empty() || std::ranges::any_of(export_to, [&](const std::string& e) { return e == "*" || e == to || (e == "." && ns == to); });
}

}  // namespace s2a
