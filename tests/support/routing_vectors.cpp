// Recorded routing against ours.
#include "tests/support/routing_vectors.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "tests/support/routed.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

/// One destination, or several with weights, whose ratios count.
Json destinations(const Json& decision) {
  auto out = decision.value("to", decision.value("weights", Json::array()));
  if (const auto cluster = decision.value("cluster", Json()); out.empty() && !cluster.is_null()) {
    out.push_back(cluster);
    out.back()["weight"] = 1;
  }
  std::int64_t divisor = 0;
  for (const auto& destination : out) divisor = std::gcd(divisor, destination.at("weight").get<std::int64_t>());
  for (auto& destination : out) destination["weight"] = destination.at("weight").get<std::int64_t>() / divisor;
  if (out.size() == 1 && out.front().at("service") == "") out.clear();  // a kind that nobody knows leads to no cluster
  return out;
}

}  // namespace

/// Of several destinations the record shows the one that was drawn.
std::vector<std::string> routing_differences(const Json& ours, const Json& recorded) {
  std::vector<std::string> out;
  const auto differ = [&](std::string_view fact, bool same) {
    if (!same) out.emplace_back(fact);
  };
  differ("destinations", destinations(ours) == destinations(recorded));
  for (const auto* fact : {"redirect", "direct", "timeoutMs", "mirrors", "retries", "fault", "status"}) differ(fact, ours.at(fact) == recorded.at(fact));
  if (recorded.at("status").is_null()) return out;  // who was drawn decides whether anybody saw it
  Json seen = Json::object();
  for (const auto* fact : {"path", "host", "headersAdded", "headersRemoved"}) seen[fact] = recorded.at(fact);
  const auto& all = ours.at("seen");
  differ("as the backend sees it", recorded.at("path").is_null() ? all.empty() : std::ranges::find(all, seen) != all.end());
  const auto headers = recorded.value("responseHeaders", Json::object());
  const auto& answers = ours.at("responseHeaders");
  differ("responseHeaders", answers.empty() ? headers.empty() : std::ranges::find(answers, headers) != answers.end());
  return out;
}

namespace {

void check_requests(const Json& recorded, VectorTally& tally) {
  const RoutedCase world(recorded);
  for (const auto& asked : recorded.at("requests")) {
    ++tally.requests;
    const auto ours = world.decide(asked);
    const auto& wanted = asked.at("decision");
    if (asked.contains("method") && wanted.at("status").is_null()) ++tally.drawn;
    const auto wrong = asked.contains("method") ? routing_differences(ours, wanted) : ours == wanted ? std::vector<std::string>() : std::vector<std::string>{"connection"};
    if (!wrong.empty())
      tally.mismatches.push_back(fmt::format("{}: {} {} {} {}: {}\n      ours     {}\n      recorded {}", recorded.at("id").get<std::string>(), asked.value("method", ""),
                                             asked.value("host", ""), asked.value("path", ""), asked.value("headers", Json()).dump(), fmt::join(wrong, ", "), ours.dump(),
                                             wanted.dump()));
  }
}

/// What stands below these keys of one field of the settings; null where something is missing.
Json at(const TrafficPolicy::Settings& settings, std::string_view field, std::initializer_list<std::string_view> way) {
  const auto found = settings.find(std::string(field));
  const auto* value = found == settings.end() ? nullptr : &found->second;
  for (const auto key : way) {
    const auto* map = value == nullptr ? nullptr : std::get_if<Value::Map>(&value->content);
    if (map == nullptr) return nullptr;
    const auto entry = std::ranges::find(*map, key, &std::pair<std::string, Value>::first);
    value = entry == map->end() ? nullptr : &entry->second;
  }
  if (value == nullptr) return nullptr;
  if (const auto* number = std::get_if<std::int64_t>(&value->content)) return *number;
  const auto* text = std::get_if<std::string>(&value->content);
  return text == nullptr ? Json::object() : Json(*text);
}

/// The settings that the record keeps, in Envoy's terms.
Json recorded_policy(const TrafficPolicy::Settings& settings) {
  Json out{{"lb", "LEAST_REQUEST"}};
  const auto keep = [&](std::string_view name, const Json& value) {
    if (!value.is_null()) out[std::string(name)] = value.is_string() ? Json(std::stoi(value.get<std::string>())) : value;
  };
  keep("http1MaxPendingRequests", at(settings, "connectionPool", {"http", "http1MaxPendingRequests"}));
  keep("consecutive5xxErrors", at(settings, "outlierDetection", {"consecutive5xxErrors"}));
  if (const auto simple = at(settings, "loadBalancer", {"simple"}); simple.is_string()) out["lb"] = simple;
  if (!at(settings, "loadBalancer", {"consistentHash"}).is_null()) out["lb"] = "RING_HASH";
  return out;
}

std::string text_or_empty(const Json& text) { return text.is_string() ? text.get<std::string>() : std::string(); }

/// The settings of every recorded cluster, and what the routes of `shop/reviews` hash.
void check_policies(Json recorded, VectorTally& tally) {
  recorded["service"] = "shop/reviews";
  recorded["port"] = 80;
  const RoutedCase world(recorded);
  const auto wrong = [&](const Json& what, const Json& ours, const Json& theirs) {
    tally.mismatches.push_back(fmt::format("{}: {}: ours {} recorded {}", recorded.at("id").get<std::string>(), what.dump(), ours.dump(), theirs.dump()));
  };
  for (const auto& cluster : recorded.at("clusters")) {
    ++tally.requests;
    const auto ours = recorded_policy(world.policy(cluster.at("service"), text_or_empty(cluster.at("subset")), cluster.at("port")));
    if (ours != cluster.at("policy")) wrong(cluster.at("service"), ours, cluster.at("policy"));
  }
  const auto ours = world.hashes();
  std::map<Cluster, std::string> theirs;
  for (const auto& entry : recorded.at("hash")) {
    const auto& cluster = entry.at("cluster");
    theirs[{.service = cluster.at("service"), .subset = text_or_empty(cluster.at("subset")), .port = cluster.at("port")}] =
        fmt::format("header {}", entry.at("hashPolicy").at(0).at("header").at("headerName").get<std::string>());
  }
  if (ours != theirs) wrong("hash", ours.size(), recorded.at("hash"));
}

/// istiod's webhook or Envoy refuses the objects: so does the decoder.
void check_refused(const Json& recorded, VectorTally& tally) {
  const auto mesh = mesh_from_yaml(recorded.at("manifests").get<std::string>());
  ++tally.requests;
  if (!mesh.diagnostics.has(Severity::Error))
    tally.mismatches.push_back(fmt::format("{}: is not refused: {}", recorded.at("id").get<std::string>(), recorded.value("rejected", "Envoy does not take it")));
}

}  // namespace

void check_routing(const Json& recorded, VectorTally& tally) {
  ++tally.cases;
  if (recorded.contains("clusters")) return check_policies(recorded, tally);
  if (recorded.contains("rejected") || recorded.contains("nack")) return check_refused(recorded, tally);
  check_requests(recorded, tally);
}

}  // namespace s2a::test
