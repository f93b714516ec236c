// Deciding before and after, and comparing what is seen of it.
#include "tests/property/conversion/alike.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <numeric>
#include <sstream>

#include "tests/support/admission.h"
#include "tests/support/routed.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kWaypoint =
    "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: waypoint, namespace: shop}\n"
    "spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}\n";

/// A destination by what it stands for.
std::string name_of(const Json& cluster, const ConvertedMesh& converted) {
  if (cluster.is_null()) return "nothing";
  auto name = cluster.at("service").get<std::string>();
  if (cluster.at("subset").is_string()) name += " " + cluster.at("subset").get<std::string>();
  const auto same = converted.stand_in.find(name);
  if (same != converted.stand_in.end()) name = same->second;
  return fmt::format("{}:{}", name, cluster.at("port").dump());
}

/// But for what has no effect: some words of `on`, and a time for each try that is no shorter than the whole. routing.md 1.3
Json retries_of(Json retries, const Json& timeout) {
  if (!retries.is_object()) return retries;
  if (timeout.is_number() && retries.contains("perTry") && 1000 * std::stod(retries.at("perTry").get<std::string>()) >= timeout.get<double>()) retries.erase("perTry");
  std::set<std::string> words;
  std::stringstream list(retries.at("on").get<std::string>());
  for (std::string word; std::getline(list, word, ',');) words.insert(word);
  words.erase("retriable-status-codes");
  retries["on"] = words;
  return retries;
}

Json canonical(const Json& decision, const ConvertedMesh& converted) {
  if (decision.contains("closed")) return {{"to", name_of(decision.at("cluster"), converted)}, {"closed", decision.at("closed")}};
  Json out{{"redirect", decision.at("redirect")},
           {"direct", decision.at("direct")},
           {"timeoutMs", decision.at("timeoutMs")},
           {"retries", retries_of(decision.at("retries"), decision.at("timeoutMs"))},
           {"fault", decision.at("fault")},
           {"status", decision.at("status")},
           {"to", Json::object()},
           {"mirrors", Json::array()},
           {"seen", Json::object()}};
  std::map<std::string, std::int64_t> weights;
  std::int64_t unit = 0;
  for (std::size_t i = 0; i < decision.at("to").size(); ++i) {
    const auto& to = decision.at("to")[i];
    const auto name = name_of(to, converted);
    weights[name] += to.at("weight").get<std::int64_t>();
    if (i < decision.at("seen").size()) out["seen"][name] = {decision.at("seen")[i], decision.at("responseHeaders")[i]};
  }
  for (const auto& [name, weight] : weights) unit = std::gcd(unit, weight);
  for (const auto& [name, weight] : weights) out["to"][name] = weight / unit;
  if (decision.at("to").empty()) out["responseHeaders"] = decision.at("responseHeaders");
  for (const auto& mirror : decision.at("mirrors")) out["mirrors"].push_back({name_of(mirror, converted), mirror.at("percent")});
  return out;
}

/// Whether the Host is one of the Service's, with or without a port; a connection has a server name or none. routing.md 1.9, 7.0
bool names_service(const Json& request, const std::string& service) {
  const auto named = request.value(request.contains("method") ? "host" : "sni", Json());
  if (!named.is_string()) return true;
  const auto host = named.get<std::string>();
  const auto slash = service.find('/');
  const auto name = service.substr(slash + 1);
  const auto ns = service.substr(0, slash);
  const auto bare = host.substr(0, host.find(':'));
  for (const auto* suffix : {"", ".svc", ".svc.cluster", ".svc.cluster.local"})
    if (bare == fmt::format("{}.{}{}", name, ns, suffix)) return true;
  return false;
}

}  // namespace

std::optional<Json> check_alike(const Json& before, const std::vector<Json>& requests, Tally& tally, const ConversionOptions& options) {
  ++tally.worlds;
  const std::string manifests = before.at("manifests");
  const std::string service = before.at("service");
  const auto mesh = mesh_from_yaml(manifests + "\n---\n" + mesh_config_map(before.value("mesh", Json::object()).dump()));
  const auto converted = convert_all(mesh, options);
  const auto full = fmt::format("{}.{}.svc.cluster.local", service.substr(service.find('/') + 1), service.substr(0, service.find('/')));
  bool here = false;
  for (const auto& host : converted.hosts) {
    for (const auto& obstacle : host.obstacles) ++tally.obstacles[obstacle];
    if (host.host != full || !host.refusals.empty()) continue;
    here = true;
    if (!host.orders.empty()) ++tally.orders[*host.orders.rbegin()];
  }
  if (!here) return std::nullopt;
  ++tally.converted;
  auto after = before;
  after["manifests"] = without_kinds(manifests, {"VirtualService"}) + converted.added + std::string(kWaypoint);
  after["point"] = "waypoint";
  const RoutedCase left(before);
  const RoutedCase right(after);
  for (const auto& request : requests) {
    if (!names_service(request, service)) continue;
    ++tally.requests;
    const auto x = canonical(left.decide(request), converted);
    const auto y = canonical(right.decide(request), converted);
    if (x == y || ++tally.differences > 3) continue;
    ADD_FAILURE() << before.value("id", Json()).dump() << " " << request.dump() << "\nbefore " << x.dump() << "\nafter  " << y.dump() << "\n"
                  << manifests << "\nadded\n"
                  << converted.added;
  }
  if (tally.worlds % 100 == 0) {
    EXPECT_EQ(rejected(converted.added).value_or(""), "") << converted.added;
  }
  return after;
}

std::string to_string(const Tally& tally) {
  constexpr std::array<std::string_view, 4> kOrders{"as written", "complements", "repaired", "padded"};
  auto out = fmt::format("{} meshes, {} converted, {} requests, {} differences; order:", tally.worlds, tally.converted, tally.requests, tally.differences);
  for (const auto& [order, times] : tally.orders) out += fmt::format(" {} {}", kOrders.at(static_cast<std::size_t>(order)), times);
  out += "\nrefused:";
  for (const auto& [name, times] : tally.obstacles) out += fmt::format(" {} {}", name, times);
  return out + '\n';
}

}  // namespace s2a::test
