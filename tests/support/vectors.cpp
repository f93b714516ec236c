// Cases of JSON -> meshes and requests -> Paths.
#include "tests/support/vectors.h"

#include <fmt/format.h>

#include <re2/re2.h>
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "ir/authz/enforcement.h"
#include "ir/authz/message.h"
#include "ir/authz/trust_domains.h"
#include "ir/authz/ztunnel.h"
#include "ir/mesh/metadata.h"
#include "ir/table/view.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

/// The rig made all Services at once: of two the name decides. 2.5
std::string with_ages(std::string manifests) {
  static const RE2 kService(R"((?m)^(kind: Service\nmetadata: \{))");
  if (manifests.find("creationTimestamp") == std::string::npos) RE2::GlobalReplace(&manifests, kService, R"(\1creationTimestamp: "2024-01-01T00:00:00Z", )");
  return manifests;
}

/// The manifests with the MeshConfig as a cluster holds it.
TestMesh mesh_of(const Json& c, const std::string& more = {}) {
  return mesh_from_yaml(fmt::format("{}\n---\n{}{}", with_ages(c.at("manifests")), mesh_config_map(c.value("mesh", Json::object()).dump()), more));
}

AttributeValues principal_of(const Json& principal) { return principal.is_null() ? AttributeValues{} : AttributeValues{principal.get<std::string>()}; }

/// ztunnel takes an IPv4 client that comes as ::ffff:10.0.0.1 for what it is. authorization.md 3.1
std::string unmapped(const std::string& address) { return address.starts_with("::ffff:") && address.find('.') != std::string::npos ? address.substr(7) : address; }

void flatten(const Json& claims, const std::string& way, Token& out) {
  for (const auto& [key, value] : claims.items()) {
    const auto name = way.empty() ? key : way + "][" + key;
    if (value.is_object()) flatten(value, name, out);
    if (value.is_string()) out.claims[name] = {.texts = {value.get<std::string>()}};
    if (!value.is_array()) continue;
    auto& list = out.claims[name] = {.texts = {}, .list = true};
    for (const auto& item : value)
      if (item.is_string()) list.texts.push_back(item);
  }
}

std::optional<Token> token_of(const Json& jwt) {
  constexpr double kNow = 1'900'000'000;  // after every `exp` that counts as past
  if (jwt.is_null()) return std::nullopt;
  if (!jwt.is_object()) return Token{.holds = false, .claims = {}};
  Token out{.holds = !jwt.contains("exp") || jwt.at("exp").get<double>() >= kNow, .claims = {}};
  flatten(jwt, {}, out);
  return out;
}

Message message_of(const Json& http) {
  Message out{.method = http.at("method"), .host = http.at("host"), .target = http.at("path"), .headers = {}};
  for (const auto& [name, value] : http.at("headers").items())
    for (const auto& line : value.is_array() ? value : Json::array({value})) out.headers.emplace_back(name, line);
  return out;
}

class AuthzCase {
 public:
  explicit AuthzCase(const Json& c) : case_(c), mesh_(mesh_of(c)), at_waypoint_(c.at("point") == "W") {
    if (const auto found = case_.find("mesh"); found != case_.end()) normalization_ = found->value("/pathNormalization/normalization"_json_pointer, "");
  }

  /// Nothing: the case is about what is not modelled.
  [[nodiscard]] std::optional<Outcome> outcome(const Json& asked) const {
    const auto question = question_of(asked);
    if (!question) return Outcome::Reset;  // there is no such port
    auto path = enforcement(*mesh_, *question);
    if (!path) return std::nullopt;
    if (at_waypoint_ && path->engine != Engine::Waypoint) return Outcome::Reset;  // it has no chain for what it does not serve
    if (at_waypoint_) path->next.clear();                                         // the cases record the waypoint's answer
    const auto request = request_of(asked, *question);
    return request ? evaluate(*path, *request).outcome : Outcome::Reset;
  }

