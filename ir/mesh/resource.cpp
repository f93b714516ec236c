// Names of kinds and resources, and what follows from a few decoded fields.
#include "ir/mesh/resource.h"

#include <fmt/format.h>

#include <algorithm>

namespace s2a {

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::AuthorizationPolicy: return "AuthorizationPolicy";
    case Kind::RequestAuthentication: return "RequestAuthentication";
    case Kind::PeerAuthentication: return "PeerAuthentication";
    case Kind::VirtualService: return "VirtualService";
    case Kind::DestinationRule: return "DestinationRule";
    case Kind::ServiceEntry: return "ServiceEntry";
    case Kind::WorkloadEntry: return "WorkloadEntry";
    case Kind::WorkloadGroup: return "WorkloadGroup";
    case Kind::Sidecar: return "Sidecar";
    case Kind::EnvoyFilter: return "EnvoyFilter";
    case Kind::ProxyConfig: return "ProxyConfig";
    case Kind::Gateway: return "Gateway";
    case Kind::Telemetry: return "Telemetry";
    case Kind::WasmPlugin: return "WasmPlugin";
    case Kind::TrafficExtension: return "TrafficExtension";
    case Kind::HTTPRoute: return "HTTPRoute";
    case Kind::TCPRoute: return "TCPRoute";
    case Kind::TLSRoute: return "TLSRoute";
    case Kind::GRPCRoute: return "GRPCRoute";
    case Kind::K8sGateway: return "Gateway";
    case Kind::GatewayClass: return "GatewayClass";
    case Kind::ReferenceGrant: return "ReferenceGrant";
    case Kind::Service: return "Service";
    case Kind::Namespace: return "Namespace";
    case Kind::Pod: return "Pod";
    case Kind::Deployment: return "Deployment";
    case Kind::StatefulSet: return "StatefulSet";
    case Kind::DaemonSet: return "DaemonSet";
    case Kind::ReplicaSet: return "ReplicaSet";
    case Kind::ReplicationController: return "ReplicationController";
    case Kind::Job: return "Job";
    case Kind::CronJob: return "CronJob";
    case Kind::ServiceAccount: return "ServiceAccount";
    case Kind::Rollout: return "Rollout";
    case Kind::NetworkPolicy: return "NetworkPolicy";
    case Kind::IstioConfigMap: return "ConfigMap";
    case Kind::IstioOperator: return "IstioOperator";
    case Kind::SailIstio: return "Istio";
    case Kind::Kustomization: return "Kustomization";
  }
  return "";
}

std::string_view to_string(AuthorizationAction action) {
  switch (action) {
    case AuthorizationAction::Allow: return "ALLOW";
    case AuthorizationAction::Deny: return "DENY";
    case AuthorizationAction::Audit: return "AUDIT";
    case AuthorizationAction::Custom: return "CUSTOM";
  }
  return "";
}

std::string Resource::subject() const {
  auto out = std::string(to_string(kind));
  if (ns.value.empty() && name.value.empty()) return out;
  if (ns.value == kAnyNamespace) return fmt::format("{}{}{} in an unknown namespace", out, name.value.empty() ? "" : " ", name.value);
  if (name.value.empty()) return fmt::format("{} in {}", out, ns.value);
  out += ' ';
  if (!ns.value.empty()) out += ns.value + '/';
  return out + name.value;
}

const std::optional<Selector>* selector_of(const Resource& resource) {
  return std::visit(
      [](const auto& spec) -> const std::optional<Selector>* {
        if constexpr (requires { spec.target_refs, spec.selector->match_labels; })
          return spec.target_refs.empty() ? &spec.selector : nullptr;
        else
          return nullptr;
      },
      resource.spec);
}

bool Extension::may_refuse() const {
  return decides() && (match.empty() || std::ranges::any_of(match, [](const ExtensionMatch& m) { return m.inbound; }));
}

bool Extension::sees(std::uint16_t port) const {
  const auto holds = [&](const ExtensionMatch& m) { return m.inbound && (m.ports.empty() || std::ranges::find(m.ports, port) != m.ports.end()); };
  return match.empty() || std::ranges::any_of(match, holds);
}

bool Extension::runs_at_waypoints() const {
  return match.empty() || std::ranges::any_of(match, [](const ExtensionMatch& m) { return m.inbound && m.ports.empty(); });
}

bool about_mesh(const std::vector<std::string>& gateways, std::optional<std::uint16_t> of_match, std::uint16_t port) {
  const bool in_mesh = gateways.empty() || std::ranges::find(gateways, "mesh") != gateways.end();
  return in_mesh && (of_match.value_or(0) == 0 || of_match == port);
}

bool VirtualService::in_mesh() const { return gateways.empty() || std::ranges::find(gateways, std::string_view("mesh"), &Spanned<std::string>::value) != gateways.end(); }

std::vector<const RouteDestination*> VirtualService::destinations() const {
  std::vector<const RouteDestination*> out;
  const auto add = [&](const std::vector<WeightedDestination>& route) {
    for (const auto& to : route) out.push_back(&to.destination);
  };
  for (const auto& rule : http) {
    add(rule.route);
    for (const auto& mirror : rule.mirrors) out.push_back(&mirror.destination);
  }
  for (const auto* rules : {&tls, &tcp})
    for (const auto& rule : *rules) add(rule.route);
  return out;
}

NodeId DestinationRule::traffic_policy() const {
  if (policy) return policy->node;
  const auto first = std::ranges::find_if(subsets, [](const Subset& subset) { return subset.policy.has_value(); });
  return first == subsets.end() ? kNoNode : first->policy->node;
}

std::vector<const ObjectRef*> Route::backends() const {
  std::vector<const ObjectRef*> out;
  const auto add_mirrors = [&](const RouteFilters& filters) {
    for (const auto& mirror : filters.mirrors) out.push_back(&mirror.backend);
  };
  for (const auto& rule : rules) {
    add_mirrors(rule.filters);
    for (const auto& backend : rule.backends) {
      out.push_back(&backend.ref);
      add_mirrors(backend.filters);
    }
  }
  return out;
}

}  // namespace s2a
