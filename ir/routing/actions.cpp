// Retries, header levels, destinations, rows.
#include "ir/routing/actions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "ir/mesh/split.h"
#include "ir/pattern/glob.h"
#include "ir/routing/literals.h"

namespace s2a {
namespace {

constexpr std::string_view kRetryOn = "connect-failure,refused-stream,unavailable,cancelled";
constexpr std::string_view kByCode = ",retriable-status-codes";

/// The status codes that Go's http.StatusText knows, between the ends of each pair.
constexpr std::array<std::pair<int, int>, 12> kKnownStatus{
    {{100, 103}, {200, 208}, {226, 226}, {300, 305}, {307, 308}, {400, 418}, {421, 426}, {428, 429}, {431, 431}, {451, 451}, {500, 508}, {510, 511}}};

/// istiod takes as a code what is a number and a known status; everything else stays the name of a condition. routing.md 1.3
std::optional<std::int64_t> status_code(std::string_view text) {
  int code = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  const bool known = std::ranges::any_of(kKnownStatus, [&](const auto& range) { return range.first <= code && code <= range.second; });
  return known ? std::optional<std::int64_t>(code) : std::nullopt;
}

void add_name(std::string& names, std::string_view name) { names += (names.empty() ? "" : ",") + std::string(name); }

bool is_authority(const std::string& name) {
  const auto text = lower(name);
  return text == "host" || text == ":authority";
}

HeaderOperations together(HeaderOperations first, const HeaderOperations& second) {
  first.set.insert(first.set.end(), second.set.begin(), second.set.end());
  first.add.insert(first.add.end(), second.add.begin(), second.add.end());
  first.remove.insert(first.remove.end(), second.remove.begin(), second.remove.end());
  return first;
}

std::vector<HeaderOperations> levels(const HeaderOperations& route, const HeaderOperations& destination, bool several) {
  return several ? in_order({destination, route}) : in_order({together(route, destination)});
}

bool unreachable(const RouteAction& action) {
  return std::ranges::none_of(action.destinations, [](const Destination& d) { return d.endpoints.reach == Endpoints::Reach::Reached; });
}

Outcome outcome_of(const RouteAction& action) {
  constexpr std::int64_t kAlways = 1'000'000;
  if (action.redirect || action.direct || (action.fault && action.fault->abort && action.fault->abort->share == kAlways)) return Outcome::Answered;
  return unreachable(action) ? Outcome::Unreachable : Outcome::Allow;
}

/// The preflights that the filter answers.
Clause preflight_of(const Cors& cors) {
  const auto header = [](std::string_view name, Set set) { return Literal{.attribute = {Attribute::Header, std::string(name)}, .set = std::move(set), .negated = false}; };
  Set origins;
  for (const auto& origin : cors.origins) {
    const auto pattern = pattern_of(origin);
    origins.any_of.push_back(matches(pattern, "*") ? NonEmpty{} : pattern);
  }
  return {.any_of = {{{.attribute = Attribute::Method, .set = {.any_of = {Exact{"OPTIONS"}}}, .negated = false},
                      header("origin", cors.answers_all ? Set{.any_of = {NonEmpty{}}} : origins),
                      header("access-control-request-method", {.any_of = {NonEmpty{}}})}}};
}

}  // namespace

std::optional<RetryPolicy> retries_of(const std::optional<HttpRetries>& written, const RoutingContext& context) {
  const auto& retries = written ? written : context.mesh->default_retries();
  if (!retries) return RetryPolicy{.on = fmt::format("{}{}", kRetryOn, kByCode), .codes = {}, .attempts = 2, .per_try = {}, .backoff = {}};
  if (retries->attempts == 0) return std::nullopt;
  RetryPolicy out{.on = {}, .codes = {}, .attempts = retries->attempts, .per_try = retries->per_try_timeout, .backoff = retries->backoff};
  bool by_code = false;
  for (const auto part : split(retries->retry_on, ',')) {
    if (const auto code = status_code(part))
      out.codes.push_back(*code);
    else if (!part.empty())
      add_name(out.on, part);
    by_code = by_code || part == kByCode.substr(1);
  }
  if (out.on.empty() && out.codes.empty()) out.on = fmt::format("{}{}", kRetryOn, kByCode);
  if (!out.codes.empty() && !by_code) out.on += kByCode;
  out.other_hosts = retries->ignore_previous_hosts.value_or(true);
  out.remote_localities = retries->remote_localities.value_or(false);
  return out;
}

std::optional<RetryPolicy> retries_of(const RouteRetry& retry, const std::optional<Milliseconds>& backend_timeout) {
  if (retry.attempts == 0) return std::nullopt;
  RetryPolicy out{.on = std::string(kRetryOn), .codes = {}, .attempts = retry.attempts.value_or(2), .per_try = backend_timeout, .backoff = retry.backoff};
  for (const auto code : retry.codes) {
    if (status_code(std::to_string(code)))
      out.codes.push_back(code);
    else
      add_name(out.on, std::to_string(code));
  }
  if (!out.codes.empty()) out.on += kByCode;
  return out;
}

LevelOperations level_of(const HeaderOperations& operations) {
  LevelOperations out;
  for (const auto& [name, value] : operations.set) {
    if (is_authority(name))
      out.host = value;
    else
      out.headers.set.emplace_back(name, value);
  }
  for (const auto& [name, value] : operations.add) {
    if (is_authority(name))
      out.host = value;
    else
      out.headers.add.emplace_back(name, value);
  }
  std::ranges::copy_if(operations.remove, std::back_inserter(out.headers.remove), [](const std::string& name) { return !is_authority(name); });
  return out;
}

Transform transform_of(const PathRewrite& path, const std::string& rewritten_host, const HeaderChanges& route, const HeaderChanges& destination, bool several) {
  const auto of_route = level_of(route.request);
  const auto of_destination = level_of(destination.request);
  Transform out{.path = path,
                .host = rewritten_host.empty() ? of_route.host : std::optional(rewritten_host),
                .request = levels(of_route.headers, of_destination.headers, several),
                .response = levels(route.response, destination.response, several)};
  if (of_destination.host && (!several || !out.host)) out.host = of_destination.host;
  return out;
}

Destination destination_to(const RoutingContext& context, const RoutingPlace& place, const std::string& host, const std::string& subset, std::optional<std::uint16_t> port_of_route,
                           std::uint16_t port) {
  return {.cluster = {.service = context.hosts.name_of(host), .subset = subset, .port = port},
          .endpoints = context.destinations.endpoints(host, subset, port, *place.proxy),
          .weight = 1,
          .transform = {},
          .hash = context.destinations.hash(host, subset, port_of_route, *place.proxy)};
}

RouteAction default_route(const RoutingContext& context, const RoutingPlace& place) {
  RouteAction out;
  out.destinations.push_back(destination_to(context, place, place.host->host, {}, place.port, place.port));
  if (place.proxy->waypoint && !context.release.hashes_by_default()) out.destinations.back().hash.clear();
  out.retries = retries_of(std::optional<HttpRetries>(), context);
  return out;
}

RouteAction passthrough() {
  RouteAction out;
  out.destinations.push_back({.cluster = {.service = "passthrough"}, .endpoints = {}, .weight = 1, .transform = {}, .hash = {}});
  return out;
}

std::optional<std::uint16_t> redirect_port(std::optional<std::uint16_t> port, const std::string& scheme) {
  const bool usual = (port == 80 && (scheme.empty() || scheme == "http")) || (port == 443 && scheme == "https");
  return usual || port == 0 ? std::nullopt : port;
}

void add_row(Table& table, Guard guard, RouteAction action, Origin origin) {
  const auto outcome = outcome_of(action);
  const auto cors = action.cors;
  const auto index = table.add(std::move(action));
  if (cors) {
    auto preflights = guard;
    preflights.all_of.push_back(preflight_of(*cors));
    table.rows.push_back({.guard = std::move(preflights), .outcome = Outcome::Answered, .origin = origin, .action = index});
  }
  table.rows.push_back({.guard = std::move(guard), .outcome = outcome, .origin = std::move(origin), .action = index});
}

void close(Table& table) {
  const Literal no_path{.attribute = Attribute::Path, .set = {.any_of = {Prefix{"/"}}}, .negated = true};
  table.rows.insert(table.rows.begin(),
                    {.guard = {.all_of = {{.any_of = {{no_path}}}}}, .outcome = Outcome::NotFound, .origin = {.resource = {}, .node = kNoNode, .text = "no path"}, .action = {}});
  table.otherwise = Outcome::NotFound;
  table.otherwise_origin = {.resource = {}, .node = kNoNode, .text = "no route matches"};
}

}  // namespace s2a
