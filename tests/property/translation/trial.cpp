// World -> translation -> both sides of each request -> what is wrong with them.
#include "tests/property/translation/trial.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tests/property/translation/requests.h"
#include "tests/support/pairs.h"
#include "tests/support/python_model.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

Receiver receiver_of(Dataplane before, Dataplane after) {
  if (before == Dataplane::Sidecar && after == Dataplane::Ambient) return Receiver::Moved;
  return before == Dataplane::Outside ? Receiver::Bare : Receiver::Stayed;
}

/// A world that is being made small loses pods.
bool has(const RecordedMesh& mesh, const std::string& pod) {
  return std::ranges::any_of(mesh->workloads(), [&](const MeshWorkload& w) { return w.ns + "/" + w.name == pod; });
}

/// A request that the sidecar refused before it asked a policy. 8.6
bool refused_at_layer_4(const Decision& decision) { return !decision.steps.empty() && decision.steps.back().outcome == Outcome::Reset; }

std::string last_word(const Decision& decision, const Trial& trial, const Store& store) {
  if (decision.steps.empty()) return "no such port";
  const auto& [engine, outcome, origin, action] = decision.steps.back();
  std::string by = origin.text.empty() ? "no ALLOW policy matches" : origin.text;
  if (origin.resource) {
    const auto made = trial.tree.made_by.find(store[*origin.resource].subject());
    by = made == trial.tree.made_by.end() ? "a policy as it was" : fmt::format("{}", fmt::join(made->second, " "));
  }
  return fmt::format("{}, {}", to_string(engine), by);
}

/// What the Python model does not know.
std::string beyond_python(const Json& asked, const RecordedMesh& before, const Question& question, Receiver receiver) {
  const auto& pod = (*before)[question.workload];
  const auto own_ports = [](std::uint16_t port) { return port == 15020 || port == 15021 || port == 15090; };
  if (receiver == Receiver::Bare) return "pods without a proxy";
  if (!before->all(Kind::WasmPlugin).empty() || !before->all(Kind::TrafficExtension).empty()) return "extensions";
  if (pod.annotations.contains("traffic.sidecar.istio.io/includeInboundPorts")) return "includeInboundPorts";
  if (own_ports(question.container_port)) return "the proxy's own ports";
  if (receiver == Receiver::Stayed && asked.at("client") == "ambient") return "ambient callers of pods with a sidecar";
  if (asked.at("client") == "ingress" && question.service && before->waypoint_of(*question.service) != nullptr) return "waypoints in front of sidecars";
  if (question.service) {
    const auto& ports = (*before)[*question.service].spec.ports;
    const auto port = std::ranges::find(ports, question.service_port, &ServicePort::port);
    if (port == ports.end() || before->container_port(*port, question.workload) != question.container_port) return "routes to another port";
  }
  return {};
}

/// One line for decide.py; with the objects of the mesh where they are not those of the line before.
Json line(const Trial& trial, const AskedOnce& once, Side side, bool same_world) {
  auto request = python_request(once.asked, trial.world.mesh_config);
  const bool sidecar = side == Side::Before || once.receiver == Receiver::Stayed;
  if (sidecar) request.erase("sni");
  Json out{{"mode", sidecar ? "sidecar" : "ambient"}, {"request", std::move(request)}};
  if (!same_world) out["world"] = {{"objects", kubernetes_objects(side == Side::Before ? trial.tree.before : trial.tree.after)}, {"mesh", trial.world.mesh_config}};
  return out;
}

}  // namespace

std::vector<Trial> translated(std::vector<World> worlds) {
  std::vector<TranslatedTree> trees;
  for (const auto& world : worlds) trees.push_back({.before = world.text(), .mesh_config = world.mesh_config, .after = {}, .refusals = {}, .made_by = {}, .left_to_do = {}});
  translate(trees);
  std::vector<Trial> out;
  for (std::size_t i = 0; i < worlds.size(); ++i) out.push_back({.world = std::move(worlds[i]), .tree = std::move(trees[i]), .requests = {}});
  return out;
}

void ask(Trial& trial, const std::vector<Json>& requests) {
  const RecordedMesh before(trial.tree.before, trial.tree.mesh_config);
  const RecordedMesh after(trial.tree.after, trial.tree.mesh_config);
  const bool has_moved = std::ranges::any_of(after->workloads(), [](const MeshWorkload& pod) { return pod.dataplane == Dataplane::Ambient; });
  for (const auto& asked : requests) {
    if (asked.at("client") == "ambient" && !has_moved) continue;  // nobody who calls is ambient
    if (!has(before, asked.at("to").at("pod"))) continue;
    const auto question = before.question(asked.at("to"), {}, asked.at("protocol") == "http");
    if (!question || by_waypoint(asked, after)) continue;
    const auto was = decide(before, asked, Side::Before);
    const auto is = decide(after, asked, Side::After);
    if (!was || !is) continue;
    const auto& pod = (*before)[question->workload];
    const bool takes_hbone = pod.labels.contains("networking.istio.io/tunnel");  // a plan that leaves sidecars behind asks for it. 8.8
    if (asked.at("client") == "ambient" && !takes_hbone && (*after)[after.workload(pod.name)].dataplane == Dataplane::Sidecar) continue;
    if (before->mtls_at_sidecar(question->workload, question->container_port) == MtlsMode::Disable) continue;  // no pod of these moves. 8.6
    const bool layer_4_only = bytes_to_http(asked, before);
    if (layer_4_only && !refused_at_layer_4(*was)) continue;
    AskedOnce once{.asked = asked,
                   .receiver = receiver_of(pod.dataplane, (*after)[after.workload(pod.name)].dataplane),
                   .before = was->allowed(),
                   .after = is->allowed(),
                   .by = {},
                   .python = {},
                   .fault = {}};
    const bool caller_moves = asked.at("client") == "ambient";
    if (!once.before && once.after)
      once.fault = "wider";
    else if (once.receiver == Receiver::Stayed && !caller_moves && once.before != once.after)
      once.fault = "changed";
    once.by = last_word(*is, trial, after->store());
    once.python = layer_4_only ? "bytes to HTTP" : beyond_python(asked, before, *question, once.receiver);
    trial.requests.push_back(std::move(once));
  }
}

std::size_t ask_python(std::vector<Trial>& trials) {
  std::vector<Json> lines;
  std::vector<std::pair<AskedOnce*, Side>> of;
  for (auto& trial : trials) {
    for (const auto side : {Side::Before, Side::After}) {
      bool first = true;
      for (auto& once : trial.requests) {
        if (!once.python.empty()) continue;
        lines.push_back(line(trial, once, side, !first));
        of.emplace_back(&once, side);
        first = false;
      }
    }
  }
  const auto answers = decide_in_python(lines);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    auto& [once, side] = of[i];
    const bool ours = side == Side::Before ? once->before : once->after;
    if (answers[i] != ours && once->fault.empty())
      once->fault = fmt::format("the Python model says {} {}", answers[i] ? "allowed" : "denied", side == Side::Before ? "before" : "after");
  }
  return answers.size() / 2;
}

}  // namespace s2a::test
