// What sidecars deny, the ambient mesh that we write denies: random meshes and requests, by our own evaluator and by the Python model (shared/model/decide.py).
// S2A_RANDOM_REQUESTS and S2A_SEED say how many and which.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/property/translation/features.h"
#include "tests/property/translation/minimise.h"
#include "tests/property/translation/requests.h"
#include "tests/property/translation/trial.h"
#include "tests/support/admission.h"
#include "tests/support/files.h"
#include "tests/support/mesh_from_yaml.h"
#include "tests/support/pairs.h"

namespace s2a::test::never_wider_test {

using Json = nlohmann::json;

constexpr std::size_t kWorldsAtATime = 100;
constexpr int kRequestsToAWorld = 80;

struct Tally {
  std::size_t worlds = 0;
  std::size_t moved = 0;  ///< with a pod that left its sidecar
  std::size_t in_python = 0;
  std::map<std::string, std::size_t> refused;                           ///< worlds, by code
  std::map<std::string, std::size_t> requests;                          ///< by receiver and client: `moved ambient: allowed -> denied`
  std::map<std::string, std::size_t> stricter;                          ///< to pods that moved, by client and who denies
  std::map<std::string, std::size_t> not_python;                        ///< by reason
  std::map<std::string, std::pair<std::size_t, std::size_t>> features;  ///< worlds and requests, of pods that moved
};

std::string_view to_string(Receiver receiver) {
  switch (receiver) {
    case Receiver::Moved: return "moved";
    case Receiver::Stayed: return "stayed";
    case Receiver::Bare: return "without a proxy";
  }
  return "";
}

bool has_fault(const World& world, const std::string& fault, const Json& asked) {
  if (mesh_from_yaml(world.text()).diagnostics.has(Severity::Error)) return false;
  auto trials = translated({world});
  if (asked.is_null()) return !trials.front().tree.left_to_do.empty();
  ask(trials.front(), {asked});
  if (trials.front().requests.empty()) return false;
  const auto& found = trials.front().requests.front().fault;
  if (found.empty() && fault.starts_with("the Python")) ask_python(trials);
  return found == fault;
}

/// Shows why worlds come out wider or unknown, each made small; offline only.
bool is_refused(const World& world, const std::string& code) {
  if (mesh_from_yaml(world.text()).diagnostics.has(Severity::Error)) return false;
  const auto trials = translated({world});
  const auto& refusals = trials.front().tree.refusals;
  return std::ranges::any_of(refusals, [&](const auto& entry) { return std::ranges::any_of(entry.second, [&](const auto& why) { return why.first == code; }); });
}

class NeverWider : public ::testing::Test {
 protected:
  void round(Random& random) {
    std::vector<World> worlds;
    for (std::size_t i = 0; i < kWorldsAtATime; ++i) worlds.push_back(random_world(random));
    auto trials = translated(std::move(worlds));
    for (auto& trial : trials) {
      const auto before = mesh_from_yaml(trial.tree.before);
      EXPECT_FALSE(before.diagnostics.has(Severity::Error)) << before.diagnostics.all().front().message << '\n' << trial.tree.before;
      std::vector<Json> requests;
      for (int n = 0; n < kRequestsToAWorld; ++n) requests.push_back(random_request(random, *before));
      ask(trial, requests);
    }
    tally_.in_python += ask_python(trials);
    std::string written;
    for (const auto& trial : trials) written += trial.tree.after;
    EXPECT_EQ(rejected(written).value_or(""), "");
    for (const auto& trial : trials) count(trial);
  }

  void count(const Trial& trial) {
    ++tally_.worlds;
    std::set<std::string> codes;
    for (const auto& [ns, refusals] : trial.tree.refusals)
      for (const auto& [code, message] : refusals) codes.insert(code);
    for (const auto& code : codes) ++tally_.refused[code];
    for (const auto* code : {"S2A0602", "S2A0603"})
      if (codes.contains(code) && shown_ < number_from("S2A_SHOW_REFUSED", 0))
        fmt::print("REFUSED {} {}\n{}\nEND\n", code, ++shown_, minimised(trial.world, [&](const World& w) { return is_refused(w, code); }).text());
    if (!trial.tree.left_to_do.empty()) report("something left to do: " + trial.tree.left_to_do, trial, nullptr);
    const RecordedMesh before(trial.tree.before, trial.tree.mesh_config);
    std::set<std::string> met;
    for (const auto& once : trial.requests) {
      ++asked_;
      const std::string client = once.asked.at("client");
      ++tally_.requests[fmt::format("{} {}: {} -> {}", to_string(once.receiver), client, once.before ? "allowed" : "denied", once.after ? "allowed" : "denied")];
      if (!once.python.empty()) ++tally_.not_python[once.python];
      if (!once.fault.empty()) report(once.fault, trial, &once);
      if (once.receiver != Receiver::Moved) continue;
      if (once.before && !once.after) ++tally_.stricter[fmt::format("{}: {}", client, once.by)];
      const auto pod = (*before)[before.workload(once.asked.at("to").at("pod"))];
      auto features = features_of(once.asked, before);
      features.merge(features_of(trial.world, *before, pod));
      for (const auto& feature : features) ++tally_.features[feature].second;
      met.insert(features.begin(), features.end());
    }
    if (!met.empty()) ++tally_.moved;
    for (const auto& feature : met) ++tally_.features[feature].first;
  }

  void report(const std::string& fault, const Trial& trial, const AskedOnce* once) {
    const auto kind = fault.substr(0, fault.find(':'));
    if (faults_[kind]++ >= 2) return;
    const auto asked = once == nullptr ? Json() : once->asked;
    const auto world = minimised(trial.world, [&](const World& w) { return has_fault(w, fault, asked); });
    const auto after = translated({world}).front().tree.after;
    ADD_FAILURE() << fault << ": " << asked << '\n' << world.text() << "\n=== after ===\n" << after;
  }

  void print(std::size_t seed) const {
    fmt::print("seed {}: {} worlds, {} with pods that left their sidecars, {} requests, {} of them by the Python model as well\n", seed, tally_.worlds, tally_.moved, asked_,
               tally_.in_python);
    const auto list = [](const char* title, const std::map<std::string, std::size_t>& counts) {
      fmt::print("{}\n", title);
      for (const auto& [what, count] : counts) fmt::print("  {:<80} {:>8}\n", what, count);
    };
    list("requests", tally_.requests);
    list("stricter, by client and who denies", tally_.stricter);
    list("worlds with something refused", tally_.refused);
    list("not asked of the Python model", tally_.not_python);
    fmt::print("features of pods that moved: worlds, requests\n");
    for (const auto& feature : all_features()) {
      const auto found = tally_.features.find(feature);
      const auto [worlds, requests] = found == tally_.features.end() ? std::pair<std::size_t, std::size_t>{} : found->second;
      fmt::print("  {:<60} {:>8} {:>8}\n", feature, worlds, requests);
    }
  }

  Tally tally_;
  std::size_t asked_ = 0;
  std::size_t shown_ = 0;
  std::map<std::string, int> faults_;
};

TEST_F(NeverWider, RandomMeshes) {
  const auto seed = number_from("S2A_SEED", 20261123);
  const auto wanted = number_from("S2A_RANDOM_REQUESTS", 24'000);
  Random random(seed);
  while (asked_ < wanted) round(random);
  print(seed);
  for (const auto& [fault, times] : faults_) fmt::print("FAULT {} {}\n", fault, times);
}

}  // namespace s2a::test::never_wider_test
