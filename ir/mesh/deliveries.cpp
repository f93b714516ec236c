// Routes with a Service as parent, and VirtualServices, as waypoints and client sidecars follow them. Which request takes which rule does not count: whatever a rule names can be
// reached, and so can a Service's own pods by clients that a VirtualService is not meant for.
#include "ir/mesh/deliveries.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "ir/mesh/host_name.h"

namespace s2a {

namespace {

constexpr std::array kRoutes{Kind::HTTPRoute, Kind::GRPCRoute, Kind::TCPRoute, Kind::TLSRoute};

bool routes_http(Kind kind) { return kind == Kind::HTTPRoute || kind == Kind::GRPCRoute; }

/// A route and the one of its parents that it is attached by.
struct Attached {
  const Resource* route;
  const ObjectRef* parent;
};

/// A VirtualService, or one of its delegates, and where it leads.
struct Attracted {
  const Resource* resource;
  std::vector<const RouteDestination*> destinations;
};

class Ways {
 public:
  explicit Ways(const MeshModel& mesh) : mesh_(mesh) {
    for (const auto& service : mesh.services()) services_.emplace(service_host(service.name, service.ns, mesh.cluster_domain()), service.id);
    for (const auto kind : kRoutes)
      for (const auto* resource : mesh.all(kind)) attach(*resource);
    for (const auto* resource : mesh.all(Kind::VirtualService)) attach_virtual_service(*resource);
    for (const auto* resource : mesh.all(Kind::DestinationRule)) add_subsets(*resource);
  }

  /// Without a route for what the port speaks, its own pods.
  [[nodiscard]] std::vector<Delivery> of(const MeshService& front) const {
    std::set<Delivery> out;
    for (const auto& port : front.spec.ports) {
      if (port.protocol != "TCP") continue;
      const auto spoken = MeshModel::protocol(port);
      bool http_goes_elsewhere = spoken == AppProtocol::Tcp;
      bool tcp_goes_elsewhere = spoken == AppProtocol::Http;
      const auto [first, last] = routes_.equal_range(front.id);
      for (auto at = first; at != last; ++at) {
        const auto& [resource, parent] = at->second;
        const bool http = routes_http(resource->kind);
        if (parent->port.value_or(port.port) != port.port || spoken == (http ? AppProtocol::Tcp : AppProtocol::Http)) continue;
        if (resource->kind != Kind::TLSRoute) (http ? http_goes_elsewhere : tcp_goes_elsewhere) = true;  // TLSRoutes take single server names
        for (const auto* backend : std::get<Route>(resource->spec).backends()) add(*backend, *resource, {.service = front.id, .service_port = port.port}, out);
      }
      const auto [from, to] = virtual_services_.equal_range(front.id);
      for (auto at = from; at != to; ++at)
        for (const auto* destination : at->second.destinations) add(*destination, *at->second.resource, {.service = front.id, .service_port = port.port}, out);
      if (!http_goes_elsewhere || !tcp_goes_elsewhere) add(front, port.port, {.service = front.id, .service_port = port.port}, out);
    }
    return {out.begin(), out.end()};
  }

 private:
  /// A route counts for Services of its own namespace, and for those whose waypoint is there.
  void attach(const Resource& resource) {
    const auto* route = std::get_if<Route>(&resource.spec);
    if (route == nullptr || !route->convertible) return;
    for (const auto& parent : route->parents) {
      const auto* service = parent.kind.value == "Service" ? find(parent, resource) : nullptr;
      if (service == nullptr) continue;
      const auto* waypoint = mesh_.waypoint_of(service->id);
      if (service->ns == resource.ns.value || (waypoint != nullptr && waypoint->ns == resource.ns.value)) routes_.emplace(service->id, Attached{&resource, &parent});
    }
  }

