// VirtualServices and routes as one list.
#include "ir/routing/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "ir/mesh/metadata.h"
#include "ir/routing/virtual_service.h"

namespace s2a {
namespace {

RouteSource source_of(const Resource& resource, const RoutingContext& context) {
  return {.resource = &resource,
          .ns = resource.ns.value,
          .name = resource.name.value,
          .time = created_at(context.mesh->store(), resource),
          .hosts = {},
          .export_to = context.mesh->default_virtual_service_export_to()};
}

void add_virtual_services(std::vector<RouteSource>& out, const RoutingContext& context) {
  for (const auto* resource : context.mesh->all(Kind::VirtualService)) {
    const auto* spec = std::get_if<VirtualService>(&resource->spec);
    if (spec == nullptr || spec->delegate() || !spec->in_mesh()) continue;
    auto source = source_of(*resource, context);
    for (const auto& host : spec->hosts) source.hosts.push_back(context.hosts.resolved(host.value, source.ns));
    if (!spec->export_to.empty()) source.export_to = spec->export_to;
    source.http = flattened(*resource, context.mesh->all(Kind::VirtualService), context.mesh->cluster_domain());
    source.tls = spec->tls;
    source.tcp = spec->tcp;
    out.push_back(std::move(source));
  }
}

/// The hosts that a route binds to by this parent: a Service's, or all of a ServiceEntry's. Gateways are no parents in the mesh. routing.md 1.1, 5.1
std::vector<std::string> hosts_of_parent(const ObjectRef& parent, const std::string& ns, const RoutingContext& context) {
  const auto& home = parent.ns.empty() ? ns : parent.ns;
  if (parent.kind.value == "Service" && parent.group.empty()) return {service_host(parent.name.value, home, context.mesh->cluster_domain())};
  std::vector<std::string> out;
  if (parent.kind.value != "ServiceEntry" || parent.group != "networking.istio.io") return out;
  for (const auto* resource : context.mesh->all(Kind::ServiceEntry)) {
    const auto* entry = std::get_if<ServiceEntry>(&resource->spec);
    if (entry == nullptr || resource->name.value != parent.name.value || resource->ns.value != home) continue;
    for (const auto& host : entry->hosts) out.push_back(host.value);
  }
  return out;
}

/// By age, namespace and name; the name goes on with `~` where istiod compares it. routing.md 2.2
void sort_by_age(std::vector<const Resource*>& routes, const RoutingContext& context) {
  std::ranges::stable_sort(routes, {}, [&](const Resource* route) { return std::tuple(created_at(context.mesh->store(), *route), route->ns.value, route->name.value + "~"); });
}

/// One source for each namespace, port and host that routes have in common; before 1.30 one for each kind too. routing.md 2.2
void add_http_routes(std::vector<RouteSource>& out, const RoutingContext& context) {
  struct Key {
    int kind = 0;
    std::string ns;
    std::optional<std::uint16_t> port;
    std::string host;
    auto operator<=>(const Key&) const = default;
  };
  std::map<Key, std::vector<const Resource*>> groups;
  for (const auto kind : {Kind::HTTPRoute, Kind::GRPCRoute}) {
    for (const auto* resource : context.mesh->all(kind)) {
      const auto* spec = std::get_if<Route>(&resource->spec);
      if (spec == nullptr || !spec->convertible) continue;
      for (const auto& parent : spec->parents)
        for (auto& host : hosts_of_parent(parent, resource->ns.value, context))
          groups[{context.release.merges_kinds() || kind == Kind::HTTPRoute ? 0 : 1, resource->ns.value, parent.port, std::move(host)}].push_back(resource);
    }
  }
  for (auto& [key, routes] : groups) {
    sort_by_age(routes, context);
    auto source = source_of(*routes.front(), context);
    source.name = key.port ? fmt::format("{}~{}~{}", key.ns, *key.port, key.host) : fmt::format("{}~{}", key.ns, key.host);
    source.hosts = {key.host};
    source.of_routes = true;
    source.port = key.port;
    source.items = sorted_items(routes);
    out.push_back(std::move(source));
  }
}

WeightedDestination weighted(const RouteBackend& backend, const std::string& ns, const RoutingContext& context) {
  RouteDestination to;
  to.host.value = host_of(backend.ref, ns, context);
  to.port = backend.ref.port;
  return {.destination = std::move(to), .weight = backend.weight, .headers = {}};
}

/// Server names of a TLSRoute: of several, those that go with the parent's host. routing.md 1.9
std::vector<std::string> server_names(const Route& spec, const std::string& host) {
  std::vector<std::string> out;
  for (const auto& name : spec.hostnames)
    if (spec.hostnames.size() == 1 || host_matches(name.value, host)) out.push_back(name.value);
  return out;
}

/// TCPRoutes and TLSRoutes are never merged. routing.md 1.8
void add_l4_routes(std::vector<RouteSource>& out, const RoutingContext& context, Kind kind) {
  for (const auto* resource : context.mesh->all(kind)) {
    const auto* spec = std::get_if<Route>(&resource->spec);
    if (spec == nullptr || !spec->convertible) continue;
    for (const auto& parent : spec->parents) {
      for (const auto& host : hosts_of_parent(parent, resource->ns.value, context)) {
        auto source = source_of(*resource, context);
        source.hosts = {host};
        source.of_routes = true;
        for (const auto& rule : spec->rules) {
          L4Match match{.sni_hosts = kind == Kind::TLSRoute ? server_names(*spec, host) : std::vector<std::string>(), .port = parent.port};
          match.node = rule.node;
          L4Rule made{.matches = {std::move(match)}, .route = {}, .node = rule.node};
          for (const auto& backend : rule.backends) made.route.push_back(weighted(backend, source.ns, context));
          (kind == Kind::TLSRoute ? source.tls : source.tcp).push_back(std::move(made));
        }
        out.push_back(std::move(source));
      }
    }
  }
}

/// 0 to 3, as they are taken; nothing where the proxy does not see it.
std::optional<int> group(const RouteSource& source, const std::string& ns) {
  const auto& to = source.export_to;
  const auto says = [&](std::string_view word) { return std::ranges::find(to, word) != to.end(); };
  if (to.empty() || says("*")) return source.of_routes && source.ns == ns ? 2 : 3;
  if (says(".") && source.ns == ns) return 0;
  return says(ns) ? std::optional(1) : std::nullopt;
}

}  // namespace

std::vector<RouteSource> route_sources(const RoutingContext& context) {
  std::vector<RouteSource> out;
  add_virtual_services(out, context);
  add_http_routes(out, context);
  add_l4_routes(out, context, Kind::TLSRoute);
  add_l4_routes(out, context, Kind::TCPRoute);
  std::ranges::stable_sort(out, {}, [](const RouteSource& source) { return std::tie(source.time, source.name, source.ns); });
  return out;
}

std::vector<const RouteSource*> visible(const std::vector<RouteSource>& sources, const std::string& ns) {
  std::vector<std::pair<int, const RouteSource*>> seen;
  for (const auto& source : sources)
    if (const auto place = group(source, ns)) seen.emplace_back(*place, &source);
  std::ranges::stable_sort(seen, {}, &std::pair<int, const RouteSource*>::first);
  std::vector<const RouteSource*> out;
  for (const auto& entry : seen) out.push_back(entry.second);
  return out;
}

bool add_http_rows(Table& table, const RouteSource& source, const RoutingContext& context, const RoutingPlace& place) {
  const auto before = table.rows.size();
  add_rows(table, source.http, context, place);
  if (!source.port || *source.port == place.port) add_rows(table, source.items, context, place);
  return table.rows.size() > before;
}

}  // namespace s2a
