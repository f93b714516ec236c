// Which objects apply where.
#include "ir/routing/routing.h"

#include <algorithm>

#include "ir/pattern/glob.h"
#include "ir/routing/l4.h"
#include "ir/routing/literals.h"

namespace s2a {
namespace {

Table of_one(RouteAction action, Chain chain) {
  Table out;
  out.otherwise_origin.text = "no route";
  if (chain == Chain::Http) {
    add_row(out, {}, std::move(action), out.otherwise_origin);
    close(out);
    return out;
  }
  action.retries.reset();
  action.destinations.front().hash.clear();
  const bool reached = action.destinations.front().endpoints.reach == Endpoints::Reach::Reached;
  out.otherwise = reached ? Outcome::Allow : Outcome::Reset;
  out.otherwise_action = out.add(std::move(action));
  return out;
}

/// A Host is compared without regard to case, and to a port behind it. routing.md 1.1
Literal named(const std::vector<std::string>& names) {
  Glob hosts{.any_of = {}, .ignore_case = true};
  for (const auto& name : names) {
    std::vector<Piece> pieces;
    if (name.starts_with('*')) pieces.emplace_back(Star{.chars = Chars::Any, .empty_too = false});
    pieces.emplace_back(name.substr(name.starts_with('*') ? 1 : 0));
    hosts.any_of.push_back(pieces);
    pieces.emplace_back(":");
    pieces.emplace_back(Star{});
    hosts.any_of.push_back(std::move(pieces));
  }
  return {.attribute = Attribute::Host, .set = {.any_of = {std::move(hosts)}}, .negated = false};
}

/// The rows of a virtual host, for the requests that name it.
void add_virtual_host(Table& out, const Table& rows, const std::vector<std::string>& names) {
  const Clause here{.any_of = {{named(names)}}};
  const auto moved = [&](const std::optional<std::uint32_t>& action) { return action ? std::optional(out.add(rows.actions[*action])) : std::nullopt; };
  for (const auto& row : rows.rows) {
    auto guard = row.guard;
    guard.all_of.insert(guard.all_of.begin(), here);
    out.rows.push_back({.guard = std::move(guard), .outcome = row.outcome, .origin = row.origin, .action = moved(row.action)});
  }
  out.rows.push_back({.guard = {.all_of = {here}}, .outcome = rows.otherwise, .origin = rows.otherwise_origin, .action = moved(rows.otherwise_action)});
}

}  // namespace

bool declared_tls(const ServicePort* port) {
  if (port == nullptr) return false;
  const auto word = lower(port->app_protocol.empty() ? port->name.value : port->app_protocol);
  const auto protocol = word.substr(0, word.find('-'));
  return protocol == "tls" || protocol == "https";
}

RoutingProxy routing_proxy(const MeshWorkload& client) { return {.ns = client.ns, .labels = client.labels, .waypoint = false}; }
RoutingProxy routing_proxy(const Waypoint& waypoint) { return {.ns = waypoint.ns, .labels = {}, .waypoint = true}; }

Routing::Routing(const MeshModel& mesh) : context_(mesh, mesh.istio()), sources_(route_sources(context_)) {}

/// A route of another namespace than its parent's is for clients of its own. routing.md 5.3
std::vector<const RouteSource*> Routing::seen_by_client(const RoutingProxy& client) const {
  auto out = visible(sources_, client.ns);
  std::erase_if(out, [&](const RouteSource* source) {
    const auto* parent = source->of_routes ? context_.hosts.find(source->hosts.front()) : nullptr;
    return parent != nullptr && parent->ns != source->ns && source->ns != client.ns;
  });
  return out;
}

/// The exact host wins, then the longest wildcard, then the first in order; the first with rules for this port claims the host. routing.md 1.1
std::optional<Table> Routing::http_at_sidecar(const RoutingPlace& place, const std::vector<const RouteSource*>& seen) const {
  struct Claim {
    bool exact = false;
    std::size_t length = 0;
    const RouteSource* source = nullptr;
  };
  std::vector<Claim> claims;
  for (const auto* source : seen)
    for (const auto& host : source->hosts)
      if (host_matches(host, place.host->host)) claims.push_back({.exact = host == place.host->host, .length = host.size(), .source = source});
  std::ranges::stable_sort(claims, std::ranges::greater(), [](const Claim& claim) { return std::pair(claim.exact, claim.length); });
  for (const auto& claim : claims) {
    Table out;
    if (!add_http_rows(out, *claim.source, context_, place)) continue;
    close(out);
    return out;
  }
  return std::nullopt;
}

const Resource* Routing::oldest_object(const RoutedHost& host) const {
  const auto names = [&](const RouteSource& source) { return std::ranges::any_of(source.hosts, [&](const std::string& h) { return host_matches(h, host.host); }); };
  const auto found = std::ranges::find_if(sources_, names);
  return found == sources_.end() ? nullptr : found->resource;
}

std::optional<Table> Routing::at_sidecar(const RoutingProxy& client, const RoutedHost& host, std::uint16_t port, Chain chain) const {
  const RoutingPlace place{.proxy = &client, .host = &host, .port = port};
  auto seen = seen_by_client(client);
  if (chain == Chain::Http) return http_at_sidecar(place, seen);
  std::erase_if(seen, [&](const RouteSource* source) { return std::ranges::none_of(source->hosts, [&](const std::string& h) { return host_matches(h, host.host); }); });
  const bool tls = declared_tls(context_.hosts.port(host, port));
  Table out;
  add_l4_rows_at_sidecar(out, seen, tls, context_, place);
  if (out.rows.empty()) return std::nullopt;
  out.otherwise_origin.text = "no route matches";
  out.otherwise_action = out.add(tls ? passthrough() : of_one(default_route(context_, place), chain).actions.front());
  return out;
}

std::optional<Table> Routing::at_waypoint(const Waypoint& waypoint, const RoutedHost& host, std::uint16_t port, Chain chain) const {
  const auto proxy = routing_proxy(waypoint);
  const RoutingPlace place{.proxy = &proxy, .host = &host, .port = port};
  auto seen = visible(sources_, proxy.ns);
  std::erase_if(seen, [&](const RouteSource* source) {
    const bool near = source->ns == proxy.ns || source->ns == host.ns;  // routing.md 2.2
    return !near || std::ranges::none_of(source->hosts, [&](const std::string& h) { return host_matches(h, host.host); });
  });
  if (!context_.release.concatenates() && !seen.empty()) seen.erase(seen.begin() + 1, seen.end());
  Table out;
  if (chain == Chain::Tcp) {
    add_l4_row_at_waypoint(out, seen, context_, place);
    return out.rows.empty() ? std::nullopt : std::optional(std::move(out));
  }
  for (const auto* source : seen) add_http_rows(out, *source, context_, place);
  if (out.rows.empty()) return std::nullopt;
  close(out);
  return out;
}

Table Routing::default_at_sidecar(const RoutingProxy& client, const RoutedHost& host, std::uint16_t port, Chain chain) const {
  return of_one(default_route(context_, {.proxy = &client, .host = &host, .port = port}), chain);
}

Table Routing::default_at_waypoint(const Waypoint& waypoint, const RoutedHost& host, std::uint16_t port, Chain chain) const {
  const auto proxy = routing_proxy(waypoint);
  return of_one(default_route(context_, {.proxy = &proxy, .host = &host, .port = port}), chain);
}

Table Routing::outbound(const RoutingProxy& client, std::uint16_t port) const {
  Table out;
  const auto seen = seen_by_client(client);
  const auto unknown = [&](const std::string& host) { return std::ranges::none_of(context_.hosts.all(), [&](const auto& entry) { return host_matches(host, entry.first); }); };
  if (port == 80) {  // hosts that only VirtualServices know: literal ones first, then the longest wildcard
    std::vector<std::pair<std::string, const RouteSource*>> literal;
    for (const auto* source : seen)
      for (const auto& host : source->hosts)
        if (unknown(host)) literal.emplace_back(host, source);
    std::ranges::stable_sort(literal, std::ranges::greater(), [](const auto& entry) { return std::pair(!entry.first.starts_with('*'), entry.first.size()); });
    for (const auto& [host, source] : literal) {
      Table rows;
      if (!add_http_rows(rows, *source, context_, {.proxy = &client, .host = nullptr, .port = port})) continue;
      close(rows);
      add_virtual_host(out, rows, {host});
    }
  }
  for (const auto& [name, host] : context_.hosts.all()) {
    if (context_.hosts.port(host, port) == nullptr) continue;
    const auto rows = http_at_sidecar({.proxy = &client, .host = &host, .port = port}, seen);
    add_virtual_host(out, rows ? *rows : default_at_sidecar(client, host, port, Chain::Http), context_.hosts.names(host, client.ns));
  }
  out.otherwise_origin.text = "no virtual host";
  out.otherwise_action = out.add(passthrough());
  return out;
}

}  // namespace s2a
