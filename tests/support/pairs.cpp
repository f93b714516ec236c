// Recorded requests -> Questions by client class -> decisions.
#include "tests/support/pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace s2a::test {
namespace {

using Json = nlohmann::json;

void check_side(const Json& c, Side side, std::vector<std::string>& mismatches) {
  const std::string key = side == Side::Before ? "before" : "after";
  const RecordedMesh mesh(recorded_manifests(c.at(key), c.at("mesh")), c.at("mesh"));
  for (const auto& asked : c.at("requests")) {
    const auto decision = decide(mesh, asked, side);
    const bool recorded = asked.at(key);
    if (decision && decision->allowed() == recorded) continue;
    mismatches.push_back(fmt::format("{} {}: {}: recorded {}{}, we say {} by {}", c.at("id").get<std::string>(), key, in_words(asked), recorded ? "allowed" : "denied",
                                     side == Side::After ? fmt::format(" ({})", asked.at("decidedBy").get<std::string>()) : "",
                                     !decision             ? "nothing"
                                     : decision->allowed() ? "allowed"
                                                           : "denied",
                                     decided_by(decision, mesh->store())));
  }
}

}  // namespace

std::vector<PairFile> read_pairs(const std::filesystem::path& path) {
  std::vector<std::filesystem::path> files;
  if (std::filesystem::is_directory(path))
    for (const auto& entry : std::filesystem::directory_iterator(path)) files.push_back(entry.path());
  else if (std::filesystem::exists(path))
    files.push_back(path);
  std::ranges::sort(files);
  std::vector<PairFile> out;
  for (const auto& file : files)
    if (file.extension() == ".json") out.push_back({.name = file.filename().string(), .cases = Json::parse(std::ifstream(file)).at("cases")});
  return out;
}

ClientClass client_of(const Json& asked, Side side) {
  const std::string client = asked.at("client");
  if (client == "plaintext") return ClientClass::Plaintext;
  if (client == "ingress") return ClientClass::Ingress;
  if (client == "sidecar" || side == Side::Before) return ClientClass::Sidecar;
  return asked.at("to").at("address") == "VIP" ? ClientClass::AmbientToService : ClientClass::AmbientToPod;
}

std::optional<Decision> decide(const RecordedMesh& mesh, const Json& asked, Side side) {
  auto question = mesh.question(asked.at("to"), {}, asked.at("protocol") == "http");
  if (!question || question->container_port == 0) return Decision{.outcome = Outcome::Reset, .steps = {}};
  question->client = client_of(asked, side);
  const auto path = enforcement(*mesh, *question);
  const auto request = mesh.request(asked, asked, *question);
  if (!path || !request) return std::nullopt;
  return evaluate(*path, *request);
}

std::string in_words(const Json& asked) {
  const auto& to = asked.at("to");
  const std::string pod = to.at("pod");
  auto out = fmt::format("{} to {}: ", asked.at("client").get<std::string>(),
                         to.at("address") == "VIP" ? fmt::format("Service {}:{} ({})", to.at("service").get<std::string>(), to.at("port").get<int>(), pod)
                                                   : fmt::format("pod {}:{}", pod, to.at("port").get<int>()));
  if (const auto http = asked.find("http"); http == asked.end()) {
    out += "bytes";
  } else {
    out += fmt::format("{} http://{}{}", http->at("method").get<std::string>(), http->at("host").get<std::string>(), http->at("path").get<std::string>());
    if (!http->at("headers").empty()) out += " " + http->at("headers").dump();
    if (!http->at("jwt").is_null()) out += " token " + http->at("jwt").dump();
  }
  const auto& principal = asked.at("principal");
  return fmt::format("{} from {} at {}", out, principal.is_null() ? "nobody" : principal.get<std::string>(), asked.at("ip").get<std::string>());
}

std::string decided_by(const std::optional<Decision>& decision, const Store& store) {
  if (!decision) return "nobody";
  if (decision->steps.empty()) return "no such port";
  const auto& [engine, outcome, origin, action] = decision->steps.back();
  if (origin.resource) return fmt::format("{}: {}", to_string(engine), store[*origin.resource].subject());
  return fmt::format("{}: {}", to_string(engine), !origin.text.empty() ? origin.text : outcome == Outcome::Allow ? "no policy" : "no ALLOW policy matches");
}

PairTally check_pairs(const PairFile& file) {
  PairTally out{.file = file.name, .cases = static_cast<int>(file.cases.size()), .requests = 0, .before = {}, .after = {}};
  for (const auto& c : file.cases) {
    out.requests += static_cast<int>(c.at("requests").size());
    check_side(c, Side::Before, out.before);
    check_side(c, Side::After, out.after);
  }
  return out;
}

std::string to_string(const PairTally& tally) {
  auto out = fmt::format("{:<36} {:>4} cases, {:>5} requests, {} mismatches before, {} after\n", "authz-pairs/" + tally.file, tally.cases, tally.requests, tally.before.size(),
                         tally.after.size());
  for (const auto* side : {&tally.before, &tally.after})
    for (const auto& mismatch : *side) out += "    " + mismatch + "\n";
  return out;
}

}  // namespace s2a::test
