// What sidecars deny, the ambient mesh that we write denies: random meshes and requests, by our own evaluator and by the Python model (shared/model/decide.py).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/run.h"
#include "ir/authz/enforcement.h"
#include "tests/property/translation/worlds.h"
#include "tests/support/files.h"
#include "tests/support/mesh_from_yaml.h"
#include "tests/support/python_model.h"
#include "tests/support/temp_tree.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

std::string all_of(const std::filesystem::path& directory) {
  std::string out;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::ranges::sort(files);
  for (const auto& file : files) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    out += "---\n" + text.str() + "\n";
  }
  return out;
}

std::string translated(const std::string& world) {
  const TempTree tree{{"in/mesh.yaml", world}};
  std::ostringstream out;
  std::ostringstream err;
  const std::vector<std::string> args{"apply", "--assume", "--out-dir", tree.at("out"), tree.at("in")};
  const int code = run(args, out, err, Environment{});
  EXPECT_LT(code, 2) << err.str() << world;
  return all_of(tree.root() / "out");
}

struct Asked {
  Question question;
  Request request;
  Json json;  ///< for decide.py
  bool before = false;
  bool after = false;
  std::size_t world = 0;
};

/// The same pod or Service in another version of the mesh.
template <class Id, class Things>
std::optional<Id> same(const Things& things, const std::string& ns, const std::string& name) {
  const auto found = std::ranges::find_if(things, [&](const auto& t) { return t.ns == ns && t.name == name && !t.assumed; });
  return found == things.end() ? std::nullopt : std::optional(found->id);
}

/// A request that both meshes can be asked; nothing where the input does not decide it.
std::optional<Asked> ask(std::mt19937& random, const MeshModel& before, const MeshModel& after) {
  static const std::vector<std::pair<ClientClass, std::string>> kClients{{ClientClass::AmbientToService, "ambient"},
                                                                         {ClientClass::AmbientToPod, "ambient"},
                                                                         {ClientClass::Sidecar, "sidecar"},
                                                                         {ClientClass::Ingress, "ingress"},
                                                                         {ClientClass::Plaintext, "plaintext"}};
  const auto& workload = pick(random, before.workloads());
  if (workload.assumed) return std::nullopt;
  const auto& [client, client_name] = pick(random, kClients);
  Asked out{.question = {.client = client, .workload = workload.id, .service = std::nullopt, .http = chance(random, 75)}, .request = {}, .json = {}};
  out.json = {{"client", client_name}, {"workload", workload.ns + "/" + workload.name}, {"http", out.question.http}};
  if (client == ClientClass::AmbientToService || client == ClientClass::Ingress) {
    const auto services = before.services_of(workload.id);
    if (services.empty()) return std::nullopt;
    const auto& service = before[pick(random, services)];
    if (service.assumed) return std::nullopt;
    const auto& port = pick(random, service.spec.ports);
    const auto target = before.container_port(port, workload.id);
    if (!target) return std::nullopt;
    out.question.service = service.id;
    out.question.service_port = port.port;
    out.question.container_port = *target;
    out.json["service"] = service.ns + "/" + service.name;
    out.json["port"] = port.port;
  } else {
    out.question.container_port = pick(random, std::vector<std::uint16_t>{8080, 9090, 7777, 65000});
    out.json["port"] = out.question.container_port;
  }
  const auto protocol = before.protocol_at_sidecar(workload.id, out.question.container_port);
  if (!protocol || (*protocol == AppProtocol::Http && !out.question.http)) return std::nullopt;  // bytes that are not HTTP on an HTTP port: outside the comparison
  if (client != ClientClass::Plaintext) {
    const auto identity = random_identity(random);
    out.request[Attribute::Identity] = {identity};
    out.json["identity"] = identity.substr(std::string("spiffe://").size());
  }
  if (out.question.http) {
    out.request[Attribute::Method] = {random_method(random)};
    out.request[Attribute::Path] = {random_path(random)};
    out.request[Attribute::Host] = {random_host(random)};
    out.json["headers"] = Json::object();
    for (const auto* name : {"x-team", "x-debug"}) {
      const auto lines = random_header(random);
      out.request[{Attribute::Header, name}] = lines;
      if (!lines.empty()) out.json["headers"][name] = lines;
    }
    out.json["method"] = out.request[Attribute::Method].front();
    out.json["path"] = out.request[Attribute::Path].front();
    out.json["host"] = out.request[Attribute::Host].front();
  }
  auto as_before = out.question;
  if (client == ClientClass::AmbientToService || client == ClientClass::AmbientToPod) as_before.client = ClientClass::Sidecar;
  const auto was = enforcement(before, as_before);
  auto as_after = out.question;
  as_after.workload = same<WorkloadId>(after.workloads(), workload.ns, workload.name).value();
  if (out.question.service) as_after.service = same<ServiceId>(after.services(), before[*out.question.service].ns, before[*out.question.service].name).value();
  if (after[as_after.workload].dataplane != Dataplane::Ambient) return std::nullopt;  // it stayed, and the Python model's ambient mesh has no sidecars
  const auto is = enforcement(after, as_after);
  if (!was || !is) return std::nullopt;
  out.before = evaluate(*was, out.request).allowed();
  out.after = evaluate(*is, out.request).allowed();
  return out;
}

