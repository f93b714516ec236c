// Destinations by their pods; transforms by what they make of one request.
#include "ir/proof/route_effect.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

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

/// What becomes of the headers of a backend's answer, whichever it has.
std::vector<HeaderOperations> rewritten(const std::vector<HeaderOperations>& levels, const Request& request) {
  const std::string own = "*";
  Request answer;
  const auto names = names_in(levels);
  for (const auto& name : names) answer[{Attribute::Header, name}] = {own};
  answer = response_headers(levels, request, std::move(answer));
  HeaderOperations out;
  for (const auto& name : names) {
    const auto found = answer.find({Attribute::Header, name});
    if (found == answer.end() || found->second.empty()) {
      out.remove.push_back(name);
      continue;
    }
    const auto& lines = found->second;
    if (lines.front() != own) out.set.emplace_back(name, lines.front());
    for (std::size_t i = 1; i < lines.size(); ++i) out.add.emplace_back(name, lines[i]);
  }
  return out.empty() ? std::vector<HeaderOperations>() : std::vector{std::move(out)};
}

Transform effect_on(const Transform& transform, const Request& request) {
  const auto there = applied(transform, request);
  return {.path = {.kind = PathRewrite::Kind::Full, .matched = {}, .value = first(there, Attribute::Path)},
          .host = first(there, Attribute::Host),
          .request = written(there),
          .response = rewritten(transform.response, request)};
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
  auto answer = response_headers(out.answer, request);
  if (const auto cors = std::exchange(out.cors, {})) {
    for (const auto& [name, value] : cors_headers(*cors, request)) answer[{Attribute::Header, name}].push_back(value);
    if (answers(*cors, request)) out = {.direct = DirectAnswer{.status = 200, .body = {}}};
  }
  out.answer = written(answer);
  return comparable(out);
}

}  // namespace s2a
