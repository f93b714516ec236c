// Destinations by their pods; transforms by what they make of one request.
#include "ir/proof/route_effect.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace s2a {
namespace {

void forget_name(Cluster& cluster, const Endpoints& endpoints) {
  if (endpoints.known && endpoints.reach == Endpoints::Reach::Reached && !endpoints.pods.empty()) cluster = {.service = {}, .subset = {}, .port = cluster.port};
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

std::string name(const Cluster& cluster) {
  const auto subset = cluster.subset.empty() ? std::string() : fmt::format(" subset {}", cluster.subset);
  return cluster.service.empty() ? "nowhere" : fmt::format("{}{} port {}", cluster.service, subset, cluster.port);
}

std::string in_words(const Destination& destination, const Request& request, std::int64_t weights) {
  auto out = name(destination.cluster);
  switch (destination.endpoints.reach) {
    case Endpoints::Reach::Reached: break;
    case Endpoints::Reach::NoEndpoint: out += " (no pod is behind it)"; break;
    case Endpoints::Reach::NoCluster: out += " (which does not exist)"; break;
  }
  if (weights > destination.weight) out += fmt::format(" ({} of {})", destination.weight, weights);
  const auto there = applied(destination.transform, request);
  const auto changed = [&](const Attribute& attribute) { return first(there, attribute) != first(request, attribute); };
  if (changed(Attribute::Path) || changed(Attribute::Host)) out += fmt::format(" as http://{}{}", first(there, Attribute::Host), first(there, Attribute::Path));
  for (const auto& [attribute, lines] : there)
    if (attribute.kind == Attribute::Header && (!request.contains(attribute) || request.at(attribute) != lines))
      out += fmt::format(" with `{}: {}`", attribute.name, fmt::join(lines, ", "));
  for (const auto& [attribute, lines] : request)
    if (attribute.kind == Attribute::Header && !there.contains(attribute)) out += fmt::format(" without header {}", attribute.name);
  if (!destination.hash.empty()) out += fmt::format(" by hash of {}", destination.hash);
  return out;
}

}  // namespace

RouteAction comparable(const RouteAction& action) {
  auto out = action;
  for (auto& destination : out.destinations) forget_name(destination.cluster, destination.endpoints);
  for (auto& mirror : out.mirrors) forget_name(mirror.cluster, mirror.endpoints);
  out = normalised(std::move(out));
  std::ranges::stable_sort(out.destinations, {}, [](const Destination& d) { return std::tie(d.cluster, d.endpoints.pods, d.transform.path); });
  if (std::ranges::none_of(out.destinations, [](const Destination& d) { return d.endpoints.reach == Endpoints::Reach::NoCluster; })) out.missing = 0;
  return out;
}

RouteAction effect_on(const RouteAction& action, const Request& request) {
  auto out = action;
  for (auto& destination : out.destinations) destination.transform = effect_on(destination.transform, request);
  if (out.redirect) out.redirect = Redirect{.code = out.redirect->code, .scheme = {}, .host = location(*out.redirect, request), .port = {}, .path = {}};
  out.answer = written(response_headers(out.answer, request));
  return comparable(out);
}

std::string in_words(const RouteAction& action, const Request& request) {
  if (action.redirect) return fmt::format("redirected ({}) to {}", action.redirect->code, location(*action.redirect, request));
  if (action.direct) return fmt::format("answered with {}", action.direct->status);
  const auto total =
      std::accumulate(action.destinations.begin(), action.destinations.end(), std::int64_t{0}, [](std::int64_t sum, const Destination& d) { return sum + d.weight; });
  std::vector<std::string> parts;
  for (const auto& destination : action.destinations) parts.push_back(in_words(destination, request, total));
  auto out = fmt::format("to {}", fmt::join(parts, " or "));
  if (action.timeout) out += fmt::format(", timeout {} ms", action.timeout->count());
  if (!action.retries)
    out += ", no retries";
  else
    out += fmt::format(", {} retries on {}", action.retries->attempts, action.retries->on);
  for (const auto& mirror : action.mirrors) out += fmt::format(", mirrored to {}", name(mirror.cluster));
  if (action.cors) out += ", with CORS";
  if (action.fault) out += ", with faults";
  return out;
}

}  // namespace s2a