class NeverWider : public ::testing::Test {
 protected:
  /// Both sides of every request, as the Python model decides them; empty where it cannot be asked.
  std::vector<std::pair<bool, bool>> ask_python(const std::vector<Asked>& all) const {
    std::vector<Json> lines;
    for (const auto* mode : {"sidecar", "ambient"}) {
      std::size_t world = worlds_.size();
      for (const auto& asked : all) {
        auto request = asked.json;
        if (std::string_view(mode) == "sidecar" && request["client"] == "ambient") request["client"] = "sidecar";
        Json line{{"mode", mode}, {"request", request}};
        if (asked.world != world)
          line["world"] = {{"objects", std::string_view(mode) == "sidecar" ? worlds_[asked.world].first : worlds_[asked.world].second}, {"mesh", Json::object()}};
        world = asked.world;
        lines.push_back(std::move(line));
      }
    }
    const auto decisions = decide_in_python(lines);
    std::vector<std::pair<bool, bool>> out;
    for (std::size_t i = 0; i < all.size() && i + all.size() < decisions.size(); ++i) out.emplace_back(decisions[i], decisions[i + all.size()]);
    return out;
  }

  std::vector<std::pair<Json, Json>> worlds_;  ///< before and after
  std::vector<std::string> texts_;
};

TEST_F(NeverWider, RandomMeshes) {
  const auto seed = number_from("S2A_SEED", 20261123);
  const auto wanted = number_from("S2A_RANDOM_REQUESTS", 24'000);
  std::mt19937 random(seed);
  std::vector<Asked> all;
  std::map<std::string, int> tally;
  while (all.size() < wanted) {
    const auto yaml = random_world(random);
    const auto after_yaml = translated(yaml);
    const auto before = mesh_from_yaml(yaml);
    const auto after = mesh_from_yaml(after_yaml);
    const bool moved = std::ranges::any_of(after->workloads(), [](const MeshWorkload& w) { return w.dataplane == Dataplane::Ambient; });
    ++tally[moved ? "meshes translated" : "meshes left alone"];
    if (!moved) continue;
    worlds_.emplace_back(kubernetes_objects(yaml), kubernetes_objects(after_yaml));
    texts_.push_back(yaml + "\n=== after ===\n" + after_yaml);
    for (int n = 0; n < 60; ++n) {
      auto asked = ask(random, *before, *after);
      if (!asked) continue;
      asked->world = worlds_.size() - 1;
      ++tally[fmt::format("{}: {} -> {}", to_string(asked->question.client), asked->before ? "allowed" : "denied", asked->after ? "allowed" : "denied")];
      ASSERT_FALSE(!asked->before && asked->after) << "wider: " << asked->json.dump() << "\n" << texts_.back();
      all.push_back(std::move(*asked));
    }
  }
  const auto python = ask_python(all);
  for (std::size_t i = 0; i < python.size(); ++i) {
    ASSERT_FALSE(!python[i].first && python[i].second) << "wider for the Python model: " << all[i].json.dump() << "\n" << texts_[all[i].world];
    ASSERT_EQ(python[i], std::pair(all[i].before, all[i].after)) << "the Python model decides otherwise: " << all[i].json.dump() << "\n" << texts_[all[i].world];
  }
  fmt::print("seed {}, {} requests, {} of them by the Python model as well\n", seed, all.size(), python.size());
  for (const auto& [what, count] : tally) fmt::print("  {:<55} {}\n", what, count);
}

}  // namespace
}  // namespace s2a::test
