// What the comparison says of translations, as they are and with one field changed, against requests at random, decided by RoutedCase. routing.md 7.0
// S2A_ROUTE_PAIRS and S2A_SEED say how many and which.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/property/conversion/alike.h"
#include "tests/property/conversion/mutation.h"
#include "tests/support/decisions.h"
#include "tests/support/files.h"
#include "tests/support/python_model.h"
#include "tests/support/random_convertible.h"
#include "tests/support/routed.h"
#include "tests/support/routed_trees.h"

namespace s2a::test::proven_test {

using Json = nlohmann::json;

constexpr int kDraws = 60;

/// The Namespace of the Service has a waypoint, and its pods are ambient.
void enroll(Json& objects) {
  for (auto& object : objects)
    if (object.at("kind") == "Namespace" && object.at("metadata").at("name") == "shop")
      object["metadata"]["labels"] = {{"istio.io/dataplane-mode", "ambient"}, {"istio.io/use-waypoint", "waypoint"}};
}

/// A request of the comparison as RoutedCase takes it.
Json asked(const Request& request) {
  const auto first = [&](const Attribute& attribute) { return request.contains(attribute) && !request.at(attribute).empty() ? request.at(attribute).front() : std::string(); };
  auto headers = Json::array();
  std::string query;
  for (const auto& [attribute, values] : request)
    for (const auto& value : values) {
      if (attribute.kind == Attribute::Header) headers.push_back(Json::array({attribute.name, value}));
      if (attribute.kind == Attribute::Query) query += fmt::format("{}{}={}", query.empty() ? '?' : '&', attribute.name, value);
    }
  return {{"method", first(Attribute::Method)}, {"host", first(Attribute::Host)}, {"path", first(Attribute::Path) + query}, {"headers", std::move(headers)}};
}

struct Tallies {
  std::size_t pairs = 0;
  std::map<Verdict, int> verdicts;
  std::map<std::string, int> changed;  ///< to another verdict than Equal, by mutation
  int drawn = 0;
  int shown = 0;  ///< differences that a random request shows as well
};

/// Fails where requests at random differ though the comparison says Equal, and where its witness shows no difference.
void check(const Json& before, const Translated& is, Random& random, const std::string& mutation, Tallies& tally) {
  auto objects = kubernetes_objects(is.after.at("manifests"));
  enroll(objects);
  const auto config = "---\n" + mesh_config_map(before.value("mesh", Json::object()).dump());
  RoutedTrees trees(before.at("manifests").get<std::string>() + config, documents(objects) + config);
  if (trees.told().has(Severity::Error)) return;  // the mutant is not admitted
  const auto found = trees.worst(before.at("service").get<std::string>(), before.at("port").get<std::uint16_t>());
  const auto& comparison = found.comparison;
  ++tally.pairs;
  ++tally.verdicts[comparison.verdict];
  if (comparison.verdict != Verdict::Equal) ++tally.changed[mutation];
  const RoutedCase left(before);
  const RoutedCase right(is.after);
  const auto same = [&](const Json& request) { return canonical(left.decide(request), is.stand_in) == canonical(right.decide(request), is.stand_in); };
  bool differ = false;
  for (int n = 0; n < kDraws; ++n) {
    const auto request = random_convertible_request(random);
    ++tally.drawn;
    if (same(request)) continue;
    differ = true;
    EXPECT_NE(comparison.verdict, Verdict::Equal) << mutation << " " << request.dump() << "\n" << before.at("manifests").get<std::string>() << "\n" << documents(objects);
  }
  EXPECT_EQ(comparison.unknown, "") << mutation << "\n" << before.at("manifests").get<std::string>() << "\n" << documents(objects);
  if (!comparison.difference) return;
  tally.shown += differ ? 1 : 0;
  EXPECT_FALSE(same(asked(comparison.difference->request))) << mutation << " " << found.witness << "\n" << before.at("manifests").get<std::string>() << "\n" << documents(objects);
}

TEST(ConversionProof, SaysWhatRequestsShow) {
  Tally translations;
  Tallies tally;
  const auto wanted = number_from("S2A_ROUTE_PAIRS", 600);
  for (auto seed = number_from("S2A_SEED", 0) + 2'000'000; tally.pairs < wanted; ++seed) {
    Random random(seed);
    auto before = random_convertible_mesh(random);
    before["manifests"] = documents(before.at("manifests"));
    auto is = translated(before, translations, {.istio = {}, .gateway_api = {.minor = 6, .experimental = true}});
    if (!is) continue;
    check(before, *is, random, "nothing", tally);
    const auto objects = kubernetes_objects(is->after.at("manifests"));
    for (int n = 0; n < 3; ++n) {
      auto mutant = objects;
      std::vector<std::size_t> routes;
      for (std::size_t i = 0; i < mutant.size(); ++i)
        if (mutant[i].at("kind") == "HTTPRoute") routes.push_back(i);
      if (routes.empty()) break;
      const auto mutation = mutate(random, mutant[random.pick(routes)]);
      is->after["manifests"] = documents(mutant);
      check(before, *is, random, mutation, tally);
    }
  }
  fmt::print("{} pairs: {} equal, {} wider, {} unknown; {} random requests, which show {} of the differences; mutations that change something:", tally.pairs,
             tally.verdicts[Verdict::Equal], tally.verdicts[Verdict::Wider], tally.verdicts[Verdict::Unknown], tally.drawn, tally.shown);
  for (const auto& [mutation, times] : tally.changed) fmt::print(" {} {}", mutation, times);
  fmt::print("\n");
  EXPECT_EQ(tally.changed["nothing"], 0);
  EXPECT_GT(tally.verdicts[Verdict::Wider], static_cast<int>(wanted) / 4);
  EXPECT_GT(tally.verdicts[Verdict::Equal], static_cast<int>(wanted) / 4);
}

}  // namespace s2a::test::proven_test
