// Routes decide as the VirtualService did from which they were made: on every recorded case of a client's sidecar, and on random VirtualServices.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <iostream>
#include <numeric>
#include <sstream>

#include "tests/support/admission.h"
#include "tests/support/conversions.h"
#include "tests/support/files.h"
#include "tests/support/random_convertible.h"
#include "tests/support/random_routes.h"
#include "tests/support/routed.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

constexpr int kRequests = 12;

constexpr std::string_view kWaypoint =
    "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: waypoint, namespace: shop}\n"
    "spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}\n";

struct Tally {
  int worlds = 0;
  int converted = 0;
  std::size_t requests = 0;
  int differences = 0;
  std::map<OrderKept, int> orders;
  std::map<std::string, int> obstacles;
};

/// A destination by what it stands for.
std::string name_of(const Json& cluster, const ConvertedMesh& converted) {
  if (cluster.is_null()) return "nothing";
  auto name = cluster.at("service").get<std::string>();
  if (cluster.at("subset").is_string()) name += " " + cluster.at("subset").get<std::string>();
  const auto same = converted.stand_in.find(name);
  if (same != converted.stand_in.end()) name = same->second;
  return fmt::format("{}:{}", name, cluster.at("port").dump());
}

/// In which words of `on` routes and VirtualServices may differ without effect. routing.md 1.3
Json retries_of(Json retries) {
  if (!retries.is_object()) return retries;
  std::set<std::string> words;
  std::stringstream list(retries.at("on").get<std::string>());
  for (std::string word; std::getline(list, word, ',');) words.insert(word);
  words.erase("retriable-status-codes");
  retries["on"] = words;
  return retries;
}

Json canonical(const Json& decision, const ConvertedMesh& converted) {
  Json out{{"redirect", decision.at("redirect")},
           {"direct", decision.at("direct")},
           {"timeoutMs", decision.at("timeoutMs")},
           {"retries", retries_of(decision.at("retries"))},
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

/// Whether the Host is one of the Service's, with or without a port. routing.md 7.0
bool names_service(const std::string& host, const std::string& service) {
  const auto slash = service.find('/');
  const auto name = service.substr(slash + 1);
  const auto ns = service.substr(0, slash);
  const auto bare = host.substr(0, host.find(':'));
  for (const auto* suffix : {"", ".svc", ".svc.cluster", ".svc.cluster.local"})
    if (bare == fmt::format("{}.{}{}", name, ns, suffix)) return true;
  return false;
}

/// Both meshes decide the requests alike, where the Service's VirtualService was converted.
void check(const Json& before, const std::vector<Json>& requests, Tally& tally) {
  ++tally.worlds;
  const std::string manifests = before.at("manifests");
  const std::string service = before.at("service");
  const auto mesh = mesh_from_yaml(manifests + "\n---\n" + mesh_config_map(before.value("mesh", Json::object()).dump()));
  const auto converted = convert_all(mesh);
  const auto full = fmt::format("{}.{}.svc.cluster.local", service.substr(service.find('/') + 1), service.substr(0, service.find('/')));
  bool here = false;
  for (const auto& host : converted.hosts) {
    for (const auto& obstacle : host.obstacles) ++tally.obstacles[obstacle];
    if (host.host != full || !host.refusals.empty()) continue;
    here = true;
    if (!host.orders.empty()) ++tally.orders[*host.orders.rbegin()];
  }
  if (!here) return;
  ++tally.converted;
  auto after = before;
  after["manifests"] = without_kinds(manifests, {"VirtualService"}) + converted.added + std::string(kWaypoint);
  after["point"] = "waypoint";
  const RoutedCase left(before);
  const RoutedCase right(after);
  for (const auto& request : requests) {
    if (!request.contains("method") || !names_service(request.at("host"), service)) continue;
    ++tally.requests;
    const auto x = canonical(left.decide(request), converted);
    const auto y = canonical(right.decide(request), converted);
    if (x == y || ++tally.differences > 3) continue;
    ADD_FAILURE() << before.value("id", "") << " " << request.dump() << "\nbefore " << x.dump() << "\nafter  " << y.dump() << "\n" << manifests << "\nadded\n" << converted.added;
  }
  if (tally.worlds % 100 != 0) return;
  const auto words = rejected(converted.added);
  EXPECT_EQ(words.value_or(""), "") << converted.added;
}

void print(const Tally& tally) {
  constexpr std::array<std::string_view, 4> kOrders{"as written", "complements", "repaired", "padded"};
  std::cout << fmt::format("{} meshes, {} converted, {} requests, {} differences; order:", tally.worlds, tally.converted, tally.requests, tally.differences);
  for (const auto& [order, times] : tally.orders) std::cout << fmt::format(" {} {}", kOrders.at(static_cast<std::size_t>(order)), times);
  std::cout << '\n';
  for (const auto& [name, times] : tally.obstacles) std::cout << "  " << name << ' ' << times << '\n';
}

TEST(Conversion, DecidesTheRecordedCasesAlike) {
  Tally tally;
  const auto directory = shared_files() / "vectors/routing";
  if (!std::filesystem::exists(directory)) GTEST_SKIP() << "no vectors in " << shared_files();
  std::set<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(directory)) files.insert(file.path());
  for (const auto& file : files) {
    const auto parsed = Json::parse(bytes_of(file));
    for (const auto& recorded : parsed.at("cases")) {
      const auto service = recorded.value("service", Json());
      if (recorded.value("point", "") != "client-sidecar" || !recorded.contains("requests") || !service.is_string() || !recorded.value("rejected", Json()).is_null() ||
          !recorded.value("nack", Json()).is_null())
        continue;
      if (service.get<std::string>().find('/') == std::string::npos) continue;
      check(recorded, recorded.at("requests"), tally);
    }
  }
  print(tally);
  EXPECT_EQ(tally.differences, 0);
  EXPECT_GT(tally.requests, 500);
}

TEST(Conversion, DecidesRandomMeshesAlike) {
  Tally tally;
  const auto wanted = number_from("S2A_RANDOM_REQUESTS", 20'000);
  for (auto seed = number_from("S2A_SEED", 0); tally.requests < wanted; ++seed) {
    Random random(seed);
    auto world = random_convertible_mesh(random);
    std::vector<Json> requests;
    for (int n = 0; n < kRequests; ++n) requests.push_back(random_routed_request(random, world));
    std::string text;
    for (const auto& object : world.at("manifests")) text += "---\n" + object.dump() + "\n";
    world["manifests"] = text;
    check(world, requests, tally);
  }
  print(tally);
  EXPECT_EQ(tally.differences, 0);
  EXPECT_GT(tally.converted, tally.worlds / 2);
  EXPECT_GT(10 * (tally.converted - tally.orders[OrderKept::AsWritten]), 3 * tally.converted) << "too few whose order has to be kept";
}

}  // namespace
}  // namespace s2a::test