  [[nodiscard]] bool modelled() const {
    const auto is_address = [](const Json& asked) { return asked.at("to").at("address") != "VIP" && asked.at("to").at("address") != "pod"; };
    return std::ranges::none_of(case_.at("requests"), is_address);
  }

 private:
  [[nodiscard]] const MeshService* service_of(const Json& to) const {
    const auto& all = mesh_->services();
    const auto found = std::ranges::find_if(all, [&](const MeshService& s) { return to.at("service") == s.ns + "/" + s.name; });
    return found == all.end() ? nullptr : &*found;
  }

  [[nodiscard]] std::optional<Question> question_of(const Json& asked) const {
    const auto& to = asked.at("to");
    Question question{.http = asked.at("protocol") == "http"};
    const auto& pod = to.contains("pod") ? to.at("pod") : case_.at("destination").value("pod", Json());
    if (pod.is_string()) question.workload = mesh_.workload(pod.get<std::string>().substr(pod.get<std::string>().find('/') + 1));
    question.container_port = to.at("port");
    const bool by_service = to.at("address") == "VIP";
    question.client = asked.at("source").at("principal").is_null() && !at_waypoint_ ? ClientClass::Plaintext
                      : !at_waypoint_                                               ? ClientClass::Sidecar
                      : by_service                                                  ? ClientClass::AmbientToService
                                                                                    : ClientClass::AmbientToPod;
    if (!by_service) return question;
    const auto* service = service_of(to);
    if (service == nullptr) return std::nullopt;
    const auto port = std::ranges::find(service->spec.ports, to.at("port").get<std::uint16_t>(), &ServicePort::port);
    if (port == service->spec.ports.end()) return std::nullopt;
    if (!pod.is_string() && !service->backends.empty()) question.workload = service->backends.front();
    const auto container = mesh_->container_port(*port, question.workload);
    if (!container && !at_waypoint_) return std::nullopt;
    question.service = service->id;
    question.service_port = port->port;
    question.container_port = container.value_or(0);
    return question;
  }

  /// Nothing where Envoy's codec answers.
  [[nodiscard]] std::optional<Request> request_of(const Json& asked, const Question& question) const {
    const auto& source = asked.at("source");
    Request out{{Attribute::Identity, principal_of(source.at("principal"))}, {Attribute::PeerAddress, {source.at("ip")}}};
    const auto& pod = (*mesh_)[question.workload];
    out[Attribute::PodAddress] = {pod.address.empty() ? fmt::format("10.63.0.{}", static_cast<unsigned>(pod.id) + 1) : pod.address};
    if (question.service) out[Attribute::ServiceAddress] = {address_of((*mesh_)[*question.service])};
    if (asked.contains("sni") && asked.at("sni").is_string()) out[Attribute::ServerName] = {lower(asked.at("sni").get<std::string>())};
    if (!question.http) return out;
    const auto& http = asked.at("http");
    if (!add_message(out, message_of(http), token_of(http.at("jwt")), path_normalization(normalization_))) return std::nullopt;
    const bool lets_pass = http.at("headers").value("x-ext", Json()) == "allow";  // the authorizer of the vectors; its gRPC side never agrees
    for (const auto& provider : mesh_->extension_providers())
      if (provider.http && lets_pass) out[{Attribute::Authorizer, provider.name}] = {"allow"};
    return out;
  }

  /// What the rig gave out: by age, then by name.
  [[nodiscard]] std::string address_of(const MeshService& service) const {
    if (!service.spec.cluster_ip.empty()) return service.spec.cluster_ip;
    auto all = mesh_->services();
    std::ranges::stable_sort(all, {}, [&](const MeshService& s) { return std::pair(created_at(mesh_->store(), mesh_->store()[*s.resource]), s.name); });
    return fmt::format("10.96.0.{}", std::ranges::find(all, service.id, &MeshService::id) - all.begin() + 1);
  }

  const Json& case_;
  TestMesh mesh_;
  bool at_waypoint_;
  std::string normalization_;
};

