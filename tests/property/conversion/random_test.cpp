// Routes decide as the VirtualService did from which they were made, on random meshes, and as the Python model (shared/model/routing/decide.py) says of both.
// S2A_RANDOM_REQUESTS and S2A_SEED say how many and which.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <iostream>

#include "tests/property/conversion/alike.h"
#include "tests/support/files.h"
#include "tests/support/python_model.h"
#include "tests/support/python_routing.h"
#include "tests/support/random_convertible.h"
#include "tests/support/routed.h"

namespace s2a::test::random_test {

using Json = nlohmann::json;

constexpr int kRequests = 12;  ///< of a mesh

ConversionOptions options() { return {.istio = {}, .gateway_api = {.minor = 6, .experimental = true}}; }

TEST(Conversion, DecidesRandomMeshesAlike) {
  Tally tally;
  std::map<std::string, int> features;
  std::vector<Json> lines;
  std::vector<Json> ours;
  const auto wanted = number_from("S2A_RANDOM_REQUESTS", 20'000);
  for (auto seed = number_from("S2A_SEED", 0); tally.requests < wanted; ++seed) {
    Random random(seed);
    auto world = random_convertible_mesh(random);
    std::vector<Json> requests;
    for (int n = 0; n < kRequests; ++n) requests.push_back(random_convertible_request(random));
    auto before = world;
    before["manifests"] = documents(world.at("manifests"));
    const auto after = check_alike(before, requests, tally, options());
    if (!after) continue;
    for (const auto& object : world.at("manifests"))
      if (object.at("kind") == "VirtualService") count_keys(object.at("spec"), features);
    if (lines.size() >= wanted / 5) continue;  // enough for the Python model
    auto objects = *after;
    objects["manifests"] = kubernetes_objects(after->at("manifests"));
    for (const auto& [text, line] : {std::pair(&std::as_const(before), &world), std::pair(&*after, &objects)}) {
      const RoutedCase decided(*text);
      for (const auto& request : requests) {
        ours.push_back(decided.decide(request));
        lines.push_back(*line);
        lines.back()["request"] = request;
      }
    }
  }
  std::cout << to_string(tally) << "occurs in what was converted:";
  for (const auto& [feature, times] : features) std::cout << ' ' << feature << ' ' << times;
  std::cout << '\n';
  EXPECT_EQ(tally.differences, 0);
  EXPECT_GT(tally.converted, tally.worlds / 2);
  EXPECT_GT(10 * (tally.converted - tally.orders[OrderKept::AsWritten]), 3 * tally.converted) << "too few whose order has to be kept";
  for (const auto* feature : {"withoutHeaders", "delegate", "uriRegexRewrite", "mirrors", "redirect", "directResponse", "queryParams", "ignoreUriCase", "retries", "corsPolicy",
                              "gateways", "authority", "weight", "headers", "regex", "prefix", "exact", "timeout"})
    EXPECT_GT(features[feature], wanted / 1'000) << feature;
  const auto differences = routing_differences_in_python(lines, ours);
  if (!differences) GTEST_SKIP() << "no python3 with PyYAML, or no decide.py in " << shared_files();
  for (std::size_t i = 0; i < std::min<std::size_t>(differences->size(), 3); ++i) ADD_FAILURE() << (*differences)[i];
  std::cout << fmt::format("{} requests in Python, {} differences\n", lines.size(), differences->size());
}

/// `--path-prefix segment`: the VirtualService and the routes are both read so. routing.md 3.1
TEST(Conversion, DecidesRandomMeshesAlikeInSegments) {
  Tally tally;
  auto in_segments = options();
  in_segments.path_prefix = PathPrefixMode::Segment;
  const auto wanted = number_from("S2A_RANDOM_REQUESTS", 20'000) / 4;
  for (auto seed = number_from("S2A_SEED", 0) + 1'000'000; tally.requests < wanted; ++seed) {
    Random random(seed);
    auto world = random_convertible_mesh(random);
    std::vector<Json> requests;
    for (int n = 0; n < kRequests; ++n) requests.push_back(random_convertible_request(random));
    world["manifests"] = documents(world.at("manifests"));
    world["segments"] = true;
    static_cast<void>(check_alike(world, requests, tally, in_segments));
  }
  std::cout << to_string(tally);
  EXPECT_EQ(tally.differences, 0);
  EXPECT_GT(tally.converted, tally.worlds / 2);
}

}  // namespace s2a::test::random_test
