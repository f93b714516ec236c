// The rules of the CRDs of HTTPRoute, GRPCRoute, TCPRoute and TLSRoute; check_filters.cpp has those for filters. routing.md 1.6
#include "frontend/decode/check_route.h"

#include <fmt/format.h>

#include <set>
#include <tuple>

#include "frontend/grammar/regex.h"
#include "frontend/grammar/route_path.h"
#include "ir/pattern/address.h"

namespace s2a {
namespace {

constexpr std::size_t kMaxMatches = 128;

void refuse(const Reader& reader, NodeId node, std::string message, std::string help = {}) { reader.report(Code::InvalidValue, node, std::move(message), std::move(help)); }

/// The experimental channel lets ports tell two references to one parent apart, the standard one does not: what both refuse.
void check_parents(const Reader& reader, NodeId spec) {
  std::set<std::tuple<std::string, std::string, std::string, std::string, std::string, std::int64_t>> seen;
  for (const auto ref : reader.items(spec, "parentRefs")) {
    const auto text = [&](std::string_view field) { return reader.string(ref, field).value; };
    const bool fresh = seen.emplace(text("group"), text("kind"), text("namespace"), text("name"), text("sectionName"), reader.integer(ref, "port").value_or(0)).second;
    if (!fresh) refuse(reader, ref, "the same parent is named twice", "remove one of the two, or tell them apart by `sectionName`");
  }
}

/// One without `matches` counts as one where the CRD fills in a default.
void check_match_count(const Reader& reader, NodeId spec, bool has_default) {
  std::size_t sum = 0;
  for (const auto rule : reader.items(spec, "rules")) {
    const auto count = reader.items(rule, "matches").size();
    sum += has_default && reader.get(rule, "matches") == kNoNode ? 1 : count;
    if (sum <= kMaxMatches) continue;
    const auto matches = reader.key(rule, "matches");
    return refuse(reader, matches == kNoNode ? rule : matches, fmt::format("more than {} matches in one route are refused", kMaxMatches),
                  "split the route: istiod merges the routes of one parent");
  }
}

/// An expression that RE2 refuses the API server takes; Envoy then refuses the whole listener.
void check_values(const Reader& reader, NodeId match, std::string_view field) {
  check_distinct(reader, match, field, "name");
  for (const auto item : reader.items(match, field))
    if (reader.string(item, "type").value == "RegularExpression") reader.check_text(reader.string(item, "value"), check_regex);
}

void check_http_match(const Reader& reader, NodeId match) {
  check_values(reader, match, "headers");
  check_values(reader, match, "queryParams");
  const auto path = reader.get(match, "path");
  const auto value = reader.string(path, "value");
  reader.check_text(value, reader.string(path, "type").value == "RegularExpression" ? check_regex : check_route_path);
}

void check_timeouts(const Reader& reader, NodeId node, const RouteRule& rule) {
  if (rule.request_timeout && rule.backend_timeout && rule.request_timeout->count() != 0 && *rule.backend_timeout > *rule.request_timeout)
    refuse(reader, reader.get(node, {"timeouts", "backendRequest"}), "`backendRequest` may not last longer than `request`", "raise `request`, or lower it");
}

void check_rule(const Reader& reader, NodeId rule) {
  check_filters(reader, rule, rule);
  for (const auto backend : reader.items(rule, "backendRefs")) {
    check_backend(reader, backend);
    check_filters(reader, rule, backend);
  }
}

}  // namespace

void check_distinct(const Reader& reader, NodeId map, std::string_view field, std::string_view by) {
  std::set<std::string> seen;
  for (const auto item : reader.items(map, field)) {
    const auto value = by.empty() ? item : reader.get(item, by);
    if (value != kNoNode && reader[value].kind == NodeKind::Scalar && !seen.insert(reader[value].value).second)
      refuse(reader, value, fmt::format("`{}` stands twice in `{}`", shown(reader[value].value), field), "remove one of the two");
  }
}

void check_backend(const Reader& reader, NodeId ref) {
  const auto kind = reader.string(ref, "kind").value;
  const bool service = reader.string(ref, "group").value.empty() && (kind.empty() || kind == "Service");
  if (service && reader.string(ref, "name").written() && reader.get(ref, "port") == kNoNode)
    refuse(reader, reader.string(ref, "name").node, "a Service is named without its `port`", "add the `port`");
}

void check_http_route(const Reader& reader, NodeId object, const Route& route) {
  const auto spec = reader.get(object, "spec");
  check_parents(reader, spec);
  check_match_count(reader, spec, true);
  for (const auto& rule : route.rules) {
    if (rule.node == kNoNode) continue;  // the CRD's default
    for (const auto match : reader.items(rule.node, "matches")) check_http_match(reader, match);
    check_timeouts(reader, rule.node, rule);
    check_distinct(reader, reader.get(rule.node, "retry"), "codes");
    check_rule(reader, rule.node);
  }
}

void check_grpc_route(const Reader& reader, NodeId object, const Route& route) {
  const auto spec = reader.get(object, "spec");
  check_parents(reader, spec);
  check_match_count(reader, spec, false);
  for (const auto& rule : route.rules) {
    for (const auto match : reader.items(rule.node, "matches")) {
      check_values(reader, match, "headers");
      const auto called = reader.get(match, "method");
      const auto service = reader.string(called, "service");
      const auto method = reader.string(called, "method");
      if (called != kNoNode && !service.written() && !method.written()) refuse(reader, called, "neither `service` nor `method` is named", "name one of the two, or remove it");
      const bool regex = reader.string(called, "type").value == "RegularExpression";
      reader.check_text(service, regex ? check_regex : check_grpc_service);
      reader.check_text(method, regex ? check_regex : check_grpc_method);
    }
    check_rule(reader, rule.node);
  }
}

void check_l4_route(const Reader& reader, NodeId object, const Route& route) {
  const auto spec = reader.get(object, "spec");
  check_parents(reader, spec);
  for (const auto& hostname : route.hostnames)
    if (parse_address(hostname.value)) refuse(reader, hostname.node, "an address is no server name", "name the host");
  const bool v1 = reader.string(object, "apiVersion").value.ends_with("/v1");
  const auto kind = reader.string(object, "kind");
  if (v1 && spec != kNoNode && kind.value == "TLSRoute" && route.hostnames.empty())
    refuse(reader, kind.node, "a TLSRoute without `hostnames` is refused since version v1", "add the server names that are meant");
  if (v1 && route.rules.size() > 1) refuse(reader, route.rules[1].node, "a second rule is refused since version v1", "make it a route of its own");
  for (const auto& rule : route.rules) {
    if (rule.backends.empty()) refuse(reader, rule.node, "a rule without `backendRefs` is refused", "say where its connections go");
    check_rule(reader, rule.node);
  }
}

}  // namespace s2a
