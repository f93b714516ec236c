// Actions of routes in words.
#include "ir/trace/route_words.h"

#include <fmt/format.h>

#include <numeric>

namespace s2a {
namespace {

/// ServiceEntries are known by their hosts.
std::string name_of(const Cluster& cluster) {
  auto out = cluster.service.find('/') == std::string::npos ? cluster.service : "Service " + cluster.service;
  if (out.empty()) out = "a Service that does not exist";
  if (cluster.port != 0) out += fmt::format(" port {}", cluster.port);
  if (!cluster.subset.empty()) out += ", subset " + cluster.subset;
  return out;
}

std::string value_of(const Request& request, const Attribute& attribute) {
  const auto found = request.find(attribute);
  return found == request.end() || found->second.empty() ? std::string() : found->second.front();
}

}  // namespace

std::string leads_to(const RouteAction& action, const Destination& destination, const Request& request) {
  auto out = "to " + name_of(destination.cluster);
  const auto all = std::accumulate(action.destinations.begin(), action.destinations.end(), std::int64_t{0}, [](std::int64_t sum, const Destination& d) { return sum + d.weight; });
  if (action.destinations.size() > 1) out += fmt::format(", for {} of {}", destination.weight, all);
  const auto there = applied(destination.transform, request);
  for (const auto& [attribute, name] : {std::pair(Attribute(Attribute::Path), "path"), std::pair(Attribute(Attribute::Host), "host")})
    if (const auto value = value_of(there, attribute); value != value_of(request, attribute)) out += fmt::format(", the {} becomes {}", name, value);
  return out;
}

std::string nobody_behind(const RouteAction& action, const Destination& destination) {
  const bool known = destination.endpoints.reach != Endpoints::Reach::NoCluster;
  return fmt::format("{}: {} {}", known ? 503 : action.missing, name_of(destination.cluster), known ? "has no pods" : "is not known");
}

std::string own_answer(const RouteAction& action, const Request& request) {
  if (action.cors && answers(*action.cors, request)) return "200: the proxy answers the preflight itself";
  if (action.redirect) return fmt::format("{} to {}", action.redirect->code, location(*action.redirect, request));
  if (action.direct) return fmt::format("{}: the route says so", action.direct->status);
  if (!action.fault || !action.fault->abort) return {};
  const auto& abort = *action.fault->abort;
  return abort.grpc_status.empty() ? fmt::format("{}: an injected fault", abort.status) : fmt::format("gRPC status {}: an injected fault", abort.grpc_status);
}

}  // namespace s2a
