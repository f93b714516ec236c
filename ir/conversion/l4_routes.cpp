// The first rule that counts takes every connection of the port.
//
//   tcp:                                                     kind: TCPRoute
//   - match: [{port: 9000}]                          ->      rules: [{backendRefs: [{group: "", kind: Service, name: db-v1, port: 9000}]}]
//     route: [{destination: {host: db, subset: v1}}]
#include "ir/conversion/l4_routes.h"

#include <algorithm>

namespace s2a {
namespace {

/// What a waypoint does not look at. routing.md 1.8
std::optional<std::pair<Obstacle, std::string>> unseen(const L4Match& match, bool tls, const std::string& host) {
  if (!match.destination_subnets.empty()) return std::pair(Obstacle::DestinationSubnets, match.destination_subnets.front());
  if (match.gateways.empty() && !match.source_labels.empty()) return std::pair(Obstacle::SourceLabelsMatch, match.source_labels.begin()->first);
  if (match.gateways.empty() && !match.source_namespace.empty()) return std::pair(Obstacle::SourceNamespaceMatch, match.source_namespace);
  if (tls && (match.sni_hosts.size() != 1 || match.sni_hosts.front() != host))
    return std::pair(Obstacle::SniHosts, match.sni_hosts.empty() ? std::string() : match.sni_hosts.front());
  return std::nullopt;
}

}  // namespace

L4Route l4_route(const Resource& virtual_service, bool tls, const ConversionPlace& place, Needs& needs) {
  static const std::vector<L4Match> kAlways(1);
  const auto& spec = std::get<VirtualService>(virtual_service.spec);
  L4Route out;
  for (const auto& rule : tls ? spec.tls : spec.tcp) {
    for (const auto& match : rule.matches.empty() ? kAlways : rule.matches) {
      if (!about_mesh(match.gateways, match.port, place.port)) continue;
      const auto refuse = [&](Obstacle obstacle, NodeId node, std::string detail) {
        out.refusals.push_back({.obstacle = obstacle, .resource = &virtual_service, .node = node == kNoNode ? rule.node : node, .detail = std::move(detail)});
      };
      if (const auto what = unseen(match, tls, place.host.host)) {
        refuse(what->first, match.node, what->second);
        continue;
      }
      out.kind = tls ? "TLSRoute" : "TCPRoute";
      out.version = tls ? tls_route_version(place.options) : tcp_route_version(place.options);
      if (out.version.empty()) refuse(Obstacle::L4Channel, rule.node, out.kind);
      FlatRule flat{.rule = {}, .holder = &virtual_service, .root = &virtual_service, .root_node = rule.node};
      flat.rule.node = rule.node;
      flat.rule.route = rule.route;
      for (auto& to : flat.rule.route) to.destination.host.value = place.routing.hosts.resolved(to.destination.host.value, virtual_service.ns.value);
      auto backends = weighted_backends(flat.rule.route, flat, place, needs);
      if (!backends) {
        auto refusal = std::move(backends.error());
        refusal.resource = &virtual_service;
        out.refusals.push_back(std::move(refusal));
        return out;
      }
      if (tls) out.spec.emplace_back("hostnames", Value::Sequence{place.host.host});
      out.spec.emplace_back("rules", Value::Sequence{Value::Map{{"backendRefs", *std::move(backends)}}});
      out.origins.match = {.resource = &virtual_service, .node = match.node == kNoNode ? rule.node : match.node};
      out.origins.stands_for = {out.origins.match, {.resource = &virtual_service, .node = rule.node}};
      return out;
    }
  }
  return out;
}

}  // namespace s2a
