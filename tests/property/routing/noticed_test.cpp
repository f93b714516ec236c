// The check of recorded routing notices every fact that is not as we say.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/files.h"
#include "tests/support/routing_vectors.h"

namespace s2a::test::noticed_test {

using Json = nlohmann::json;

TEST(RoutingVectors, AreComparedFactByFact) {
  const auto path = shared_files() / "vectors" / "routing" / "paths.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
  auto recorded = Json::parse(std::ifstream(path)).at("cases").at(0);
  recorded["requests"] = Json::array({recorded.at("requests").at(0)});
  const std::vector<std::pair<std::string, Json>> others{{"/cluster/subset", "v9"},
                                                         {"/cluster/port", 81},
                                                         {"/cluster/service", "shop/x"},
                                                         {"/path", "/elsewhere"},
                                                         {"/host", "h.example"},
                                                         {"/headersAdded", {{"x", "1"}}},
                                                         {"/headersRemoved", {"x"}},
                                                         {"/redirect", {{"code", 301}, {"location", "http://x/"}}},
                                                         {"/direct", {{"status", 500}}},
                                                         {"/timeoutMs", 5},
                                                         {"/retries", nullptr},
                                                         {"/fault", Json::object()},
                                                         {"/status", 503},
                                                         {"/responseHeaders", {{"x-r", "1"}}}};
  for (const auto& [fact, other] : others) {
    auto changed = recorded;
    changed.at("requests").at(0).at("decision")[Json::json_pointer(fact)] = other;
    VectorTally tally{.file = {}, .mismatches = {}};
    check_routing(changed, tally);
    EXPECT_EQ(tally.mismatches.size(), 1u) << fact;
  }
  VectorTally tally{.file = {}, .mismatches = {}};
  check_routing(recorded, tally);
  EXPECT_TRUE(tally.mismatches.empty());
}

}  // namespace s2a::test::noticed_test
