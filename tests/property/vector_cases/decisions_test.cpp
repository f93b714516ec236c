// What sidecars, the files as the official guide leaves them, and ours decide about the requests of authorization.md 10: the table that golden/vectors repeats.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <iostream>

#include "tests/property/vector_cases/vector_case.h"
#include "tests/support/files.h"
#include "tests/support/pairs.h"
#include "tests/support/python_model.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

/// The MeshConfig of the ConfigMap, empty without one.
Json mesh_config(const Json& objects) {
  for (const auto& object : objects)
    if (object.at("kind") == "ConfigMap") return kubernetes_objects(object.at("data").at("mesh").get<std::string>()).at(0);
  return Json::object();
}

std::string manifests_for(const VectorCase& c, Tree tree, const AskedDecision& line) {
  const auto& all = c.manifests.at(tree);
  return line.waypoint_missing ? without_waypoints(all) : all;
}

/// `allow`, `deny`, `unknown`, or `refused`: the pod is not translated.
std::string decided(const VectorCase& c, Tree tree, const AskedDecision& line) {
  const auto manifests = manifests_for(c, tree, line);
  const RecordedMesh mesh(manifests, mesh_config(kubernetes_objects(manifests)));
  const auto& pod = (*mesh)[mesh.workload(line.asked.at("to").at("pod"))];
  if (tree == Tree::Ours && pod.dataplane == Dataplane::Sidecar) return "refused";
  const auto decision = decide(mesh, line.asked, tree == Tree::Sidecar ? Side::Before : Side::After);
  return !decision ? "unknown" : decision->allowed() ? "allow" : "deny";
}

class Vectors : public testing::TestWithParam<VectorCase> {};

TEST_P(Vectors, AreDecidedAsTheTableSays) {
  const auto& c = GetParam();
  auto row = fmt::format("{:<36}", c.name());
  for (const auto& line : c.decisions) {
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

Json python_world(const Json& objects) {
  Json pods = Json::array();
  for (const auto& object : objects) pods.push_back(object.contains("spec") ? as_pod(object) : object);
  return {{"objects", pods}, {"mesh", mesh_config(objects)}};
}

TEST(VectorCases, TheModelInPythonAgrees) {
  std::vector<Json> asked;
  std::vector<std::pair<std::string, bool>> wanted;
  for (const auto& c : vector_cases()) {
    for (const auto& line : c.decisions) {
      for (const auto& [tree, decision] : line.wanted) {
        const auto objects = kubernetes_objects(manifests_for(c, tree, line));
        const auto world = python_world(objects);
        const RecordedMesh mesh(manifests_for(c, tree, line), world.at("mesh"));
        const bool moved = (*mesh)[mesh.workload(line.asked.at("to").at("pod"))].dataplane == Dataplane::Ambient;
        if (moved == (tree == Tree::Sidecar)) continue;  // it knows no ambient callers of sidecars
        asked.push_back({{"mode", moved ? "ambient" : "sidecar"}, {"world", world}, {"request", python_request(line.asked, world.at("mesh"))}});
        wanted.emplace_back(fmt::format("{} {}: {}", c.name(), to_string(tree), in_words(line.asked)), decision == "allow");
      }
    }
  }
  const auto answers = decide_in_python(asked);
  if (answers.empty()) GTEST_SKIP() << "no python3, or no decide.py in " << shared_files();
  for (std::size_t i = 0; i < answers.size(); ++i) EXPECT_EQ(answers[i], wanted[i].second) << wanted[i].first;
  std::cout << answers.size() << " decisions asked of decide.py\n";
}

INSTANTIATE_TEST_SUITE_P(Cases, Vectors, testing::ValuesIn(vector_cases()), [](const auto& test) { return test.param.id(); });

}  // namespace
}  // namespace s2a::test
