// Rows to hops: a way for each pod of each destination, its questions asked of the request as it was sent.
#include "ir/routing/routed_ways.h"

#include <algorithm>

#include "ir/mesh/split.h"
#include "ir/table/view.h"

namespace s2a {
namespace {

/// What the hops ask, asked of the request as it was before a route changed it.
Path before_route(Path path, const View& view) {
  path.table = view.preimage(path.table);
  for (auto& next : path.next) next = before_route(std::move(next), view);
  return path;
}

}  // namespace

/// nullptr: the address of a pod, or of no host of a ServiceEntry.
const RoutedHost* RoutedWays::called(const Question& question) const {
  if (question.service) return routing_.hosts().find(*question.service);
  return question.entry ? routing_.hosts().find(question.entry_host) : nullptr;
}

/// Headless Services are the addresses of their pods, and gateways follow routes of their own: nothing of the mesh's routes comes before a waypoint. routing.md 5.1
const RoutedHost* RoutedWays::host(const Question& question) const {
  if (question.client == ClientClass::Plaintext || (question.client == ClientClass::Ingress && waypoint_on_the_way(mesh_, question) == nullptr)) return nullptr;
  return called(question);
}

bool RoutedWays::may_be_routed(const Question& question) const {
  const auto* to = host(question);
  return begins_tls(question) || (to != nullptr && routing_.oldest_object(*to) != nullptr);
}

std::vector<std::string> RoutedWays::names(const Question& question, const RoutingProxy& client) const {
  const auto* to = called(question);
  return to != nullptr ? routing_.hosts().names(*to, client.ns) : std::vector<std::string>();
}

Chain RoutedWays::chain(const Question& question) const {
  const auto* port = routing_.hosts().port(*called(question), question.service_port);
  return chain_for(port == nullptr ? AppProtocol::Auto : MeshModel::protocol(*port), question.http);
}

bool RoutedWays::begins_tls(const Question& question) const { return question.entry && routing_.destinations().begins_tls(question.entry_host) != nullptr; }

/// Who has left its sidecar is routed by a waypoint, or not at all.
std::optional<Table> RoutedWays::table(const Question& question, const RoutingProxy& client) const {
  const auto* to = host(question);
  if (to == nullptr) return std::nullopt;
  if (const auto* waypoint = waypoint_on_the_way(mesh_, question)) return routing_.at_waypoint(*waypoint, *to, question.service_port, chain(question));
  return question.client == ClientClass::Sidecar ? routing_.at_sidecar(client, *to, question.service_port, chain(question)) : std::nullopt;
}

/// A waypoint leads to the pods of other Services by itself; a sidecar asks for the Service that it was led to.
std::optional<Path> RoutedWays::hop(const Question& question, const Destination& destination, const std::pair<WorkloadId, std::uint16_t>& pod) const {
  auto asked = question;
  asked.workload = pod.first;
  asked.container_port = pod.second;
  if (waypoint_on_the_way(mesh_, question) == nullptr) {
    const auto parts = split(destination.cluster.service, '/');
    const auto* to = parts.size() == 2 ? routing_.hosts().find(routing_.hosts().resolved(parts[1], parts[0])) : nullptr;
    if (to != nullptr && std::holds_alternative<ServiceId>(to->is)) asked.service = std::get<ServiceId>(to->is);
    asked.entry.reset();
    asked.service_port = destination.cluster.port;
  }
  auto way = pod_hop(mesh_, asked);
  return way ? std::optional(before_route(std::move(*way), behind(destination.transform))) : std::nullopt;
}

std::optional<Path> RoutedWays::follow(Table table, const Question& question) const {
  auto waypoint = waypoint_hop(mesh_, question);
  Path out{.engine = waypoint ? Engine::Waypoint : Engine::Sidecar, .table = std::move(table), .next = {}, .hops = {}};
  for (const auto& action : out.table.actions) {
    auto& hops = out.hops.emplace_back();
    for (const auto& destination : action.destinations)
      for (const auto& pod : destination.endpoints.pods) {
        auto way = hop(question, destination, pod);
        if (!way) return std::nullopt;
        hops.push_back(static_cast<std::uint32_t>(out.next.size()));
        out.next.push_back(std::move(*way));
      }
  }
  if (!waypoint) return out;
  waypoint->next.push_back(std::move(out));
  return waypoint;
}

std::optional<Path> RoutedWays::to_host(const Question& question, const RoutingProxy& client) const {
  if (auto routes = table(question, client)) return follow(std::move(*routes), question);
  const auto* to = called(question);
  if (to == nullptr) return std::nullopt;
  const auto* waypoint = waypoint_on_the_way(mesh_, question);
  if (waypoint != nullptr) return follow(routing_.default_at_waypoint(*waypoint, *to, question.service_port, chain(question)), question);
  auto directly = routing_.default_at_sidecar(client, *to, question.service_port, chain(question));
  if (question.client != ClientClass::Sidecar && question.client != ClientClass::Ingress)  // ztunnel reads no DestinationRule
    for (auto& action : directly.actions)
      for (auto& destination : action.destinations) destination.endpoints.tls.reset();
  return follow(std::move(directly), question);
}

}  // namespace s2a
