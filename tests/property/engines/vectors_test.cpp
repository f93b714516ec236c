// The lowerings against what the real engines decided (shared/vectors): every case whose policies use only what is lowered so far.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "ir/authz/enforcement.h"
#include "ir/authz/trust_domains.h"
#include "ir/authz/ztunnel.h"
#include "ir/mesh/rule_shape.h"
#include "ir/table/view.h"
#include "tests/support/files.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a {
namespace {

using Json = nlohmann::json;

struct Tally {
  int cases = 0;
  int skipped = 0;
  int requests = 0;
  std::vector<std::string> mismatches;
};

bool lowered(const Rule& rule) {
  const auto plain = [](const Source& s) {
    return !constrains(s.request_principals) && !constrains(s.trust_domains) && !constrains(s.ip_blocks) && !constrains(s.remote_ip_blocks);
  };
  return std::ranges::all_of(rule.from, plain) && std::ranges::all_of(rule.when, [](const Condition& c) { return c.key.value == "source.principal"; });
}

bool lowered(const MeshModel& mesh) {
  const auto policy_lowered = [](const Resource* resource) {
    const auto& policy = std::get<AuthorizationPolicy>(resource->spec);
    const bool decides = policy.action == AuthorizationAction::Allow || policy.action == AuthorizationAction::Deny;
    return resource->translatable && decides && std::ranges::all_of(policy.rules, [](const Rule& r) { return lowered(r); });
  };
  const auto plain_mtls = [](const Resource* resource) {
    const auto& spec = std::get<PeerAuthentication>(resource->spec);
    return !spec.selector && spec.port_modes.empty() && spec.mode.value != MtlsMode::Disable;
  };
  return std::ranges::all_of(mesh.all(Kind::AuthorizationPolicy), policy_lowered) && std::ranges::all_of(mesh.all(Kind::PeerAuthentication), plain_mtls) &&
         mesh.all(Kind::RequestAuthentication).empty() && mesh.all(Kind::Sidecar).empty() && mesh.all(Kind::VirtualService).empty() && mesh.all(Kind::HTTPRoute).empty() &&
         mesh.all(Kind::ServiceEntry).empty() && mesh.all(Kind::EnvoyFilter).empty();
}

/// Nothing where the case sets what is not modelled yet.
std::optional<MeshOptions> options_of(const Json& mesh) {
  MeshOptions out;
  for (const auto& [key, value] : mesh.items()) {
    if (key == "rootNamespace")
      out.root_namespace = value;
    else if (key == "trustDomain")
      out.trust_domain = value;
    else if (key == "trustDomainAliases")
      out.trust_domain_aliases = value;
    else
      return std::nullopt;
  }
  return out;
}

AttributeValues identity(const Json& principal) { return principal.is_null() ? AttributeValues{} : AttributeValues{principal.get<std::string>()}; }

/// Paths that Envoy changes before it matches them are not this test's matter.
bool plain_path(const std::string& path) {
  return path.starts_with('/') && path.find_first_of("%\\#\"<>^{}|`") == std::string::npos && path.find("//") == std::string::npos && path.find("/.") == std::string::npos &&
         std::ranges::all_of(path, [](char c) { return c > ' ' && c < 0x7F; });
}

std::optional<Request> request_at_envoy(const Json& asked) {
  Request out{{Attribute::Identity, identity(asked.at("source").at("principal"))}};
  if (asked.at("protocol") != "http") return out;
  const auto& http = asked.at("http");
  std::string path = http.at("path");
  path = path.substr(0, path.find('?'));
  if (!plain_path(path)) return std::nullopt;
  out[Attribute::Method] = {http.at("method")};
  out[Attribute::Path] = {path};
  out[Attribute::Host] = {http.at("host")};
  return out;
}

void check_authz(const Json& file, Tally& tally) {
  for (const auto& c : file.at("cases")) {
    const auto options = options_of(c.value("mesh", Json::object()));
    const auto mesh = test::mesh_from_yaml(c.at("manifests").get<std::string>(), options.value_or(MeshOptions{}));
    if (!options || !lowered(*mesh) || mesh->workloads().size() != 1) {
      ++tally.skipped;
      continue;
    }
    ++tally.cases;
    const bool at_waypoint = c.at("point") == "W";
    for (const auto& asked : c.at("requests")) {
      const auto request = request_at_envoy(asked);
      const auto& to = asked.at("to");
      const bool by_service = to.at("address") == "VIP";
      if (!request || asked.at("protocol") == "tls" || (at_waypoint && !by_service)) continue;
      Question question{.client = at_waypoint ? ClientClass::AmbientToService : ClientClass::Sidecar,
                        .workload = mesh->workloads().front().id,
                        .service = std::nullopt,
                        .http = asked.at("protocol") == "http"};
      question.container_port = to.at("port");
      if (by_service) {
        const auto& services = mesh->services();
        const auto service = std::ranges::find_if(services, [&](const MeshService& s) { return to.at("service") == s.ns + "/" + s.name; });
        if (service == services.end()) continue;
        const auto port = std::ranges::find(service->spec.ports, to.at("port").get<std::uint16_t>(), &ServicePort::port);
        if (port == service->spec.ports.end()) continue;
        question.service = service->id;
        question.service_port = port->port;
        question.container_port = mesh->container_port(*port, question.workload).value_or(0);
        if (MeshModel::protocol(*port) == AppProtocol::Http && !question.http) continue;  // not HTTP on an HTTP port: outside the comparison
      }
      auto path = enforcement(*mesh, question);
      if (!path || (at_waypoint && path->engine != Engine::Waypoint)) continue;
      if (at_waypoint) path->next.clear();  // the cases record the waypoint's answer
      ++tally.requests;
      const auto decision = evaluate(*path, *request);
      const bool forbidden = asked.contains("status") && asked.at("status") == 403;
      const bool status_differs = forbidden && decision.outcome != Outcome::Forbidden;
      if (decision.allowed() != asked.at("allow").get<bool>() || status_differs)
        tally.mismatches.push_back(fmt::format("{}: {} is {}, we say {}", c.at("id").get<std::string>(), describe(*request), asked.at("allow").dump(), decision.allowed()));
    }
  }
}

void check_ztunnel(const Json& file, Tally& tally) {
  for (const auto& c : file.at("cases")) {
    const auto options = options_of(c.value("mesh", Json::object()));
    const auto& pod = c.at("workload");
    const auto manifest = [&](const Json& labels) {
      const Json object{
          {"apiVersion", "v1"}, {"kind", "Pod"}, {"metadata", {{"name", pod.at("name")}, {"namespace", pod.at("namespace")}, {"labels", labels}}}, {"spec", Json::object()}};
      return fmt::format("{}\n---\n{}\n", c.at("manifests").get<std::string>(), object.dump());
    };
    const auto labels = pod.at("labels").is_null() ? Json::object() : pod.at("labels");
    const auto mesh = test::mesh_from_yaml(manifest(labels), options.value_or(MeshOptions{}));
    const bool admissible = c.value("admissible", true);
    const bool empty_map = pod.at("labels").is_object() && pod.at("labels").empty();  // the API server drops it: no pod on a cluster has one
    if (!options || !admissible || empty_map || !lowered(*mesh)) {
      ++tally.skipped;
      continue;
    }
    ++tally.cases;
    const auto id = mesh.workload(pod.at("name").get<std::string>());
    Table table = lower_ztunnel(mesh->policies_at_ztunnel(id));
    table.rows.insert(table.rows.begin(), refuse_foreign_at_ztunnel(mesh->trust_domain()));
    if (mesh->strict_mtls((*mesh)[id].ns)) table.rows.insert(table.rows.begin(), refuse_plaintext("STRICT"));
    for (const auto& asked : c.at("requests")) {
      const View view{.fixed = {{Attribute::Port, {std::to_string(asked.at("dst_port").get<int>())}}}};
      const Request request{{Attribute::Identity, identity(asked.at("src_identity"))}};
      ++tally.requests;
      const auto decision = evaluate({.engine = Engine::Ztunnel, .table = view.preimage(table), .next = {}}, request);
      if (decision.allowed() != asked.at("allow").get<bool>())
        tally.mismatches.push_back(fmt::format("{}: {} is {}, we say {}", c.at("id").get<std::string>(), describe(request), asked.at("allow").dump(), decision.allowed()));
    }
  }
}

void run(const std::string& folder, void (*check)(const Json&, Tally&), int at_least) {
  const auto directory = test::shared_files() / "vectors" / folder;
  if (!std::filesystem::exists(directory)) GTEST_SKIP() << "no vectors in " << directory;
  int requests = 0;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    Tally tally;
    check(Json::parse(std::ifstream(entry.path())), tally);
    fmt::print("{:<28} {:>4} cases, {:>4} with what is not lowered yet, {:>5} requests, {} mismatches\n", entry.path().filename().string(), tally.cases, tally.skipped,
               tally.requests, tally.mismatches.size());
    EXPECT_TRUE(tally.mismatches.empty()) << fmt::format("{}", fmt::join(tally.mismatches, "\n"));
    requests += tally.requests;
  }
  EXPECT_GT(requests, at_least);
}

TEST(EngineVectors, SidecarAndWaypoint) { run("authz", check_authz, 1500); }
TEST(EngineVectors, Ztunnel) { run("ztunnel", check_ztunnel, 500); }

}  // namespace
}  // namespace s2a
