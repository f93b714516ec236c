// Names, weights and tries made alike; then fact by fact.
#include "tests/support/decisions.h"

#include <fmt/format.h>

#include <numeric>
#include <sstream>

namespace s2a::test {
namespace {

using Json = nlohmann::json;

/// A destination by what it stands for.
std::string name_of(const Json& cluster, const StandIns& stand_ins) {
  if (cluster.is_null()) return "nothing";
  auto name = cluster.at("service").get<std::string>();
  if (cluster.at("subset").is_string()) name += " " + cluster.at("subset").get<std::string>();
  const auto same = stand_ins.find(name);
  if (same != stand_ins.end()) name = same->second;
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

}  // namespace

Json canonical(const Json& decision, const StandIns& stand_ins) {
  if (decision.contains("closed")) return {{"to", name_of(decision.at("cluster"), stand_ins)}, {"closed", decision.at("closed")}};
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
    const auto name = name_of(to, stand_ins);
    weights[name] += to.at("weight").get<std::int64_t>();
    if (i < decision.at("seen").size()) out["seen"][name] = {decision.at("seen")[i], decision.at("responseHeaders")[i]};
  }
  for (const auto& [name, weight] : weights) unit = std::gcd(unit, weight);
  for (const auto& [name, weight] : weights) out["to"][name] = weight / unit;
  if (decision.at("to").empty()) out["responseHeaders"] = decision.at("responseHeaders");
  for (const auto& mirror : decision.at("mirrors")) out["mirrors"].push_back({name_of(mirror, stand_ins), mirror.at("percent")});
  return out;
}

std::set<std::string> differing_facts(const Json& one, const Json& other) {
  std::set<std::string> out;
  for (const auto& [fact, value] : one.items())
    if (fact != "seen" && value != other.value(fact, Json())) out.insert(fact);
  if (!one.contains("seen") || !other.contains("seen")) return out;
  for (const auto& [name, seen] : one.at("seen").items()) {
    const auto there = other.at("seen").find(name);
    if (there == other.at("seen").end()) continue;  // it goes elsewhere
    for (const auto& [fact, value] : seen[0].items())
      if (value != (*there)[0].at(fact)) out.insert(fact);
    if (seen[1] != (*there)[1]) out.insert("responseHeaders");
  }
  return out;
}

}  // namespace s2a::test
