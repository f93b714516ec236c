// Connections by port, server name and address.
#include "ir/routing/l4.h"

#include <algorithm>

#include "ir/pattern/glob.h"
#include "ir/pattern/istio_values.h"
#include "ir/routing/literals.h"
#include "ir/routing/virtual_service.h"

namespace s2a {
namespace {

bool counts_at_sidecar(const L4Match& match, const RoutingPlace& place) {
  if (!about_mesh(match.gateways, match.port, place.port)) return false;
  if (!match.gateways.empty()) return true;
  return (match.source_namespace.empty() || match.source_namespace == place.proxy->ns) && picks(match.source_labels, place.proxy->labels);
}

bool counts_at_waypoint(const L4Match& match, const RoutingPlace& place) {
  return about_mesh(match.gateways, match.port, place.port) && match.source_labels.empty() && match.source_namespace.empty();
}

/// A connection to nowhere is closed.
void add_connection_row(Table& table, Guard guard, const L4Rule& rule, const L4Match& match, const RouteSource& source, const RoutingContext& context, const RoutingPlace& place) {
  RouteAction action;
  for (const auto& weighted : rule.route) {
    const bool several = rule.route.size() > 1;
    if (weighted.weight == 0 && (several || source.of_routes)) continue;
    action.destinations.push_back(destination_of(weighted.destination, source.ns, context, place));
    action.destinations.back().weight = several ? weighted.weight : 1;
    action.destinations.back().hash.clear();  // of connections only the address is hashed, and nothing here says so
  }
  const bool reached = std::ranges::any_of(action.destinations, [](const Destination& d) { return d.endpoints.reach == Endpoints::Reach::Reached; });
  const auto node = match.node == kNoNode ? rule.node : match.node;
  table.rows.push_back({.guard = std::move(guard),
                        .outcome = reached ? Outcome::Allow : Outcome::Reset,
                        .origin = {.resource = source.resource->id, .node = node, .text = {}},
                        .action = table.add(std::move(action))});
}

Guard guard_at_sidecar(const L4Match& match, bool tls) {
  Conjunction out;
  if (tls) {
    Set names;
    for (const auto& host : match.sni_hosts) names.any_of.push_back(host.starts_with('*') ? Pattern(Suffix{lower(host.substr(1))}) : Pattern(Exact{lower(host)}));
    out.push_back({.attribute = Attribute::ServerName, .set = std::move(names), .negated = false});
  }
  if (!match.destination_subnets.empty()) {
    Set subnets;
    for (const auto& subnet : match.destination_subnets) subnets.any_of.push_back(cidr(subnet).value_or(never()));
    out.push_back({.attribute = Attribute::ServiceAddress, .set = std::move(subnets), .negated = false});
  }
  return guard_of(std::move(out));
}

/// `tls` rules have matches; a `tcp` rule without any takes everything.
const std::vector<L4Match>& matches_of(const L4Rule& rule) {
  static const std::vector<L4Match> kEvery(1);
  return rule.matches.empty() ? kEvery : rule.matches;
}

/// A waypoint takes a TLS rule only where its one server name is the host itself. routing.md 1.9
bool names_host(const L4Match& match, const RoutingPlace& place) { return match.sni_hosts.size() == 1 && match.sni_hosts.front() == place.host->host; }

}  // namespace

void add_l4_rows_at_sidecar(Table& table, std::span<const RouteSource* const> sources, bool tls, const RoutingContext& context, const RoutingPlace& place) {
  for (const auto* source : sources) {
    for (const auto& rule : tls ? source->tls : source->tcp) {
      for (const auto& match : matches_of(rule))
        if (counts_at_sidecar(match, place)) add_connection_row(table, guard_at_sidecar(match, tls), rule, match, *source, context, place);
    }
  }
}

void add_l4_row_at_waypoint(Table& table, std::span<const RouteSource* const> sources, const RoutingContext& context, const RoutingPlace& place) {
  for (const auto* source : sources) {
    for (const bool tls : {true, false}) {
      for (const auto& rule : tls ? source->tls : source->tcp) {
        const auto& all = matches_of(rule);
        const auto match = std::ranges::find_if(all, [&](const L4Match& m) { return counts_at_waypoint(m, place) && (!tls || names_host(m, place)); });
        if (match != all.end()) return add_connection_row(table, {}, rule, *match, *source, context, place);
      }
    }
  }
}

}  // namespace s2a
