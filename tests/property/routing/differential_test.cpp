// The lowerings of routes against the Python model (shared/model/routing/decide.py): random VirtualServices and HTTPRoutes, at client sidecars and at waypoints.
#include <gtest/gtest.h>

#include <iostream>
#include <map>

#include "tests/support/files.h"
#include "tests/support/python_routing.h"
#include "tests/support/random_routes.h"
#include "tests/support/routed.h"

namespace s2a::test::differential_test {

using Json = nlohmann::json;

constexpr int kWorlds = 2'000;
constexpr int kRequests = 10;

TEST(RoutingModel, AgreesWithTheOneInPython) {
  std::vector<Json> lines;
  std::vector<Json> ours;
  std::map<std::string, int> features;
  for (int seed = 0; seed < kWorlds; ++seed) {
    Random random(static_cast<std::size_t>(seed));
    const auto world = random_routed_mesh(random);
    auto text = world;
    text["manifests"] = "";
    for (const auto& object : world.at("manifests")) text["manifests"] = text["manifests"].get<std::string>() + "---\n" + object.dump() + "\n";
    const RoutedCase decided(text);
    for (const auto& object : world.at("manifests"))
      if (object.at("kind") == "VirtualService" || object.at("kind") == "HTTPRoute") count_keys(object.at("spec"), features);
    for (int n = 0; n < kRequests; ++n) {
      const auto request = random_routed_request(random, world);
      ours.push_back(decided.decide(request));
      lines.push_back(world);
      lines.back()["request"] = request;
    }
  }
  const auto differences = routing_differences_in_python(lines, ours);
  if (!differences) GTEST_SKIP() << "no python3 with PyYAML, or no decide.py in " << shared_files();
  for (std::size_t i = 0; i < std::min<std::size_t>(differences->size(), 5); ++i) ADD_FAILURE() << (*differences)[i];
  std::map<int, int> statuses;
  for (const auto& answer : ours) ++statuses[answer.at("status").is_null() ? 0 : answer.at("status").get<int>()];
  std::cout << lines.size() << " requests in " << kWorlds << " meshes, " << differences->size() << " differences; by status:";
  for (const auto& [status, times] : statuses) std::cout << ' ' << status << ' ' << times;
  std::cout << "\noccurs:";
  for (const auto& [feature, times] : features) std::cout << ' ' << feature << ' ' << times;
  std::cout << '\n';
  for (const auto* feature :
       {"withoutHeaders", "delegate", "uriRegexRewrite", "mirrors", "fault", "redirect", "requestRedirect", "urlRewrite", "queryParams", "sourceLabels", "ignoreUriCase"})
    EXPECT_GT(features[feature], 20) << feature;
}

}  // namespace s2a::test::differential_test
