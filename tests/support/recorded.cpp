// What the rigs gave out, and what their records leave unsaid.
#include "tests/support/recorded.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "ir/mesh/metadata.h"
#include "ir/pattern/glob.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

/// The rig made all Services at once: of two the name decides. 2.5
std::string with_ages(std::string manifests) {
  static const RE2 kInFlow(R"((?m)^(kind: Service\nmetadata: \{))");
  static const RE2 kInBlock(R"((?m)^(kind: Service\nmetadata:\n  ))");
  if (manifests.find("creationTimestamp") != std::string::npos) return manifests;
  RE2::GlobalReplace(&manifests, kInFlow, R"(\1creationTimestamp: "2024-01-01T00:00:00Z", )");
  RE2::GlobalReplace(&manifests, kInBlock, "\\1creationTimestamp: \"2024-01-01T00:00:00Z\"\n  ");
  return manifests;
}

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

}  // namespace

AttributeValues principal_of(const Json& principal) { return principal.is_null() ? AttributeValues{} : AttributeValues{principal.get<std::string>()}; }

std::string recorded_manifests(const std::string& manifests, const Json& mesh_config) {
  return fmt::format("{}\n---\n{}", with_ages(manifests), mesh_config_map(mesh_config.dump()));
}

RecordedMesh::RecordedMesh(const std::string& manifests, const Json& mesh_config)
    : mesh_(mesh_from_yaml(manifests)), normalization_(path_normalization(mesh_config.value("/pathNormalization/normalization"_json_pointer, ""))) {}

WorkloadId RecordedMesh::workload(const std::string& pod) const { return mesh_.workload(pod.substr(pod.find('/') + 1)); }

std::optional<Question> RecordedMesh::question(const Json& to, const std::string& pod, bool http) const {
  Question out{.http = http};
  const auto recorded = to.value("pod", Json(pod));
  const auto named = recorded.is_string() ? recorded.get<std::string>() : std::string();
  if (!named.empty()) out.workload = workload(named);
  out.container_port = to.at("port");
  if (to.at("address") == "pod") return out;
  if (to.at("address") != "VIP") {  // of the one ServiceEntry
    out.service_port = out.container_port;
    out.entry = mesh_->all(Kind::ServiceEntry).front()->id;
    return out;
  }
  const auto service = std::ranges::find_if(mesh_->services(), [&](const MeshService& s) { return to.at("service") == s.ns + "/" + s.name; });
  if (service == mesh_->services().end()) return std::nullopt;
  const auto port = std::ranges::find(service->spec.ports, out.container_port, &ServicePort::port);
  if (port == service->spec.ports.end()) return std::nullopt;
  if (named.empty() && !service->backends.empty()) out.workload = service->backends.front();
  out.service = service->id;
  out.service_port = port->port;
  out.container_port = to.value("containerPort", mesh_->container_port(*port, out.workload).value_or(0));  // routes lead to other ports
  return out;
}

std::optional<Request> RecordedMesh::request(const Json& source, const Json& asked, const Question& question) const {
  Request out{{Attribute::Identity, principal_of(source.at("principal"))}, {Attribute::PeerAddress, {source.at("ip")}}, {Attribute::WaypointAddress, {"10.0.9.9"}}};
  if (!question.entry) {
    const auto& pod = (*mesh_)[question.workload];
    out[Attribute::PodAddress] = {pod.address.empty() ? fmt::format("10.63.0.{}", static_cast<unsigned>(pod.id) + 1) : pod.address};
  }
  if (question.service) out[Attribute::ServiceAddress] = {address_of((*mesh_)[*question.service])};
  if (asked.contains("sni") && asked.at("sni").is_string()) out[Attribute::ServerName] = {lower(asked.at("sni").get<std::string>())};
  const auto http = asked.find("http");
  if (question.http && !add_message(out, message_of(*http), token_of(http->at("jwt")), normalization_)) return std::nullopt;
  const bool lets_pass = question.http && http->at("headers").value("x-ext", Json()) == "allow";  // the authorizer of the vectors; its gRPC side never agrees
  for (const auto& provider : mesh_->extension_providers())
    if (asked.contains("ext") ? asked.at("ext").value(provider.name, false) : provider.http && lets_pass) out[{Attribute::Authorizer, provider.name}] = {"allow"};
  for (const auto kind : {Kind::WasmPlugin, Kind::TrafficExtension})
    for (const auto* extension : mesh_->all(kind))
      if (asked.contains("ext") && asked.at("ext").value(extension->subject(), false)) out[{Attribute::Authorizer, extension->subject()}] = {"allow"};
  return out;
}

/// What the rig gave out: by age, then by name.
std::string RecordedMesh::address_of(const MeshService& service) const {
  if (!service.spec.cluster_ip.empty()) return service.spec.cluster_ip;
  auto all = mesh_->services();
  std::ranges::stable_sort(all, {}, [&](const MeshService& s) { return std::pair(s.resource ? created_at(mesh_->store(), mesh_->store()[*s.resource]) : "", s.name); });
  return fmt::format("10.96.0.{}", std::ranges::find(all, service.id, &MeshService::id) - all.begin() + 1);
}

}  // namespace s2a::test
