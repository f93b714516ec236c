// Plans with routes and policies. Random meshes, in which requests go after as they went before, to the same pods and as the same, and nothing is let in that
// was not. Routes are asked of the Python model (shared/model/routing/decide.py) as well. S2A_RANDOM_REQUESTS and S2A_SEED say how many and which.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/property/translation/routed_trial.h"
#include "tests/property/translation/routed_worlds.h"
#include "tests/property/translation/trial.h"
#include "tests/support/conversions.h"
#include "tests/support/files.h"
#include "tests/support/python_model.h"
#include "tests/support/python_routing.h"
#include "tests/support/random_convertible.h"

namespace s2a::test::routed_test {

using Json = nlohmann::json;

constexpr std::size_t kWorldsAtATime = 50;
constexpr int kRequestsToAWorld = 24;
constexpr std::size_t kAsked = 2'000;  ///< of the Python model

/// What is wrong with the two; empty: nothing.
std::string fault(const Routed& before, const Routed& after) {
  if (after.refused) return {};
  if (const auto facts = differing_facts(before.facts, after.facts); !facts.empty()) return fmt::format("other {}", fmt::join(facts, ", "));
  for (const auto& [pod, lets_in] : after.pods)
    if (lets_in && !before.pods.at(pod)) return "wider";
  return {};
}

/// To the Python model a Service without a selector has no endpoints, where we say that nobody knows them: it is asked as if they were pods of the mesh.
Json with_endpoints(Json objects) {
  for (auto& object : objects)
    if (object.at("kind") == "Service" && !object.at("spec").contains("selector")) object["spec"]["selector"] = {{"app", "solo"}};
  return objects;
}

class RoutedMeshes : public ::testing::Test {
 protected:
  void round(Random& random) {
    std::vector<World> worlds;
    for (std::size_t i = 0; i < kWorldsAtATime; ++i) worlds.push_back(random_routed_world(random));
    for (const auto& trial : translated(std::move(worlds))) {
      ++worlds_;
      if (!trial.tree.left_to_do.empty()) ADD_FAILURE() << "something left to do: " << trial.tree.left_to_do << '\n' << trial.world.text();
      std::set<std::string> codes;
      for (const auto& [ns, refusals] : trial.tree.refusals)
        for (const auto& [code, message] : refusals) codes.insert(code);
      for (const auto& code : codes) ++refused_[code];
      const auto port = random.chance(85) ? std::uint16_t{80} : std::uint16_t{8080};
      for (const auto* client : {"curl-shop", "curl-web"}) ask(random, trial, client, port);
    }
  }

  void ask(Random& random, const Trial& trial, const std::string& client, std::uint16_t port) {
    std::vector<Json> requests;
    for (int n = 0; n < kRequestsToAWorld / 2; ++n) requests.push_back(random_convertible_request(random));
    const RoutedMesh before(trial.tree.before, client, port);
    const RoutedMesh after(trial.tree.after, client, port);
    asked_ += requests.size();
    if (before.dataplane() == after.dataplane()) return;
    if (client == "curl-shop") {
      ++moved_;
      for (const auto& [subject, made] : trial.tree.made_by)
        for (const auto& code : made) ++made_[fmt::format("{} {}", subject.substr(0, subject.find(' ')), code)];
    }
    const bool in_python = lines_.size() < kAsked;
    std::vector<Json> cases;
    for (const auto* side : {&before, &after}) {
      cases.push_back(side->asked_case());
      cases.back()["manifests"] = in_python ? with_endpoints(kubernetes_objects(side == &before ? trial.tree.before : trial.tree.after)) : Json();
    }
    for (const auto& request : requests) {
      const auto was = before.decide(request);
      const auto is = after.decide(request);
      count(after.dataplane(client), was, is);
      if (const auto wrong = fault(was, is); !wrong.empty() && ++faults_[wrong] <= 2)
        ADD_FAILURE() << wrong << ": " << client << " port " << port << ' ' << request.dump() << "\nbefore " << was.facts.dump() << "\nafter  " << is.facts.dump() << '\n'
                      << trial.tree.before << "\n=== after ===\n"
                      << trial.tree.after;
      if (!in_python) continue;
      for (std::size_t i = 0; i < cases.size(); ++i) {
        ours_.push_back(i == 0 ? was.decision : is.decision);
        lines_.push_back(cases[i]);
        lines_.back()["request"] = request;
      }
    }
  }

