// The lowerings of routes against the Python model (shared/model/routing/decide.py): random VirtualServices and HTTPRoutes, at client sidecars and at waypoints.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <iostream>
#include <map>

#include "tests/support/files.h"
#include "tests/support/python_model.h"
#include "tests/support/random_routes.h"
#include "tests/support/routed.h"
#include "tests/support/routing_vectors.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

constexpr int kWorlds = 2'000;
constexpr int kRequests = 10;

std::string seconds(const Json& milliseconds) {
  const int count = milliseconds;
  return count % 1000 == 0 ? fmt::format("{}s", count / 1000) : fmt::format("{}.{:03}s", count / 1000, count % 1000);
}

/// decide.py tells times in milliseconds, and every header of a response. That `x-forwarded-proto: https` makes the scheme from which a redirect starts it leaves out.
Json as_recorded(Json answer, const Json& ours, const Json& request) {
  if (auto& theirs = answer["redirect"]; theirs.is_object() && ours.at("redirect").is_object() && request.at("headers").contains("x-forwarded-proto"))
    theirs["location"] = ours.at("redirect").at("location");
  if (auto& retries = answer["retries"]; retries.is_object()) {
    if (retries.contains("perTry")) retries["perTry"] = seconds(retries["perTry"]);
    if (retries.contains("backoff")) retries["backoff"] = {{"baseInterval", seconds(retries["backoff"])}};
  }
  if (auto& fault = answer["fault"]; fault.is_object() && fault.contains("delay")) fault["delay"]["fixedDelay"] = seconds(fault["delay"]["fixedDelay"]);
  auto headers = Json::object();
  for (const auto& [name, value] : answer.at("responseHeaders").items())
    if (name.starts_with("x-r")) headers[name] = value;
  answer["responseHeaders"] = std::move(headers);
  return answer;
}

/// What occurs in a mesh, so that nothing is tested in vain.
void count(const Json& value, std::map<std::string, int>& features) {
  if (value.is_object())
    for (const auto& [key, below] : value.items()) {
      ++features[key];
      count(below, features);
    }
  if (value.is_array())
    for (const auto& item : value) count(item, features);
}

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
      if (object.at("kind") == "VirtualService" || object.at("kind") == "HTTPRoute") count(object.at("spec"), features);
    for (int n = 0; n < kRequests; ++n) {
      const auto request = random_routed_request(random, world);
      ours.push_back(decided.decide(request));
      lines.push_back(world);
      lines.back()["request"] = request;
    }
  }
  const auto answers = answers_in_python("routing/decide.py", lines);
  if (answers.empty()) GTEST_SKIP() << "no python3 with PyYAML, or no decide.py in " << shared_files();
  int wrong = 0;
  std::map<int, int> statuses;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto theirs = as_recorded(answers[i], ours[i], lines[i].at("request"));
    ++statuses[theirs.at("status").is_null() ? 0 : theirs.at("status").get<int>()];
    const auto differences = routing_differences(ours[i], theirs);
    if (differences.empty() || ++wrong > 5) continue;
    ADD_FAILURE() << fmt::format("{}", fmt::join(differences, ", ")) << "\n" << lines[i].dump() << "\nours   " << ours[i].dump() << "\ntheirs " << theirs.dump();
  }
  EXPECT_EQ(wrong, 0);
  std::cout << answers.size() << " requests in " << kWorlds << " meshes, " << wrong << " differences; by status:";
  for (const auto& [status, times] : statuses) std::cout << ' ' << status << ' ' << times;
  std::cout << "\noccurs:";
  for (const auto& [feature, times] : features) std::cout << ' ' << feature << ' ' << times;
  std::cout << '\n';
  for (const auto* feature :
       {"withoutHeaders", "delegate", "uriRegexRewrite", "mirrors", "fault", "redirect", "requestRedirect", "urlRewrite", "queryParams", "sourceLabels", "ignoreUriCase"})
    EXPECT_GT(features[feature], 20) << feature;
}

}  // namespace
}  // namespace s2a::test
