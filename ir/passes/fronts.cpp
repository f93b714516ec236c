// Intersections for ALLOW, unions for all else.
#include "ir/passes/fronts.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "ir/mesh/rule_shape.h"
#include "ir/passes/reach.h"

namespace s2a {
namespace {

/// The pods that a Service, or a route on it, leads to, and that policies reach. 9.11
std::vector<WorkloadId> pods_behind(const MeshModel& mesh, ServiceId service) {
  std::set<WorkloadId> out;
  for (const auto& delivery : mesh.reach(service))
    if (mesh[delivery.workload].dataplane != Dataplane::Outside) out.insert(delivery.workload);
  return {out.begin(), out.end()};
}

FrontPort front_port(const MeshModel& mesh, const MeshService& service, const ServicePort& port, const MovingNamespace& moving) {
  FrontPort out{.service_port = port.port};
  const auto at_waypoint = MeshModel::protocol(port);
  bool captured = false;
  for (const auto& delivery : mesh.reach(service.id)) {
    if (delivery.service_port != port.port) continue;
    out.container_ports.push_back(delivery.container_port);
    const bool raw = mesh.protocol_at_sidecar(delivery.workload, delivery.container_port) == AppProtocol::Tcp;
    out.raw_at_sidecar = out.raw_at_sidecar || (raw && at_waypoint != AppProtocol::Tcp);
    out.raw_at_waypoint = out.raw_at_waypoint || (!raw && at_waypoint == AppProtocol::Tcp);
    const auto left_alone = common_uncaptured(moving, {delivery.workload});
    captured = captured || std::ranges::find(left_alone, delivery.container_port) == left_alone.end();
  }
  out.uncaptured = !captured && !out.container_ports.empty();
  return out;
}

/// The RequestAuthentications of a pod that look at tokens.
std::set<ResourceId> authentications(const MeshModel& mesh, WorkloadId id) {
  std::set<ResourceId> out;
  for (const auto* resource : mesh.authentications_at_sidecar(id))
    if (!std::get<RequestAuthentication>(resource->spec).jwt_rules.empty()) out.insert(resource->id);
  return out;
}

bool reads_tokens(const Rule& rule) {
  return std::ranges::any_of(rule.from, [](const Source& s) { return constrains(s.request_principals); }) ||
         std::ranges::any_of(rule.when, [](const Condition& c) { return c.key.value.starts_with("request.auth."); });
}

bool reads_headers(const Rule& rule) {
  return std::ranges::any_of(rule.when, [](const Condition& c) { return c.reads && c.reads->attribute == ConditionAttribute::RequestHeader; });
}

/// What the pods' RequestAuthentications have in common, and whether it matters that they differ: one pod's issuer is another's 401, and without any there are no claims. 8.2
void add_tokens(Front& front, const MeshModel& mesh) {
  std::set<std::set<ResourceId>> kinds;
  for (const auto id : front.pods) kinds.insert(authentications(mesh, id));
  for (const auto& kind : kinds) front.authentications.insert(kind.begin(), kind.end());
  if (kinds.size() < 2) return;
  if (std::ranges::any_of(front.policies, [&](ResourceId id) { return std::ranges::any_of(authorization_of(mesh.store()[id]).rules, reads_headers); }))
    front.tokens_differ = *front.authentications.begin();  // a RequestAuthentication may write them
  kinds.erase(std::set<ResourceId>());
  const auto tokens_decide = [&](ResourceId id) { return std::ranges::any_of(authorization_of(mesh.store()[id]).rules, reads_tokens); };
  if (kinds.size() > 1 || std::ranges::any_of(front.policies, tokens_decide)) front.tokens_differ = *front.authentications.begin();
}

/// What an extension makes of a request, policies behind it read: where not all pods have it, the waypoint would read something else.
void add_extensions(Front& front, const MeshModel& mesh) {
  std::set<std::set<ResourceId>> kinds;
  for (const auto id : front.pods) {
    std::set<ResourceId> here;
    for (const auto* resource : mesh.extensions_at_sidecar(id))
      if (std::get<Extension>(resource->spec).may_refuse()) here.insert(resource->id);
    front.extensions.insert(here.begin(), here.end());
    kinds.insert(std::move(here));
  }
  const auto reads = [&](ResourceId id) { return std::ranges::any_of(authorization_of(mesh.store()[id]).rules, [](const Rule& rule) { return reads_http(rule); }); };
  if (kinds.size() > 1 && std::ranges::any_of(front.policies, reads)) front.extensions_differ = *front.extensions.begin();
}

/// The policies of one pod.
std::set<ResourceId> add_policies(Front& front, const MeshModel& mesh, WorkloadId id) {
  std::set<ResourceId> allows;
  for (const auto* resource : mesh.policies_at_sidecar(id)) {
    const auto& policy = authorization_of(*resource);
    if (policy.action == AuthorizationAction::Allow && decides(policy))
      allows.insert(resource->id);
    else
      front.policies.insert(resource->id);
  }
  front.several_providers = front.several_providers || asks_several(mesh, id);
  return allows;
}

/// The first that looks at all of a pod's HTTP, and at nothing where the waypoint sees bytes.
std::optional<ResourceId> http_reader(const Front& front, const MeshModel& mesh) {
  if (!front.authentications.empty()) return *front.authentications.begin();
  for (const auto id : front.extensions)
    if (!std::get<Extension>(mesh.store()[id].spec).network) return id;
  for (const auto id : front.policies)
    if (may_ask_over_http(authorization_of(mesh.store()[id]), mesh)) return id;
  return std::nullopt;
}

/// What its pods have, and what that makes of it.
void add_resources(Front& out, const MeshModel& mesh) {
  bool first = true;
  std::set<ResourceId> common;
  for (const auto id : out.pods) {
    auto allows = add_policies(out, mesh, id);
    if (allows.empty()) continue;  // pods without any ALLOW allow everything
    std::set<ResourceId> both;
    std::ranges::set_intersection(common, allows, std::inserter(both, both.end()));
    common = first ? allows : std::move(both);
    first = false;
    out.allowing.merge(allows);
  }
  out.nothing_in_common = !first && common.empty();
  out.policies.merge(common);
  add_tokens(out, mesh);
  add_extensions(out, mesh);
  out.http_reader = http_reader(out, mesh);
  if (out.http_reader)
    for (const auto& port : out.ports)
      if (port.raw_at_waypoint) out.unchecked_ports.push_back(port.service_port);
}

}  // namespace

bool decides(const AuthorizationPolicy& policy) { return !policy.dry_run && policy.action != AuthorizationAction::Audit; }

bool asks_several(const MeshModel& mesh, WorkloadId pod) {
  std::set<std::string> providers;
  for (const auto* resource : mesh.policies_at_sidecar(pod)) {
    const auto& policy = authorization_of(*resource);
    if (policy.action == AuthorizationAction::Custom && decides(policy)) providers.insert(policy.provider);
  }
  return providers.size() > 1;
}

bool asks_over_http(const AuthorizationPolicy& policy, const MeshModel& mesh) {
  const auto& providers = mesh.extension_providers();
  const auto provider = std::ranges::find(providers, policy.provider, &ExtensionProvider::name);
  return may_ask_over_http(policy, mesh) && !provider->presumed;
}

bool may_ask_over_http(const AuthorizationPolicy& policy, const MeshModel& mesh) {
  const auto& providers = mesh.extension_providers();
  const auto provider = std::ranges::find(providers, policy.provider, &ExtensionProvider::name);
  return policy.action == AuthorizationAction::Custom && decides(policy) && provider != providers.end() && provider->http;
}

Front front_of(const MeshModel& mesh, const MeshService& service, const MovingNamespace& moving) {
  Front out{.name = service.name, .ns = service.ns, .pods = pods_behind(mesh, service.id)};
  for (const auto& port : service.spec.ports)
    if (port.protocol == "TCP") out.ports.push_back(front_port(mesh, service, port, moving));
  add_resources(out, mesh);
  return out;
}

std::vector<std::uint16_t> uncaptured_ports(const Front& front) {
  std::vector<std::uint16_t> out;
  for (const auto& port : front.ports)
    if (port.uncaptured) out.push_back(port.service_port);
  return out;
}

std::vector<std::vector<std::string>> services_before(const std::vector<Front>& fronts, const std::vector<WorkloadId>& pods) {
  std::vector<std::vector<std::string>> out;
  for (const auto& front : fronts) {
    if (std::ranges::find_first_of(front.pods, pods) == front.pods.end()) continue;
    if (out.empty() || out.back().size() == kMostTargets) out.emplace_back();
    out.back().push_back(front.name);
  }
  return out;
}

std::vector<Front> fronts(const MeshModel& mesh, const MovingNamespace& moving) {
  std::vector<Front> out;
  if (moving.waypoint.empty()) return out;
  for (const auto& service : mesh.services()) {
    if (service.ns == moving.name && !mesh.reach(service.id).empty() && mesh.waypoint_of(service.id) != nullptr) out.push_back(front_of(mesh, service, moving));
  }
  return out;
}

std::vector<Front> bound_pods(const MeshModel& mesh, const MovingNamespace& moving) {
  std::map<std::string, Front> by_waypoint;
  for (const auto id : moving.workloads) {
    const auto* waypoint = mesh.waypoint_of(id);
    if (waypoint == nullptr || waypoint->ns != moving.name) continue;
    auto& front = by_waypoint.try_emplace(waypoint->name, Front{.name = waypoint->name, .ns = moving.name, .to_pods = true}).first->second;
    front.pods.push_back(id);
  }
  std::vector<Front> out;
  for (auto& [name, front] : by_waypoint) {
    add_resources(front, mesh);
    out.push_back(std::move(front));
  }
  return out;
}

}  // namespace s2a
