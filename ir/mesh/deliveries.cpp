// Routes with a Service as parent, as waypoints and client sidecars follow them. Which request takes which rule does not count: whatever a rule names can be reached.
#include "ir/mesh/deliveries.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace s2a {

namespace {

constexpr std::array kRoutes{Kind::HTTPRoute, Kind::GRPCRoute, Kind::TCPRoute, Kind::TLSRoute};

bool routes_http(Kind kind) { return kind == Kind::HTTPRoute || kind == Kind::GRPCRoute; }

/// A route and the one of its parents that it is attached by.
struct Attached {
  const Resource* route;
  const ObjectRef* parent;
};

class Ways {
 public:
  explicit Ways(const MeshModel& mesh) : mesh_(mesh) {
    for (const auto& service : mesh.services()) services_.emplace(std::pair(service.ns, service.name), service.id);
    for (const auto kind : kRoutes)
      for (const auto* resource : mesh.all(kind)) attach(*resource);
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

  /// The Service that a route names: by name, or by its full host name.
  [[nodiscard]] const MeshService* find(const ObjectRef& ref, const Resource& route) const {
    auto name = ref.name.value;
    auto ns = ref.ns.empty() ? route.ns.value : ref.ns;
    if (ref.kind.value == "Hostname") {
      const auto domain = ".svc." + mesh_.cluster_domain();
      const auto dot = name.find('.');
      if (!name.ends_with(domain) || dot + domain.size() >= name.size()) return nullptr;
      ns = name.substr(dot + 1, name.size() - domain.size() - dot - 1);
      name.resize(dot);
    } else if (ref.kind.value != "Service" && !ref.kind.value.empty()) {
      return nullptr;
    }
    const auto found = services_.find({ns, name});
    return found == services_.end() ? nullptr : &mesh_[found->second];
  }

  void add(const ObjectRef& backend, const Resource& route, const Delivery& way, std::set<Delivery>& out) const {
    if (const auto* service = find(backend, route); service != nullptr && backend.port) add(*service, *backend.port, way, out);
  }

  void add(const MeshService& service, std::uint16_t number, Delivery way, std::set<Delivery>& out) const {
    const auto port = std::ranges::find_if(service.spec.ports, [&](const ServicePort& p) { return p.port == number && p.protocol == "TCP"; });
    if (port == service.spec.ports.end()) return;
    for (const auto pod : service.backends) {
      const auto container_port = mesh_.container_port(*port, pod);
      if (!container_port) continue;
      way.workload = pod;
      way.container_port = *container_port;
      out.insert(way);
    }
  }

  const MeshModel& mesh_;
  std::map<std::pair<std::string, std::string>, ServiceId> services_;
  std::multimap<ServiceId, Attached> routes_;
};

}  // namespace

std::vector<std::vector<Delivery>> deliveries(const MeshModel& mesh) {
  const Ways ways(mesh);
  std::vector<std::vector<Delivery>> out;
  for (const auto& service : mesh.services()) out.push_back(ways.of(service));
  return out;
}

}  // namespace s2a