bool agrees(const Json& asked, Outcome outcome) {
  const auto& status = asked.at("status");
  if ((outcome == Outcome::Allow) != asked.at("allow").get<bool>()) return false;
  if (status == 403) return outcome == Outcome::Forbidden;
  if (status == 401) return outcome == Outcome::Unauthorized;
  return status != "reset" || outcome == Outcome::Reset;
}

void check_authz(const Json& c, VectorTally& tally) {
  const AuthzCase asked_case(c);
  if (!asked_case.modelled()) {
    ++tally.left_out;
    return;
  }
  ++tally.cases;
  for (const auto& asked : c.at("requests")) {
    ++tally.requests;
    const auto outcome = asked_case.outcome(asked);
    if (!outcome || !agrees(asked, *outcome))
      tally.mismatches.push_back(fmt::format("{}: {} we say {}", c.at("id").get<std::string>(), asked.dump(), outcome ? std::to_string(static_cast<int>(*outcome)) : "nothing"));
  }
}

void check_ztunnel(const Json& c, VectorTally& tally) {
  const auto& pod = c.at("workload");
  Json metadata{{"name", pod.at("name")}, {"namespace", pod.at("namespace")}};
  if (!pod.at("labels").is_null()) metadata["labels"] = pod.at("labels");
  const Json object{{"apiVersion", "v1"}, {"kind", "Pod"}, {"metadata", std::move(metadata)}, {"spec", Json::object()}};
  const bool empty_map = pod.at("labels").is_object() && pod.at("labels").empty();  // the API server drops it: no pod on a cluster has one
  if (!c.value("admissible", true) || empty_map) {
    ++tally.left_out;
    return;
  }
  const auto mesh = mesh_of(c, "---\n" + object.dump() + "\n");
  ++tally.cases;
  const auto id = mesh.workload(pod.at("name").get<std::string>());
  for (const auto& asked : c.at("requests")) {
    const std::uint16_t port = asked.at("dst_port");
    auto table = lower_ztunnel(mesh->policies_at_ztunnel(id));
    table.rows.insert(table.rows.begin(), refuse_foreign_at_ztunnel(mesh->trust_domain()));
    if (mesh->refuses_plaintext_at_ztunnel(id, port)) table.rows.insert(table.rows.begin(), refuse_plaintext("STRICT"));
    const Request request{{Attribute::Identity, principal_of(asked.at("src_identity"))},
                          {Attribute::PeerAddress, {unmapped(asked.at("src_ip"))}},
                          {Attribute::PodAddress, {unmapped(asked.at("dst_ip"))}},
                          {Attribute::Port, {std::to_string(port)}}};
    ++tally.requests;
    if (evaluate({.engine = Engine::Ztunnel, .table = std::move(table), .next = {}}, request).allowed() != asked.at("allow").get<bool>())
      tally.mismatches.push_back(fmt::format("{}: {}", c.at("id").get<std::string>(), asked.dump()));
  }
}

}  // namespace

std::vector<VectorTally> check_vectors(const std::filesystem::path& folder) {
  std::vector<VectorTally> out;
  const auto add = [&](const std::string& kind, void (*check)(const Json&, VectorTally&)) {
    if (!std::filesystem::is_directory(folder / kind)) return;
    for (const auto& entry : std::filesystem::directory_iterator(folder / kind)) {
      if (entry.path().extension() != ".json") continue;
      out.push_back({.file = kind + "/" + entry.path().filename().string(), .mismatches = {}});
      const auto file = Json::parse(std::ifstream(entry.path()));
      for (const auto& c : file.at("cases")) check(c, out.back());
    }
  };
  add("authz", check_authz);
  add("ztunnel", check_ztunnel);
  std::ranges::sort(out, {}, &VectorTally::file);
  return out;
}

std::string to_string(const VectorTally& tally) {
  auto out = fmt::format("{:<36} {:>4} cases, {:>3} left out, {:>5} requests, {} mismatches\n", tally.file, tally.cases, tally.left_out, tally.requests, tally.mismatches.size());
  for (const auto& mismatch : tally.mismatches) out += "    " + mismatch + "\n";
  return out;
}

}  // namespace s2a::test
