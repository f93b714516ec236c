// Ports and protocols of the pods, as far as the policy tells them apart.
#include "ir/audit/arrivals.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "ir/pattern/pattern.h"

namespace s2a {
namespace {

constexpr std::uint16_t kUndeclared = 65000;

std::set<std::uint16_t> named_ports(const AuthorizationPolicy& policy) {
  std::set<std::uint16_t> out;
  const auto add = [&](const Match& match) {
    for (const auto* values : {&match.values, &match.not_values})
      for (const auto& value : *values)
        if (const auto port = port_number(value.value)) out.insert(*port);
  };
  for (const auto& rule : policy.rules) {
    for (const auto& operation : rule.to) add(operation.ports);
    for (const auto& condition : rule.when)
      if (condition.reads && condition.reads->attribute == ConditionAttribute::DestinationPort) add(condition.match);
  }
  return out;
}

std::string host_of(const MeshModel& mesh, const MeshWorkload& pod) {
  const auto services = mesh.services_of(pod.id);
  return services.empty() ? "pod." + pod.ns : fmt::format("{}.{}", mesh[services.front()].name, mesh[services.front()].ns);
}

/// Alike for the policy.
bool same(const Arrival& a, const Arrival& b) {
  return a.http == b.http && a.at_sidecar == b.at_sidecar && a.at_ztunnel == b.at_ztunnel && a.port_named == b.port_named && (a.port == b.port || !a.port_named);
}

}  // namespace

Arrivals arrivals_of(const MeshModel& mesh, const AuthorizationPolicy& policy, const std::vector<PolicyPod>& pods) {
  Arrivals out;
  const auto named = named_ports(policy);
  for (const auto& [id, at_sidecar, at_ztunnel] : pods) {
    if (out.host.empty()) out.host = host_of(mesh, mesh[id]);
    auto ports = named;
    for (const auto port : mesh.ports_of(id)) ports.insert(port);
    ports.insert(kUndeclared);
    for (const auto port : ports) {
      const auto protocol = mesh.protocol_at_sidecar(id, port).value_or(AppProtocol::Auto);
      for (const bool http : {true, false}) {
        if (protocol == (http ? AppProtocol::Tcp : AppProtocol::Http)) continue;
        const Arrival arrival{.http = http, .at_sidecar = at_sidecar, .at_ztunnel = at_ztunnel, .port = port, .port_named = named.contains(port)};
        if (std::ranges::none_of(out.all, [&](const Arrival& known) { return same(known, arrival); })) out.all.push_back(arrival);
      }
    }
  }
  std::ranges::stable_sort(out.all, {}, [](const Arrival& arrival) { return !arrival.http; });
  return out;
}

}  // namespace s2a
