// Matches and actions of VirtualServices.
#include "ir/routing/virtual_service.h"

#include <algorithm>

#include "ir/routing/literals.h"
#include "ir/routing/prefix_regex.h"

namespace s2a {
namespace {

/// routing.md 1.2: what names its gateways does not look at who calls.
bool counts(const HttpMatch& match, const RoutingPlace& place) {
  if (!about_mesh(match.gateways, match.port, place.port)) return false;
  if (place.proxy->waypoint && !match.source_labels.empty()) return false;
  if (!match.gateways.empty()) return true;
  return (match.source_namespace.empty() || match.source_namespace == place.proxy->ns) && picks(match.source_labels, place.proxy->labels);
}

/// `segments`: a prefix is taken to mean the path itself and what is below it; but not one of any case, which PathPrefix cannot say either way.
void add_path(Conjunction& out, const StringMatch& uri, bool ignore_case, bool segments) {
  const auto prefixed = [&]() -> std::vector<Pattern> {
    if (!segments || ignore_case || uri.text.ends_with('/')) return {Prefix{uri.text, ignore_case}};
    return {Exact{uri.text, ignore_case}, Prefix{uri.text + "/", ignore_case}};
  };
  switch (uri.kind) {
    case StringMatch::Kind::Present: return;
    case StringMatch::Kind::Exact: out.push_back({.attribute = Attribute::Path, .set = {.any_of = {Exact{uri.text, ignore_case}}}, .negated = false}); return;
    case StringMatch::Kind::Prefix: out.push_back({.attribute = Attribute::Path, .set = {.any_of = prefixed()}, .negated = false}); return;
    case StringMatch::Kind::Regex: out.push_back({.attribute = Attribute::Path, .set = {.any_of = {pattern_of(uri.regex)}}, .negated = false}); return;
  }
}

Guard guard_of(const HttpMatch& match, bool segments) {
  Conjunction out;
  if (match.uri) add_path(out, *match.uri, match.ignore_uri_case, segments);
  if (match.method) add_header(out, ":method", *match.method);
  if (match.authority) add_header(out, ":authority", *match.authority);
  if (match.scheme) add_header(out, ":scheme", *match.scheme);
  for (const auto& [name, value] : match.headers) add_header(out, name, value);
  for (const auto& [name, value] : match.without_headers) add_without_header(out, name, value);
  for (const auto& [name, value] : match.query_params) add_query(out, name, value);
  return guard_of(std::move(out));
}

/// A prefix match gives what it matched to the rewrite, every other one the whole path; without a match of the path it is `/`. routing.md 3.2
PathRewrite replace(const std::optional<StringMatch>& uri, bool ignore_case, const std::string& by) {
  if (!uri || uri->kind == StringMatch::Kind::Present) return prefix_rewrite("/", by);
  if (uri->kind == StringMatch::Kind::Prefix) return prefix_rewrite(uri->text, by, ignore_case);
  return {.kind = PathRewrite::Kind::Full, .matched = {}, .value = by};
}

PathRewrite path_of(const std::optional<HttpRewrite>& rewrite, const HttpMatch& match) {
  if (!rewrite) return {};
  if (!rewrite->regex.empty()) {
    const bool prefix = match.uri && match.uri->kind == StringMatch::Kind::Prefix && !match.ignore_uri_case;
    const auto said = prefix ? prefix_regex(*rewrite, match.uri->text) : std::nullopt;
    if (said && !said->drop_slash && said->text.starts_with('/')) return prefix_rewrite(match.uri->text, said->text);
    return regex_rewrite(rewrite->regex, rewrite->regex_replacement);
  }
  return rewrite->uri.empty() ? PathRewrite{} : replace(match.uri, match.ignore_uri_case, rewrite->uri);
}

Redirect redirect_of(const HttpRedirect& written, const HttpMatch& match, const RoutingPlace& place) {
  Redirect out{.code = written.code == 0 ? 301 : written.code, .scheme = written.scheme, .host = written.authority, .port = {}, .path = {}};
  out.port = redirect_port(written.port_of_request ? std::optional(place.port) : written.port, written.scheme);
  if (!written.uri.empty())
    out.path = {.kind = PathRewrite::Kind::Full, .matched = {}, .value = written.uri};
  else if (!written.prefix_rewrite.empty())
    out.path = replace(match.uri, match.ignore_uri_case, written.prefix_rewrite);
  return out;
}

Cors cors_of(const CorsPolicy& policy) {
  const auto list = [](const std::vector<std::string>& values) {
    std::string out;
    for (const auto& value : values) out += (out.empty() ? "" : ",") + value;
    return out;
  };
  Cors out{.origins = policy.allow_origins,
           .methods = list(policy.allow_methods),
           .headers = list(policy.allow_headers),
           .expose = list(policy.expose_headers),
           .max_age = policy.max_age ? std::to_string(policy.max_age->count() / 1000) : std::string(),
           .credentials = policy.allow_credentials.value_or(false),
           .answers_all = policy.unmatched_preflights == UnmatchedPreflights::Ignore};
  for (auto& origin : out.origins) {
    const auto& text = origin.text;
    const bool anchored = text.starts_with('^') && text.ends_with('$') && !text.ends_with("\\$");  // says nothing: the whole origin has to match
    if (origin.kind == StringMatch::Kind::Regex && anchored) origin.text = text.substr(1, text.size() - 2);
  }
  return out;
}

std::optional<Fault> fault_of(const std::optional<HttpFault>& written) {
  if (!written) return std::nullopt;
  Fault out;
  if (written->abort) out.abort = {.status = written->abort->http_status, .grpc_status = written->abort->grpc_status, .share = written->abort->share};
  if (written->delay && written->delay->fixed) out.delay = {.fixed = *written->delay->fixed, .share = written->delay->share};
  return out;
}

RouteAction action_of(const HttpRule& rule, const HttpMatch& match, const std::string& ns, const RoutingContext& context, const RoutingPlace& place) {
  RouteAction out;
  if (rule.cors) out.cors = cors_of(*rule.cors);
  out.fault = fault_of(rule.fault);
  const auto changes = rule.headers.value_or(HeaderChanges{});
  if (rule.redirect || rule.direct_response) {
    out.answer = in_order({changes.response});
    if (rule.redirect)
      out.redirect = redirect_of(*rule.redirect, match, place);
    else
      out.direct = {.status = rule.direct_response->status, .body = rule.direct_response->body};
    return out;
  }
  if (rule.timeout && rule.timeout->count() > 0) out.timeout = rule.timeout;
  out.retries = retries_of(rule.retries, context);
  for (const auto& mirror : rule.mirrors) {
    auto to = destination_of(mirror.destination, ns, context, place);
    if (mirror.share > 0) out.mirrors.push_back({.cluster = std::move(to.cluster), .endpoints = std::move(to.endpoints), .share = mirror.share});
  }
  const bool several = rule.route.size() > 1;
  for (const auto& weighted : rule.route) {
    if (several && weighted.weight == 0) continue;
    auto to = destination_of(weighted.destination, ns, context, place);
    to.weight = several ? weighted.weight : 1;
    to.transform = transform_of(path_of(rule.rewrite, match), rule.rewrite ? rule.rewrite->authority : "", changes, weighted.headers, several);
    out.destinations.push_back(std::move(to));
  }
  return out;
}

}  // namespace

Destination destination_of(const RouteDestination& destination, const std::string& ns, const RoutingContext& context, const RoutingPlace& place) {
  const auto host = context.hosts.resolved(destination.host.value, ns);
  auto port = destination.port.value_or(place.port);
  if (!destination.port && place.proxy->waypoint) {
    const auto* known = context.hosts.find(host);
    if (known != nullptr && context.hosts.ports(*known).size() == 1) port = context.hosts.ports(*known).front().port;
  }
  return destination_to(context, place, host, destination.subset, destination.port, port);
}

void add_rows(Table& table, std::span<const FlatRule> rules, const RoutingContext& context, const RoutingPlace& place) {
  static const std::vector<HttpMatch> kEvery(1);
  for (const auto& flat : rules) {
    const auto& rule = flat.rule;
    for (const auto& match : rule.matches.empty() ? kEvery : rule.matches) {
      if (!counts(match, place)) continue;
      Origin origin{.resource = flat.holder->id, .node = rule.node, .text = {}};
      if (match.node != kNoNode) origin = {.resource = flat.holder_of("match").id, .node = match.node, .text = {}};
      add_row(table, guard_of(match, context.mesh->segment_prefixes()), action_of(rule, match, flat.holder->ns.value, context, place), std::move(origin));
    }
  }
}

}  // namespace s2a
