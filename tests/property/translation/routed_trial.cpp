// Routes first, then pods; at a waypoint its policies, which see what was sent, before both.
#include "tests/property/translation/routed_trial.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "ir/pattern/glob.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

constexpr std::uint16_t kContainerPort = 9080;
constexpr std::string_view kService = "shop/reviews";

/// What a backend gets. A header that was sent in two lines and is left alone stays in two.
Json as_seen(const Json& asked, const Json& seen) {
  Json out{{"method", asked.at("method")}, {"host", seen.at("host")}, {"path", seen.at("path")}, {"headers", Json::array()}};
  std::map<std::string, std::vector<std::string>> sent;
  for (const auto& line : asked.at("headers")) sent[lower(line.at(0).get<std::string>())].push_back(line.at(1));
  auto written = seen.at("headersAdded");
  for (const auto& [name, lines] : sent)
    if (written.contains(name) && written.at(name) == fmt::format("{}", fmt::join(lines, ","))) written.erase(name);
  const auto& removed = seen.at("headersRemoved");
  for (const auto& line : asked.at("headers")) {
    const auto name = lower(line.at(0).get<std::string>());
    if (!written.contains(name) && std::ranges::find(removed, Json(name)) == removed.end()) out["headers"].push_back(line);
  }
  for (const auto& [name, value] : written.items()) out["headers"].push_back({name, value});
  return out;
}

/// As records of policies write requests.
Json http_of(const Json& asked) {
  Json out{{"method", asked.at("method")}, {"host", asked.at("host")}, {"path", asked.at("path")}, {"headers", Json::object()}, {"jwt", nullptr}};
  for (const auto& line : asked.at("headers")) out["headers"][lower(line.at(0).get<std::string>())].push_back(line.at(1));
  return {{"http", std::move(out)}};
}

}  // namespace

RoutedMesh::RoutedMesh(const std::string& manifests, const std::string& client, std::uint16_t port)
    : mesh_(manifests, Json::object()), principal_(fmt::format("spiffe://cluster.local/ns/{}/sa/default", client.substr(client.find('-') + 1))) {
  by_waypoint_ = dataplane(client) == Dataplane::Ambient;
  case_ = {{"manifests", manifests},
           {"mesh", Json::object()},
           {"point", by_waypoint_ ? "waypoint" : "client-sidecar"},
           {"client", by_waypoint_ ? Json() : Json{{"namespace", client.substr(client.find('-') + 1)}, {"pod", client}}},
           {"service", kService},
           {"port", port}};
  for (const auto& service : mesh_->services()) {
    const auto name = service.ns + "/" + service.name;
    pods_[name] = pods_of(name, "");
    for (const auto* version : {"v1", "v2", "v3"}) pods_[fmt::format("{} {}", name, version)] = pods_of(name, version);
  }
  if (!by_waypoint_ || !mesh_->waypoints().empty()) routes_.emplace(case_);
}

std::string RoutedMesh::pods_of(const std::string& service, const std::string& version) const {
  std::string out;
  for (const auto& known : mesh_->services())
    if (known.ns + "/" + known.name == service)
      for (const auto id : known.backends)
        if (const auto& pod = (*mesh_)[id]; version.empty() || value_of(pod.labels, "version") == version) out += (out.empty() ? "" : " ") + pod.name;
  return out;
}

Dataplane RoutedMesh::dataplane() const { return dataplane("reviews-v1"); }

/// `cluster`: by which name the pod is called.
std::optional<Decision> RoutedMesh::at_pod(const std::string& pod, const Json& cluster, const Json& asked) const {
  Question question{.client = by_waypoint_ ? ClientClass::AmbientToService : ClientClass::Sidecar, .http = true, .tunnel_taken = true};
  question.workload = mesh_.workload(pod);
  for (const auto& service : mesh_->services())
    if (Json(service.ns + "/" + service.name) == cluster.at("service")) question.service = service.id;
  question.service_port = cluster.at("port");
  question.container_port = kContainerPort;
  const auto path = enforcement(*mesh_, question);
  const auto request = mesh_.request({{"principal", principal_}, {"ip", "10.0.7.7"}}, http_of(asked), question);
  return path && request ? std::optional(evaluate(*path, *request)) : std::nullopt;
}

Routed RoutedMesh::decide(const Json& asked) const {
  const auto decision = routes_->decide(asked);
  Routed out{.decision = decision, .facts = canonical(decision, pods_), .pods = {}};
  const Json dialled{{"service", kService}, {"port", case_.at("port")}};
  if (by_waypoint_) {
    const auto first = at_pod("reviews-v1", dialled, asked);
    out.refused = !first || (!first->allowed() && first->steps.back().engine == Engine::Waypoint);
  }
  for (std::size_t i = 0; i < decision.at("seen").size(); ++i) {
    const auto& to = decision.at("to")[i];
    const auto subset = to.at("subset").is_string() ? " " + to.at("subset").get<std::string>() : "";
    const auto pods = pods_.at(to.at("service").get<std::string>() + subset);
    for (std::size_t at = 0; at < pods.size();) {
      const auto end = std::min(pods.find(' ', at), pods.size());
      const auto pod = pods.substr(at, end - at);
      const auto decided = by_waypoint_ ? at_pod(pod, dialled, asked) : at_pod(pod, to, as_seen(asked, decision.at("seen")[i]));
      const auto [entry, is_new] = out.pods.try_emplace(pod, true);
      entry->second = entry->second && decided && decided->allowed();
      at = end + 1;
    }
  }
  return out;
}

}  // namespace s2a::test