  void count(Dataplane client, const Routed& before, const Routed& after) {
    const auto told = [](const Routed& side) -> std::string {
      if (side.refused) return "refused by the waypoint";
      if (side.pods.empty()) return "answered";
      const auto in = std::ranges::count_if(side.pods, [](const auto& pod) { return pod.second; });
      return in == 0 ? "refused by all pods" : static_cast<std::size_t>(in) == side.pods.size() ? "let in" : "let in by some";
    };
    ++requests_[fmt::format("{} caller: {} -> {}", client == Dataplane::Ambient ? "ambient" : "sidecar", told(before), told(after))];
  }

  void print(std::size_t seed) const {
    fmt::print("seed {}: {} worlds, {} with routed pods that left their sidecars, {} requests\n", seed, worlds_, moved_, asked_);
    for (const auto& [title, counts] : {std::pair("requests", &requests_), {"worlds with something refused", &refused_}, {"made", &made_}, {"faults", &faults_}}) {
      fmt::print("{}\n", title);
      for (const auto& [what, times] : *counts) fmt::print("  {:<80} {:>8}\n", what, times);
    }
  }

  std::size_t worlds_ = 0;
  std::size_t moved_ = 0;
  std::size_t asked_ = 0;
  std::map<std::string, std::size_t> requests_;
  std::map<std::string, std::size_t> refused_;
  std::map<std::string, std::size_t> made_;
  std::map<std::string, std::size_t> faults_;
  std::vector<Json> lines_;
  std::vector<Json> ours_;
};

TEST_F(RoutedMeshes, GoAfterAsTheyWentBefore) {
  const auto seed = number_from("S2A_SEED", 20261130);
  const auto wanted = number_from("S2A_RANDOM_REQUESTS", 7'200);
  Random random(seed);
  while (asked_ < wanted) round(random);
  print(seed);
  EXPECT_GT(moved_, worlds_ / 8);
  EXPECT_GT(made_["HTTPRoute S2A0304"], worlds_ / 20);
  EXPECT_GT(made_["VirtualService S2A0310"], worlds_ / 200);
  EXPECT_GT(requests_["sidecar caller: let in -> let in"], worlds_ / 3);
  const auto differences = routing_differences_in_python(lines_, ours_);
  if (!differences) GTEST_SKIP() << "no python3 with PyYAML, or no decide.py in " << shared_files();
  for (std::size_t i = 0; i < std::min<std::size_t>(differences->size(), 3); ++i) ADD_FAILURE() << (*differences)[i];
  fmt::print("{} requests in Python, {} differences\n", lines_.size(), differences->size());
}

/// The check is no check if it does not see what is missing after.
TEST(RoutedTrial, NoticesWhatIsLost) {
  Random random(7);
  std::vector<World> worlds;
  for (std::size_t i = 0; i < kWorldsAtATime; ++i) worlds.push_back(random_routed_world(random));
  std::map<std::string, std::size_t> found;
  for (const auto& trial : translated(std::move(worlds))) {
    for (const auto* lost : {"AuthorizationPolicy", "HTTPRoute"}) {
      const RoutedMesh before(trial.tree.before, "curl-shop", 80);
      const RoutedMesh after(without_kinds(trial.tree.after, {lost}), "curl-shop", 80);
      if (after.dataplane() != Dataplane::Ambient) continue;
      for (int n = 0; n < kRequestsToAWorld; ++n) {
        const auto request = random_convertible_request(random);
        const auto wrong = fault(before.decide(request), after.decide(request));
        ++found[fmt::format("{} {}", lost, wrong.substr(0, wrong.find(' ')))];
      }
    }
  }
  EXPECT_GT(found["AuthorizationPolicy wider"], 20);
  EXPECT_EQ(found["AuthorizationPolicy other"], 0);
  EXPECT_GT(found["HTTPRoute other"], 20);
}

}  // namespace s2a::test::routed_test
