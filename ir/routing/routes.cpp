// Precedence, matches and filters of Gateway API routes.
#include "ir/routing/routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "ir/pattern/istio_values.h"
#include "ir/pattern/quoted.h"
#include "ir/routing/literals.h"

namespace s2a {
namespace {

/// A prefix without slashes at its end; but `/` stays. routing.md 2.1
std::string path_text(const RouteMatch& match) {
  auto text = match.path;
  if (match.path_type != PathMatchType::PathPrefix) return text;
  while (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return text;
}

int rank(PathMatchType type) {
  switch (type) {
    case PathMatchType::Exact: return 3;
    case PathMatchType::PathPrefix: return 2;
    case PathMatchType::RegularExpression: return 1;
  }
  return 0;
}

std::size_t names(const std::vector<ValueMatch>& values) {
  std::set<std::string> out;
  for (const auto& value : values) out.insert(value.name);
  return out.size();
}

/// What sorts before is greater.
auto precedence(const RouteItem& item) {
  if (item.match == nullptr) return std::tuple(0, std::size_t{0}, false, std::size_t{0}, std::size_t{0});
  const auto& match = *item.match;
  return std::tuple(rank(match.path_type), path_text(match).size(), !match.method.empty(), names(match.headers), names(match.query_params));
}

StringMatch text_match(const ValueMatch& value) {
  return {.kind = value.regex ? StringMatch::Kind::Regex : StringMatch::Kind::Exact, .text = value.value, .node = kNoNode, .regex = value.pattern};
}

Set paths(const RouteMatch& match) {
  auto text = path_text(match);
  switch (match.path_type) {
    case PathMatchType::Exact: return {.any_of = {Exact{text}}};
    case PathMatchType::RegularExpression: return {.any_of = {pattern_of(match.path_pattern)}};
    case PathMatchType::PathPrefix: return {.any_of = {Exact{text}, Prefix{text + "/"}}};
  }
  return {};
}

/// Of several entries with one name the first header counts, and the last parameter. routing.md 1.6
Guard guard_of(const RouteMatch* match) {
  Conjunction out;
  if (match == nullptr) return {};
  if (match->path_type != PathMatchType::PathPrefix || path_text(*match) != "/") out.push_back({.attribute = Attribute::Path, .set = paths(*match), .negated = false});
  if (!match->method.empty()) out.push_back({.attribute = Attribute::Method, .set = {.any_of = {Exact{match->method}}}, .negated = false});
  std::map<std::string, const ValueMatch*> headers;
  for (const auto& header : match->headers) headers.emplace(header.name, &header);
  for (const auto& [name, value] : headers) add_header(out, name, text_match(*value));
  std::map<std::string, const ValueMatch*> parameters;
  for (const auto& parameter : match->query_params) parameters.insert_or_assign(parameter.name, &parameter);
  for (const auto& [name, value] : parameters) add_query(out, name, text_match(*value));
  return guard_of(std::move(out));
}

/// ReplacePrefixMatch takes what a prefix matched, and the whole path of other matches; a value of `/` alone leaves no second slash. routing.md 3.2
PathRewrite replace_prefix(const RouteMatch* match, std::string value) {
  while (value.size() > 1 && value.ends_with('/')) value.pop_back();
  if (value.empty()) value = "/";
  const auto path = match == nullptr ? std::string("/") : path_text(*match);
  const bool prefix = match == nullptr || match->path_type == PathMatchType::PathPrefix;
  if (value == "/") {
    if (prefix && path != "/") return prefix_rewrite(path, "");
    return regex_rewrite(fmt::format("^{}(/?)(.*)", quoted(path)), "/\\2");
  }
  return prefix ? prefix_rewrite(path, std::move(value)) : PathRewrite{.kind = PathRewrite::Kind::Full, .matched = {}, .value = std::move(value)};
}

PathRewrite rewrite_of(const std::optional<RewriteFilter>& filter, const RouteMatch* match) {
  if (!filter || !filter->path) return {};
  if (!filter->path->full) return replace_prefix(match, filter->path->value);
  return filter->path->value.empty() ? PathRewrite{} : regex_rewrite("/.*", filter->path->value);
}

/// A redirect takes the prefix as it is written. routing.md 1.5
Redirect redirect_of(const RedirectFilter& filter, const RouteMatch* match, const RoutingPlace& place) {
  Redirect out{.code = filter.code, .scheme = filter.scheme, .host = filter.hostname, .port = {}, .path = {}};
  const auto port = filter.port || !filter.scheme.empty() ? filter.port : std::optional(place.port);
  out.port = redirect_port(port, filter.scheme);
  if (!filter.path) return out;
  const bool prefix = match == nullptr || match->path_type == PathMatchType::PathPrefix;
  if (!filter.path->full && prefix)
    out.path = prefix_rewrite(match == nullptr ? "/" : path_text(*match), filter.path->value);
  else if (!filter.path->value.empty())
    out.path = {.kind = PathRewrite::Kind::Full, .matched = {}, .value = filter.path->value};
  return out;
}

/// `https://*.a.example` and `https://*` are patterns since 1.30, `*` every origin with a scheme and a host. routing.md 1.5
StringMatch origin(const std::string& text, IstioRelease release) {
  using How = StringMatch::Kind;
  const auto star = text.find('*');
  if (!release.cors_by_gateway_api() || star == std::string::npos) return {.kind = How::Exact, .text = text};
  if (text == "*") return {.kind = How::Regex, .text = "^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\\s?#]+$"};
  if (star + 1 == text.size()) return {.kind = How::Prefix, .text = text.substr(0, star)};
  return {.kind = How::Regex, .text = fmt::format("{}.*{}", quoted(text.substr(0, star)), quoted(text.substr(star + 1)))};
}

Cors cors_of(const CorsFilter& filter, IstioRelease release) {
  const auto list = [](const std::vector<std::string>& values) {
    std::string out;
    for (const auto& value : values) out += (out.empty() ? "" : ",") + value;
    return out;
  };
  Cors out{.origins = {},
           .methods = list(filter.allow_methods),
           .headers = list(filter.allow_headers),
           .expose = list(filter.expose_headers),
           .max_age = std::to_string(filter.max_age),
           .credentials = filter.allow_credentials,
           .answers_all = release.cors_by_gateway_api()};
  for (const auto& text : filter.allow_origins) out.origins.push_back(origin(text, release));
  return out;
}

Destination backend_of(const ObjectRef& ref, const std::string& ns, const RoutingContext& context, const RoutingPlace& place) {
  const auto port = ref.port.value_or(0);
  auto host = host_of(ref, ns, context);
  if (host.empty()) return {.cluster = {.service = {}, .subset = {}, .port = port}, .endpoints = {.reach = Endpoints::Reach::NoCluster}, .weight = 1, .transform = {}, .hash = {}};
  return destination_to(context, place, host, {}, port, port);
}

void add_mirrors(RouteAction& action, const RouteFilters& filters, const std::string& ns, const RoutingContext& context, const RoutingPlace& place) {
  for (const auto& mirror : filters.mirrors) {
    auto to = backend_of(mirror.backend, ns, context, place);
    if (to.endpoints.reach == Endpoints::Reach::NoCluster || mirror.share == 0) continue;  // one that is missing is left out
    action.mirrors.push_back({.cluster = std::move(to.cluster), .endpoints = std::move(to.endpoints), .share = mirror.share});
  }
}

void add_timeouts(RouteAction& action, const RouteRule& rule, const RoutingContext& context) {
  const auto written = [](const std::optional<Milliseconds>& time) { return time && time->count() > 0 ? time : std::nullopt; };
  action.timeout = written(rule.request_timeout);
  const auto per_try = written(rule.backend_timeout);
  action.retries = rule.retry ? retries_of(*rule.retry, per_try) : retries_of(std::optional<HttpRetries>(), context);
  if (!rule.retry && per_try) action.timeout = per_try;  // without `retry` it is the whole timeout. routing.md 1.3
}

RouteAction action_of(const RouteItem& item, const RoutingContext& context, const RoutingPlace& place) {
  const auto& rule = *item.rule;
  const auto& ns = item.route->ns.value;
  RouteAction out;
  out.missing = 500;
  if (rule.filters.cors) out.cors = cors_of(*rule.filters.cors, context.release);
  if (rule.filters.redirect) {
    out.redirect = redirect_of(*rule.filters.redirect, item.match, place);
    out.answer = in_order({rule.filters.response});
    return out;
  }
  std::vector<const RouteBackend*> backends;
  for (const auto& backend : rule.backends)
    if (backend.weight > 0) backends.push_back(&backend);
  if (backends.empty()) {
    out.direct = {.status = rule.backends.empty() ? context.release.no_backend() : 500, .body = {}};
    out.answer = in_order({rule.filters.response});
    return out;
  }
  add_mirrors(out, rule.filters, ns, context, place);
  add_timeouts(out, rule, context);
  const auto path = rewrite_of(rule.filters.rewrite, item.match);
  const HeaderChanges changes{.request = rule.filters.request, .response = rule.filters.response, .node = kNoNode};
  for (const auto* backend : backends) {
    auto to = backend_of(backend->ref, ns, context, place);
    to.weight = backend->weight;
    const HeaderChanges own{.request = backend->filters.request, .response = backend->filters.response, .node = kNoNode};
    to.transform = transform_of(path, rule.filters.rewrite ? rule.filters.rewrite->hostname : "", changes, own, backends.size() > 1);
    out.destinations.push_back(std::move(to));
  }
  return out;
}

}  // namespace

std::vector<RouteItem> sorted_items(std::span<const Resource* const> routes) {
  std::vector<RouteItem> out;
  for (const auto* route : routes) {
    for (const auto& rule : std::get<Route>(route->spec).rules) {
      for (const auto& match : rule.matches) out.push_back({.route = route, .rule = &rule, .match = &match});
      if (rule.matches.empty()) out.push_back({.route = route, .rule = &rule, .match = nullptr});
    }
  }
  std::ranges::stable_sort(out, std::ranges::greater(), precedence);
  return out;
}

void add_rows(Table& table, std::span<const RouteItem> items, const RoutingContext& context, const RoutingPlace& place) {
  for (const auto& item : items) {
    const auto node = item.match == nullptr || item.match->node == kNoNode ? item.rule->node : item.match->node;
    add_row(table, guard_of(item.match), action_of(item, context, place), {.resource = item.route->id, .node = node, .text = {}});
  }
}

std::string host_of(const ObjectRef& ref, const std::string& ns, const RoutingContext& context) {
  const auto& kind = ref.kind.value;
  if (kind == "Hostname" && ref.group == "networking.istio.io") return ref.name.value;
  if (!ref.group.empty() || (!kind.empty() && kind != "Service")) return {};
  return service_host(ref.name.value, ref.ns.empty() ? ns : ref.ns, context.mesh->cluster_domain());
}

}  // namespace s2a
