// What sidecars, the files as the official guide leaves them, and ours decide about the requests of authorization.md 10: the table that golden/vectors repeats.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "tests/property/vector_cases/vector_case.h"
#include "tests/support/files.h"
#include "tests/support/pairs.h"
#include "tests/support/python_model.h"

namespace s2a::test::decisions_test {

using Json = nlohmann::json;

/// The MeshConfig of the ConfigMap, empty without one.
Json mesh_config(const Json& objects) {
  for (const auto& object : objects)
    if (object.at("kind") == "ConfigMap") return kubernetes_objects(object.at("data").at("mesh").get<std::string>()).at(0);
  return Json::object();
}

/// A tree of a case, as a line asks about it.
struct World {
  World(const VectorCase& c, Tree tree, const AskedDecision& line)
      : manifests(line.waypoint_missing ? without_waypoints(c.manifests.at(tree)) : c.manifests.at(tree)),
        objects(kubernetes_objects(manifests)),
        config(mesh_config(objects)),
        mesh(manifests, config),
        dataplane((*mesh)[mesh.workload(line.asked.at("to").at("pod"))].dataplane) {}

  std::string manifests;
  Json objects;
  Json config;
  RecordedMesh mesh;
  Dataplane dataplane;  ///< of the pod that is asked for
};

/// `allow`, `deny`, `unknown`, or `refused`: the pod is not translated.
std::string decided(const VectorCase& c, Tree tree, const AskedDecision& line) {
  const World world(c, tree, line);
  if (tree == Tree::Ours && world.dataplane == Dataplane::Sidecar) return "refused";
  const auto decision = decide(world.mesh, line.asked, tree == Tree::Sidecar ? Side::Before : Side::After);
  return !decision ? "unknown" : decision->allowed() ? "allow" : "deny";
}

class Vectors : public testing::TestWithParam<VectorCase> {};

TEST_P(Vectors, AreDecidedAsTheTableSays) {
  const auto& c = GetParam();
  auto row = fmt::format("{:<36}", c.name());
  for (const auto& line : c.decisions) {
    EXPECT_FALSE(line.wanted.empty()) << in_words(line.asked);
    std::string cell;
    for (const auto& [tree, wanted] : line.wanted) {
      const auto decision = decided(c, tree, line);
      EXPECT_EQ(decision, wanted) << to_string(tree) << ": " << in_words(line.asked);
      cell += fmt::format("{}{}", cell.empty() ? "" : "/", decision);
    }
    const bool wider = decided(c, Tree::Sidecar, line) == "deny" && decided(c, Tree::Ours, line) == "allow";
    EXPECT_FALSE(wider) << in_words(line.asked);
    row += "  " + cell;
  }
  std::cout << row << (HasFailure() ? "  WRONG" : "  ok") << "\n";
}

TEST_P(Vectors, AreReportedWhereNoRequestShowsThem) {
  const auto report = bytes_of(GetParam().folder / "report.json");
  for (const auto& text : GetParam().says) EXPECT_NE(report.find(text), std::string::npos) << text;
  EXPECT_FALSE(GetParam().decisions.empty() && GetParam().says.empty()) << "says nothing";
}

/// decide.py knows Pods only.
Json as_pod(Json object) {
  const auto& spec = object.at("spec");
  if (!spec.contains("template")) return object;
  Json pod = spec.at("template");
  pod["kind"] = "Pod";
  for (const auto* key : {"name", "namespace"}) pod["metadata"][key] = object.at("metadata").at(key);
  return pod;
}

/// A line of decide.py's.
Json python_line(const World& world, const AskedDecision& line) {
  Json objects = Json::array();
  for (const auto& object : world.objects) objects.push_back(object.contains("spec") ? as_pod(object) : object);
  return {{"mode", world.dataplane == Dataplane::Ambient ? "ambient" : "sidecar"},
          {"world", {{"objects", objects}, {"mesh", world.config}}},
          {"request", python_request(line.asked, world.config)}};
}

TEST(VectorCases, TheModelInPythonAgrees) {
  std::vector<Json> asked;
  std::vector<std::pair<std::string, bool>> wanted;
  for (const auto& c : vector_cases()) {
    for (const auto& line : c.decisions) {
      for (const auto& [tree, decision] : line.wanted) {
        const World world(c, tree, line);
        if ((world.dataplane == Dataplane::Ambient) == (tree == Tree::Sidecar)) continue;  // it knows no ambient callers of sidecars
        asked.push_back(python_line(world, line));
        wanted.emplace_back(fmt::format("{} {}: {}", c.name(), to_string(tree), in_words(line.asked)), decision == "allow");
      }
    }
  }
  const auto answers = decide_in_python(asked);
  if (answers.empty()) GTEST_SKIP() << "no python3, or no decide.py in " << shared_files();
  for (std::size_t i = 0; i < answers.size(); ++i) EXPECT_EQ(answers[i], wanted[i].second) << wanted[i].first;
  std::cout << answers.size() << " decisions asked of decide.py\n";
}

TEST(VectorCases, AreAllThere) {
  const auto cases = vector_cases();
  for (int number = 1; number <= 62; ++number) {
    const auto prefix = fmt::format("v{:02}-", number);
    EXPECT_TRUE(std::ranges::any_of(cases, [&](const VectorCase& c) { return c.name().starts_with(prefix); })) << prefix;
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, Vectors, testing::ValuesIn(vector_cases()), [](const auto& test) { return test.param.id(); });

}  // namespace s2a::test::decisions_test
