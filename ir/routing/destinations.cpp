// DestinationRules to endpoints and settings.
#include "ir/routing/destinations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "ir/mesh/metadata.h"

namespace s2a {
namespace {

using Settings = TrafficPolicy::Settings;

/// Labels that istiod gives to every endpoint, whatever its pod carries. routing.md 4.1
constexpr std::array<std::string_view, 6> kAugmented{"topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone",
                                                     "topology.istio.io/cluster",     "topology.istio.io/network",   "kubernetes.io/hostname"};
/// What settings of one port may hold, and then hold instead of those for all ports.
constexpr std::array<std::string_view, 4> kOfPorts{"connectionPool", "outlierDetection", "loadBalancer", "tls"};

bool of_ports(std::string_view field) { return std::ranges::find(kOfPorts, field) != kOfPorts.end(); }

const DestinationRule& spec_of(const Resource& rule) { return std::get<DestinationRule>(rule.spec); }

/// Whether the proxy takes the rule: one for chosen clients counts at sidecars of its own namespace only.
bool taken(const Resource& rule, const RoutingProxy& proxy, const std::vector<std::string>& default_export_to) {
  const auto& spec = spec_of(rule);
  if (spec.workload_selector && (proxy.waypoint || rule.ns.value != proxy.ns || !picks(spec.workload_selector, proxy.labels))) return false;
  return rule.ns.value == proxy.ns || exported(spec.export_to.empty() ? default_export_to : spec.export_to, rule.ns.value, proxy.ns);
}

const Subset* find_subset(const std::vector<const Resource*>& rules, const std::string& name) {
  for (const auto* rule : rules)
    for (const auto& subset : spec_of(*rule).subsets)
      if (subset.name.value == name) return &subset;
  return nullptr;
}

/// The top-level policy of the oldest rule that has one.
const TrafficPolicy* policy_of(const std::vector<const Resource*>& rules) {
  const auto found = std::ranges::find_if(rules, [](const Resource* rule) { return spec_of(*rule).policy.has_value(); });
  return found == rules.end() ? nullptr : &*spec_of(**found).policy;
}

const Settings* of_port(const TrafficPolicy& policy, std::uint16_t port) {
  const auto found = policy.ports.find(port);
  return found == policy.ports.end() ? nullptr : &found->second;
}

const Settings& settings(const TrafficPolicy& policy, std::uint16_t port) {
  const auto* own = of_port(policy, port);
  return own != nullptr ? *own : policy.settings;
}

const Value* field(const Value& value, std::string_view name) {
  const auto* map = std::get_if<Value::Map>(&value.content);
  if (map == nullptr) return nullptr;
  const auto found = std::ranges::find(*map, name, &std::pair<std::string, Value>::first);
  return found == map->end() ? nullptr : &found->second;
}

std::string target_text(const ServicePort& port) {
  if (const auto* name = std::get_if<std::string>(&port.target_port)) return *name;
  const auto number = std::get<std::uint16_t>(port.target_port);
  return std::to_string(number == 0 ? port.port : number);
}

std::string text(const Value* value) {
  const auto* content = value == nullptr ? nullptr : std::get_if<std::string>(&value->content);
  return content == nullptr ? std::string() : *content;
}

/// `header x-user`; empty where the settings hash nothing.
std::string hash_of(const Settings& settings) {
  const auto balancer = settings.find("loadBalancer");
  const auto* hash = balancer == settings.end() ? nullptr : field(balancer->second, "consistentHash");
  if (hash == nullptr) return {};
  if (const auto* name = field(*hash, "httpHeaderName")) return "header " + text(name);
  if (const auto* name = field(*hash, "httpQueryParameterName")) return "query parameter " + text(name);
  if (const auto* cookie = field(*hash, "httpCookie"))
    return fmt::format("cookie {} {} {}", text(field(*cookie, "name")), text(field(*cookie, "path")), text(field(*cookie, "ttl")));
  return text(field(*hash, "useSourceIp")) == "true" ? "source address" : "";
}

/// What the settings say of TLS, where that is not the mesh's own. A waypoint heeds it, but DISABLE. routing.md 4.3
std::optional<Value> own_tls(const Settings& settings) {
  const auto tls = settings.find("tls");
  if (tls == settings.end()) return std::nullopt;
  const auto mode = text(field(tls->second, "mode"));
  return mode == "SIMPLE" || mode == "MUTUAL" ? std::optional(tls->second) : std::nullopt;
}

}  // namespace

std::vector<const Resource*> Destinations::rules(const std::string& host, const RoutingProxy& proxy) const {
  const auto* known = hosts_->find(host);
  for (const auto& ns : {proxy.ns, known == nullptr ? std::string() : known->ns, mesh_->root_namespace()}) {
    std::vector<std::pair<std::string, const Resource*>> found;
    for (const auto* resource : mesh_->all(Kind::DestinationRule)) {
      const auto* spec = std::get_if<DestinationRule>(&resource->spec);
      if (spec == nullptr || resource->ns.value != ns || !taken(*resource, proxy, mesh_->default_destination_rule_export_to())) continue;
      if (auto pattern = hosts_->resolved(spec->host.value, ns); host_matches(pattern, host)) found.emplace_back(std::move(pattern), resource);
    }
    if (found.empty()) continue;
    const auto specific = [](const auto& entry) { return std::tuple(spec_of(*entry.second).workload_selector.has_value(), !entry.first.starts_with('*'), entry.first.size()); };
    const auto best = std::ranges::max(found, {}, specific);
    std::vector<const Resource*> out;
    for (const auto& entry : found)
      if (specific(entry) == specific(best) && entry.first == best.first) out.push_back(entry.second);
    std::ranges::stable_sort(out, {}, [&](const Resource* rule) { return std::pair(created_at(mesh_->store(), *rule), rule->name.value); });
    return out;
  }
  return {};
}

std::optional<Labels> Destinations::subset(const std::string& host, const std::string& subset, const RoutingProxy& proxy) const {
  const auto* found = find_subset(rules(host, proxy), subset);
  if (found != nullptr) return found->labels;
  return assumes_subsets(host) ? std::optional(Labels{{"version", {subset}}}) : std::nullopt;
}

/// The input has Services or VirtualServices of somebody whose DestinationRules are elsewhere: subsets are what they are by convention. product.md 2
bool Destinations::assumes_subsets(const std::string& host) const {
  return std::ranges::none_of(mesh_->all(Kind::DestinationRule), [&](const Resource* resource) {
    const auto* spec = std::get_if<DestinationRule>(&resource->spec);
    return spec == nullptr || host_matches(hosts_->resolved(spec->host.value, resource->ns.value), host);
  });
}

const Resource* Destinations::begins_tls(const std::string& host) const {
  const auto& all = mesh_->all(Kind::DestinationRule);
  const auto found = std::ranges::find_if(all, [&](const Resource* resource) {
    const auto* spec = std::get_if<DestinationRule>(&resource->spec);
    return spec != nullptr && spec->begins_tls() && host_matches(hosts_->resolved(spec->host.value, resource->ns.value), host);
  });
  return found == all.end() ? nullptr : *found;
}

Endpoints Destinations::endpoints(const std::string& host, const std::string& subset_name, std::uint16_t port, const RoutingProxy& proxy) const {
  Endpoints out{.reach = Endpoints::Reach::NoCluster, .pods = {}, .addresses = {}};
  const auto* known = hosts_->find(host);
  const auto* of_service = known == nullptr ? nullptr : hosts_->port(*known, port);
  if (of_service == nullptr) return out;
  Labels labels;
  if (!subset_name.empty()) {
    const auto found = subset(host, subset_name, proxy);
    if (!found) return out;
    labels = *found;
  }
  out.reach = Endpoints::Reach::Reached;
  out.tls = own_tls(policy(host, subset_name, port, proxy));
  if (const auto* service = std::get_if<ServiceId>(&known->is)) {
    for (const auto pod : (*mesh_)[*service].backends) {
      if (!picks(labels, (*mesh_)[pod].labels)) continue;
      if (const auto target = mesh_->container_port(*of_service, pod)) out.pods.emplace_back(pod, *target);
    }
    if (!(*mesh_)[*service].selects_pods()) {  // whoever writes its endpoints
      out.addresses.push_back(fmt::format("{} {} {}", known->name, selector_text(labels), target_text(*of_service)));
      return out;
    }
    out.known = std::ranges::none_of(labels, [](const auto& label) { return std::ranges::find(kAugmented, label.first) != kAugmented.end(); }) || !out.pods.empty();
    if (!out.pods.empty()) return out;
    out.reach = Endpoints::Reach::NoEndpoint;
    const auto& spec = (*mesh_)[*service].spec;
    labels.insert(spec.selector.begin(), spec.selector.end());
    out.wanted = fmt::format("{} {} {}", known->ns, selector_text(labels), target_text(*of_service));
    return out;
  }
  const auto& entry = std::get<ServiceEntry>(mesh_->store()[std::get<ResourceId>(known->is)].spec);
  for (const auto& endpoint : entry.endpoints)
    if (picks(labels, endpoint.labels)) out.addresses.push_back(endpoint.address);
  if (entry.endpoints.empty() && labels.empty()) out.addresses.push_back(host);
  out.known = !entry.workload_selector.has_value();
  if (out.addresses.empty() && out.known) out.reach = Endpoints::Reach::NoEndpoint;
  return out;
}

Settings Destinations::policy(const std::string& host, const std::string& subset_name, std::uint16_t port, const RoutingProxy& proxy) const {
  const auto all = rules(host, proxy);
  const auto* outer = policy_of(all);
  const auto* found = subset_name.empty() ? nullptr : find_subset(all, subset_name);
  const auto* inner = found != nullptr && found->policy ? &*found->policy : nullptr;
  if (outer == nullptr && inner == nullptr) return {};
  if (outer == nullptr || inner == nullptr) return settings(outer == nullptr ? *inner : *outer, port);
  auto merged = settings(*outer, port);
  const bool whole = of_port(*inner, port) != nullptr;
  const auto& over = settings(*inner, port);
  if (whole) std::erase_if(merged, [](const auto& entry) { return of_ports(entry.first); });
  for (const auto& [name, value] : over) merged.insert_or_assign(name, value);
  return merged;
}

std::string Destinations::hash(const std::string& host, const std::string& subset_name, std::optional<std::uint16_t> port, const RoutingProxy& proxy) const {
  const auto all = rules(host, proxy);
  const auto* found = subset_name.empty() ? nullptr : find_subset(all, subset_name);
  for (const auto* policy : {found != nullptr && found->policy ? &*found->policy : nullptr, policy_of(all)}) {
    if (policy == nullptr) continue;
    const auto* own = port ? of_port(*policy, *port) : nullptr;
    if (own != nullptr)
      if (auto hashed = hash_of(*own); !hashed.empty()) return hashed;
    if (auto hashed = hash_of(policy->settings); !hashed.empty()) return hashed;
  }
  return {};
}

}  // namespace s2a
