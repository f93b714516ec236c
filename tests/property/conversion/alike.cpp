// Deciding before and after, and comparing what is seen of it.
#include "tests/property/conversion/alike.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/admission.h"
#include "tests/support/decisions.h"
#include "tests/support/routed.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kWaypoint =
    "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: waypoint, namespace: shop}\n"
    "spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}\n";

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

std::optional<Translated> translated(const Json& before, Tally& tally, const ConversionOptions& options) {
  ++tally.worlds;
  const std::string manifests = before.at("manifests");
  const std::string service = before.at("service");
  const auto mesh = mesh_from_yaml(manifests + "\n---\n" + mesh_config_map(before.value("mesh", Json::object()).dump()));
  auto converted = convert_all(mesh, options);
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
  Translated out{.after = before, .stand_in = std::move(converted.stand_in), .added = std::move(converted.added)};
  auto& after = out.after;
  after["manifests"] = without_kinds(manifests, {"VirtualService"}) + out.added + std::string(kWaypoint);
  after["point"] = "waypoint";
  return out;
}

std::optional<Json> check_alike(const Json& before, const std::vector<Json>& requests, Tally& tally, const ConversionOptions& options) {
  const auto found = translated(before, tally, options);
  if (!found) return std::nullopt;
  const auto& [after, stand_in, added] = *found;
  const std::string service = before.at("service");
  const RoutedCase left(before);
  const RoutedCase right(after);
  for (const auto& request : requests) {
    if (!names_service(request, service)) continue;
    ++tally.requests;
    const auto x = canonical(left.decide(request), stand_in);
    const auto y = canonical(right.decide(request), stand_in);
    if (x == y || ++tally.differences > 3) continue;
    ADD_FAILURE() << before.value("id", Json()).dump() << " " << request.dump() << "\nbefore " << x.dump() << "\nafter  " << y.dump() << "\n"
                  << before.at("manifests").get<std::string>() << "\nadded\n"
                  << added;
  }
  if (tally.worlds % 100 == 0) {
    const auto& api = options.gateway_api;
    EXPECT_EQ(rejected(added, fmt::format("1.{}{}", api.minor, api.experimental ? "-experimental" : "")).value_or(""), "") << added;
  }
  return after;
}

std::string documents(const Json& objects) {
  std::string out;
  for (const auto& object : objects) out += "---\n" + object.dump() + "\n";
  return out;
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
