// Routes and client settings that sidecars follow, and neither ztunnel nor a waypoint does: no caller may leave its sidecar.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ir/conversion/meant_hosts.h"
#include "ir/passes/blockers.h"
#include "ir/passes/unseen_pods.h"

namespace s2a {
namespace {

/// A client's sidecar applies them, and every namespace may hold clients.
std::set<std::string> all_clients(const MeshModel& mesh) { return sidecar_namespaces(mesh, mesh.root_namespace(), nullptr); }

constexpr std::string_view kClients = "every sidecar may route by it: no namespace can leave its sidecars before that is settled";

/// Why no waypoint can stand before the host of a ServiceEntry; empty where one can.
std::string_view obstacle(const MeshModel& mesh, const Resource& entry, const std::string& host) {
  const auto& spec = std::get<ServiceEntry>(entry.spec);
  const auto has_it = [&](const Resource* other) {
    const auto* of_other = std::get_if<ServiceEntry>(&other->spec);
    return of_other != nullptr && std::ranges::find(of_other->hosts, host, &Spanned<std::string>::value) != of_other->hosts.end();
  };
  if (std::ranges::count_if(mesh.all(Kind::ServiceEntry), has_it) > 1) return "several ServiceEntries have the host";
  if (!spec.export_to.empty() && std::ranges::find(spec.export_to, "*") == spec.export_to.end()) return "its ServiceEntry is not for every namespace";
  if (spec.resolution.empty() || spec.resolution == "NONE") return "its ServiceEntry leads to whatever address was dialled";
  if (!has_address(entry)) return "its ServiceEntry has no address that ztunnel would know";
  if (may_be_guarded_pods(mesh, spec)) return "endpoints of its ServiceEntry may be pods, which must not be reached past their policies";
  return {};
}

/// Why no waypoint can stand before what an object of that namespace calls so; empty where one can: before a Service with an address of its own, or a host of a ServiceEntry.
std::string objection(const MeshModel& mesh, const Hosts& hosts, const std::string& host, const std::string& ns) {
  const auto* found = hosts.find(hosts.resolved(host, ns));
  if (const auto* entry = found != nullptr ? std::get_if<ResourceId>(&found->is) : nullptr) {
    const auto why = obstacle(mesh, mesh.store()[*entry], found->host);
    return why.empty() ? std::string() : fmt::format("no waypoint would route for `{}`: {}", host, why);
  }
  const auto* service = found != nullptr ? std::get_if<ServiceId>(&found->is) : nullptr;
  if (service != nullptr && !mesh[*service].spec.external_name() && may_be_guarded_pods(mesh, mesh[*service]))
    return fmt::format("no waypoint would route for `{}`: a Service without a selector may lead to pods, which must not be reached past their policies", host);
  if (service != nullptr && !mesh[*service].spec.headless() && !mesh[*service].spec.external_name()) return {};
  return fmt::format("`{}` is no Service with an address: no waypoint would route for it", host);
}

std::string past_policies(std::string_view host) { return fmt::format("a waypoint would call `{}`, which may be pods, past their policies", host); }

void find_in_virtual_services(const MeshModel& mesh, const Hosts& hosts, std::vector<Diagnostic>& out) {
  for (const auto* resource : mesh.all(Kind::VirtualService)) {
    const auto& service = std::get<VirtualService>(resource->spec);
    if (!service.in_mesh()) continue;
    const auto blocks = [&](NodeId node, std::string message) {
      out.push_back(block(mesh, *resource, node, Code::UnsupportedVirtualService, std::move(message), all_clients(mesh), kClients));
    };
    for (const auto& written : service.hosts)
      for (const auto& host : meant_hosts(mesh, hosts, *resource, written))
        if (auto message = objection(mesh, hosts, host.value, resource->ns.value); !message.empty()) blocks(host.node, std::move(message));
    for (const auto* destination : service.destinations()) {
      const auto* leads_to = hosts.find(hosts.resolved(destination->host.value, resource->ns.value));
      if (leads_to != nullptr && may_be_guarded_pods(mesh, *leads_to)) blocks(destination->host.node, past_policies(destination->host.value));
    }
  }
}

/// The hosts of a route's parent; empty where the parent is not there.
std::vector<std::string> hosts_of(const MeshModel& mesh, const ObjectRef& parent, const std::string& ns) {
  if (parent.kind.value == "Service") return {service_host(parent.name.value, ns, mesh.cluster_domain())};
  std::vector<std::string> out;
  for (const auto* entry : mesh.all(Kind::ServiceEntry))
    if (const auto* spec = std::get_if<ServiceEntry>(&entry->spec); spec != nullptr && entry->name.value == parent.name.value && entry->ns.value == ns)
      for (const auto& host : spec->hosts) out.push_back(host.value);
  return out;
}

/// What a backend of a route leads to; nullptr where it is not there.
const RoutedHost* backend_host(const MeshModel& mesh, const Hosts& hosts, const ObjectRef& backend, const std::string& ns) {
  if (backend.kind.value == "Hostname") return hosts.find(backend.name.value);
  return hosts.find(service_host(backend.name.value, backend.ns.empty() ? ns : backend.ns, mesh.cluster_domain()));
}

void find_in_routes(const MeshModel& mesh, const Hosts& hosts, std::vector<Diagnostic>& out) {
  for (const auto kind : {Kind::HTTPRoute, Kind::TCPRoute, Kind::TLSRoute, Kind::GRPCRoute}) {
    for (const auto* resource : mesh.all(kind)) {
      for (const auto& parent : std::get<Route>(resource->spec).parents) {
        if (parent.kind.value != "Service" && parent.kind.value != "ServiceEntry") continue;
        const auto& ns = parent.ns.empty() ? resource->ns.value : parent.ns;
        const auto blocks = [&](NodeId node, std::string message) {
          out.push_back(block(mesh, *resource, node, Code::UnsupportedMeshRoute, std::move(message), all_clients(mesh), kClients));
        };
        const auto of_parent = hosts_of(mesh, parent, ns);
        if (of_parent.empty()) blocks(parent.name.node, fmt::format("{} {} is not there: no waypoint would follow the route", parent.kind.value, parent.name.value));
        for (const auto& host : of_parent)
          if (auto message = objection(mesh, hosts, host, ns); !message.empty()) blocks(parent.name.node, std::move(message));
        for (const auto* backend : std::get<Route>(resource->spec).backends())
          if (const auto* leads_to = backend_host(mesh, hosts, *backend, resource->ns.value); leads_to != nullptr && may_be_guarded_pods(mesh, *leads_to))
            blocks(backend->name.node, past_policies(backend->name.value));
      }
    }
  }
}

/// The settings for all ports and those for single ones.
std::vector<const TrafficPolicy::Settings*> all_settings(const DestinationRule& rule) {
  std::vector<const TrafficPolicy::Settings*> out;
  const auto add = [&](const std::optional<TrafficPolicy>& policy) {
    if (!policy) return;
    out.push_back(&policy->settings);
    for (const auto& [port, settings] : policy->ports) out.push_back(&settings);
  };
  add(rule.policy);
  for (const auto& subset : rule.subsets) add(subset.policy);
  return out;
}

/// Whether any proxy can begin the TLS: mode SIMPLE without files or secrets, which only the client may have.
bool begun_by_any(const TrafficPolicy::Settings& settings) {
  static constexpr std::array<std::string_view, 4> kAnywhere{"mode", "sni", "subjectAltNames", "insecureSkipVerify"};
  const auto tls = settings.find("tls");
  const auto* fields = tls == settings.end() ? nullptr : std::get_if<Value::Map>(&tls->second.content);
  return tls == settings.end() || (fields != nullptr && std::ranges::all_of(*fields, [](const auto& entry) {
                                     return std::ranges::find(kAnywhere, entry.first) != kAnywhere.end() && (entry.first != "mode" || entry.second == Value("SIMPLE"));
                                   }));
}

/// Whether a waypoint before the host of a ServiceEntry can begin the TLS that sidecars begin; the gate judges whether it does. routing.md 4.3
bool moves_to_waypoint(const MeshModel& mesh, const Hosts& hosts, const Resource& resource) {
  const auto& rule = std::get<DestinationRule>(resource.spec);
  const auto* host = hosts.find(hosts.resolved(rule.host.value, resource.ns.value));
  const auto* entry = host == nullptr ? nullptr : std::get_if<ResourceId>(&host->is);
  const auto settings = all_settings(rule);
  return entry != nullptr && obstacle(mesh, mesh.store()[*entry], host->host).empty() && std::ranges::all_of(settings, [](const auto* s) { return begun_by_any(*s); });
}

/// Whether the settings begin no TLS, where Istio would: nobody can tell, unless what the rule is for knows callers by their certificates, and refuses some. routing.md 4.3
bool only_hides_callers(const MeshModel& mesh, const Hosts& hosts, const Resource& resource) {
  const auto& rule = std::get<DestinationRule>(resource.spec);
  const auto begins_none = [](const TrafficPolicy::Settings* settings) {
    const auto tls = settings->find("tls");
    return tls == settings->end() || tls->second == Value(Value::Map{{"mode", "DISABLE"}}) || tls->second == Value(Value::Map{{"mode", "ISTIO_MUTUAL"}});
  };
  if (!std::ranges::all_of(all_settings(rule), begins_none)) return false;
  if (!turns_callers_away(mesh)) return true;
  const auto pattern = hosts.resolved(rule.host.value, resource.ns.value);
  bool known = false;
  for (const auto& [name, host] : hosts.all()) {
    if (!host_matches(pattern, name)) continue;
    known = true;
    const auto* service = std::get_if<ServiceId>(&host.is);
    const auto in_mesh = [&](WorkloadId pod) { return mesh[pod].dataplane != Dataplane::Outside; };
    if (may_be_guarded_pods(mesh, host) || (service != nullptr && std::ranges::any_of(mesh[*service].backends, in_mesh))) return false;
  }
  return known;
}

void find_in_destination_rules(const MeshModel& mesh, const Hosts& hosts, std::vector<Diagnostic>& out) {
  for (const auto* resource : mesh.all(Kind::DestinationRule)) {
    const auto& rule = std::get<DestinationRule>(resource->spec);
    if (rule.begins_tls() && !moves_to_waypoint(mesh, hosts, *resource) && !only_hides_callers(mesh, hosts, *resource)) {
      out.push_back(block(mesh, *resource, rule.tls_mode.node, Code::UnsupportedDestinationRuleTls,
                          rule.tls_mode.value == "DISABLE" ? "without the mesh's TLS, pods that turn callers away do not see who calls; in ambient mode they would"
                                                           : fmt::format("TLS mode {} of a client is not translated yet", rule.tls_mode.value),
                          all_clients(mesh), kClients));
    }
  }
}

}  // namespace

void find_traffic_blockers(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  const Hosts hosts(mesh);
  find_in_virtual_services(mesh, hosts, out);
  find_in_routes(mesh, hosts, out);
  find_in_destination_rules(mesh, hosts, out);
}

}  // namespace s2a