  /// A VirtualService counts for its hosts, with all that its delegates name. routing.md 1.4
  void attach_virtual_service(const Resource& resource) {
    const auto* rules = std::get_if<VirtualService>(&resource.spec);
    if (rules == nullptr || !rules->in_mesh() || rules->delegate()) return;
    std::vector<Attracted> all{{.resource = &resource, .destinations = rules->destinations()}};
    for (const auto& rule : rules->http) {
      if (!rule.delegate) continue;
      const auto& ns = rule.delegate->ns.empty() ? resource.ns.value : rule.delegate->ns;
      for (const auto* other : mesh_.all(Kind::VirtualService)) {
        const auto* delegate = std::get_if<VirtualService>(&other->spec);
        if (delegate != nullptr && other->name.value == rule.delegate->name && other->ns.value == ns) all.push_back({.resource = other, .destinations = delegate->destinations()});
      }
    }
    for (const auto& host : rules->hosts)
      if (const auto* service = find(host.value, resource.ns.value))
        for (const auto& attracted : all) virtual_services_.emplace(service->id, attracted);
  }

  void add_subsets(const Resource& resource) {
    const auto* rule = std::get_if<DestinationRule>(&resource.spec);
    const auto* service = rule == nullptr ? nullptr : find(rule->host.value, resource.ns.value);
    if (service == nullptr) return;
    for (const auto& subset : rule->subsets) subsets_.emplace(std::pair(service->id, subset.name.value), subset.labels);
  }

  /// A Service by its host: a name without a dot is one of the namespace.
  [[nodiscard]] const MeshService* find(std::string_view host, std::string_view ns) const { return find(resolved_host(host, ns, mesh_.cluster_domain())); }

  [[nodiscard]] const MeshService* find(const std::string& full_host) const {
    const auto found = services_.find(full_host);
    return found == services_.end() ? nullptr : &mesh_[found->second];
  }

  /// The Service that a route names: by name, or by its full host name.
  [[nodiscard]] const MeshService* find(const ObjectRef& ref, const Resource& route) const {
    const auto& ns = ref.ns.empty() ? route.ns.value : ref.ns;
    if (ref.kind.value == "Hostname") return ref.name.value.find('.') == std::string::npos ? nullptr : find(ref.name.value, ns);
    if (ref.kind.value != "Service" && !ref.kind.value.empty()) return nullptr;
    return find(service_host(ref.name.value, ns, mesh_.cluster_domain()));
  }

  void add(const ObjectRef& backend, const Resource& route, const Delivery& way, std::set<Delivery>& out) const {
    if (const auto* service = find(backend, route); service != nullptr && backend.port) add(*service, *backend.port, way, out);
  }

  /// Without a port it is the one that was asked for, or the only one. Of a subset those pods that any rule gives to it.
  void add(const RouteDestination& destination, const Resource& resource, const Delivery& way, std::set<Delivery>& out) const {
    const auto* service = find(destination.host.value, resource.ns.value);
    if (service == nullptr) return;
    const auto& ports = service->spec.ports;
    const auto number = destination.port.value_or(ports.size() == 1 ? ports.front().port : way.service_port);
    if (destination.subset.empty()) return add(*service, number, way, out);
    const auto [from, to] = subsets_.equal_range({service->id, destination.subset});
    for (auto at = from; at != to; ++at) add(*service, number, way, out, &at->second);
  }

  void add(const MeshService& service, std::uint16_t number, Delivery way, std::set<Delivery>& out, const Labels* labels = nullptr) const {
    const auto port = std::ranges::find_if(service.spec.ports, [&](const ServicePort& p) { return p.port == number && p.protocol == "TCP"; });
    if (port == service.spec.ports.end()) return;
    for (const auto pod : service.backends) {
      if (labels != nullptr && !picks(*labels, mesh_[pod].labels)) continue;
      const auto container_port = mesh_.container_port(*port, pod);
      if (!container_port) continue;
      way.workload = pod;
      way.container_port = *container_port;
      out.insert(way);
    }
  }

  const MeshModel& mesh_;
  std::map<std::string, ServiceId> services_;  ///< by full host
  std::multimap<ServiceId, Attached> routes_;
  std::multimap<ServiceId, Attracted> virtual_services_;
  std::multimap<std::pair<ServiceId, std::string>, Labels> subsets_;
};

}  // namespace

std::vector<std::vector<Delivery>> deliveries(const MeshModel& mesh) {
  const Ways ways(mesh);
  std::vector<std::vector<Delivery>> out;
  for (const auto& service : mesh.services()) out.push_back(ways.of(service));
  return out;
}

}  // namespace s2a
