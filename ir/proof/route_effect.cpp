// Destinations by their pods; transforms by what they make of one request.
#include "ir/proof/route_effect.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <tuple>

namespace s2a {
namespace {

void forget_name(Cluster& cluster, const Endpoints& endpoints) {
  if (endpoints.reach == Endpoints::Reach::NoCluster)
    cluster = {};
  else if (endpoints.known && (!endpoints.pods.empty() || !endpoints.wanted.empty()))
    cluster = {.service = {}, .subset = {}, .port = cluster.port};
}

std::string first(const Request& request, const Attribute& attribute) {
  const auto found = request.find(attribute);
  return found == request.end() || found->second.empty() ? std::string() : found->second.front();
}

/// The headers that a request has, as operations that write them.
std::vector<HeaderOperations> written(const Request& headers) {
  HeaderOperations out;
  for (const auto& [attribute, lines] : headers)
    if (attribute.kind == Attribute::Header)
      for (const auto& line : lines) out.add.emplace_back(attribute.name, line);
  return out.empty() ? std::vector<HeaderOperations>() : std::vector{std::move(out)};
}

Transform effect_on(const Transform& transform, const Request& request) {
  const auto there = applied(transform, request);
  return {.path = {.kind = PathRewrite::Kind::Full, .matched = {}, .value = first(there, Attribute::Path)},
          .host = first(there, Attribute::Host),
          .request = written(there),
          .response = written(response_headers(transform.response, request))};
}

}  // namespace

RouteAction comparable(const RouteAction& action) {
  auto out = action;
  for (auto& destination : out.destinations) forget_name(destination.cluster, destination.endpoints);
  for (auto& mirror : out.mirrors) forget_name(mirror.cluster, mirror.endpoints);
  if (out.redirect && !out.redirect->host.empty() && out.redirect->port) {
    out.redirect->host += fmt::format(":{}", *out.redirect->port);
    out.redirect->port.reset();
  }
  out = normalised(std::move(out));
  std::ranges::stable_sort(out.destinations, {}, [](const Destination& d) { return std::tie(d.cluster, d.endpoints.pods, d.transform.path); });
  out.missing = 0;  // 503 or 500: routing.md 6
  return out;
}

const RouteAction& no_route() {
  static const RouteAction kNoRoute{.direct = DirectAnswer{.status = 404, .body = {}}};
  return kNoRoute;
}

std::optional<RouteAction> action_of(const Decision& decision) {
  if (decision.outcome == Outcome::NotFound) return no_route();
  for (const auto& step : decision.steps)
    if (step.action) return step.action;
  return std::nullopt;
}

RouteAction effect_on(const RouteAction& action, const Request& sent) {
  auto out = action;
  auto request = sent;
  if (const auto path = request.find(Attribute::Path); path != request.end()) request.try_emplace(Attribute::Target, path->second);
  for (auto& destination : out.destinations) destination.transform = effect_on(destination.transform, request);
  if (out.redirect) out.redirect = Redirect{.code = out.redirect->code, .scheme = {}, .host = location(*out.redirect, request), .port = {}, .path = {}};
  out.answer = written(response_headers(out.answer, request));
  return comparable(out);
}

}  // namespace s2a
