// The mesh against what the engines did: a policy that stands somewhere refuses something there, a port's protocol decides which rules live, rules on ports see container ports.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "ir/mesh/conventions.h"
#include "tests/support/files.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::vectors_test {

using nlohmann::json;
using test::mesh_from_yaml;
using test::TestMesh;

/// The cases of a file of vectors; empty where there is none.
json cases_of(const std::string& file) {
  std::ifstream in(test::shared_files() / "vectors" / file);
  return in ? json::parse(in).at("cases") : json::array();
}

MeshOptions options_of(const json& vector) {
  MeshOptions options;
  if (const auto root = vector["mesh"].value("rootNamespace", ""); !root.empty()) options.root_namespace = root;
  return options;
}

bool all_allowed(const json& vector) {
  return std::ranges::all_of(vector["requests"], [](const json& request) { return request["allow"].get<bool>(); });
}

std::string after_slash(const std::string& text) { return text.substr(text.find('/') + 1); }

TEST(Vectors, PoliciesStandWhereTheEnginesEnforceThem) {
  int tried = 0;
  for (const auto& vector : cases_of("authz/levels.json")) {
    const auto mesh = mesh_from_yaml(vector["manifests"].get<std::string>(), options_of(vector));
    if (mesh->all(Kind::AuthorizationPolicy).size() != 1) continue;
    const bool attached = vector["point"] == "S" ? !mesh->policies_at_sidecar(mesh.workload(vector["destination"]["pod"].get<std::string>())).empty()
                                                 : !mesh->policies_at_waypoint(mesh.service("reviews"), mesh->waypoints().at(0)).empty();
    EXPECT_EQ(attached, !all_allowed(vector)) << vector["id"];
    ++tried;
  }
  for (const auto& vector : cases_of("ztunnel/selector-and-scope.json")) {
    const auto& pod = vector["workload"];
    const auto labels = pod["labels"].is_null() ? json::object() : pod["labels"];
    const json metadata{{"name", pod["name"]}, {"namespace", pod["namespace"]}, {"labels", labels}};
    const auto mesh = mesh_from_yaml(
        "apiVersion: v1\nkind: Pod\nmetadata: " + metadata.dump() + "\nspec: {containers: [{name: app, image: app}]}\n---\n" + vector["manifests"].get<std::string>(),
        options_of(vector));
    EXPECT_EQ(!mesh->policies_at_ztunnel(mesh.workload("pod-1")).empty(), !all_allowed(vector)) << vector["id"];
    ++tried;
  }
  if (tried == 0) GTEST_SKIP() << "no vectors: set S2A_SHARED";
  EXPECT_GE(tried, 60);
}

TEST(Vectors, RulesOnMethodsDieOnTcpPorts) {
  int tried = 0;
  for (const auto& vector : cases_of("authz/services.json")) {
    const auto id = vector["id"].get<std::string>();
    if (!id.starts_with("services-proto-") && !id.starts_with("services-wellknown-") && !id.starts_with("services-two-")) continue;
    const auto mesh = mesh_from_yaml(vector["manifests"].get<std::string>());
    for (const auto& request : vector["requests"]) {
      if (request["protocol"] != "http" || request["http"]["method"] != "GET") continue;
      const auto& service = (*mesh)[mesh.service(after_slash(request["to"]["service"].get<std::string>()))];
      const auto port = std::ranges::find(service.spec.ports, request["to"]["port"].get<std::uint16_t>(), &ServicePort::port);
      ASSERT_NE(port, service.spec.ports.end()) << id;
      const auto pod = mesh.workload("reviews-1");
      const auto spoken = vector["point"] == "S" ? mesh->protocol_at_sidecar(pod, mesh->container_port(*port, pod).value()) : MeshModel::protocol(*port);
      EXPECT_EQ(spoken == AppProtocol::Tcp, !request["allow"].get<bool>()) << id;
      ++tried;
    }
  }
  if (tried == 0) GTEST_SKIP() << "no vectors: set S2A_SHARED";
  EXPECT_GE(tried, 50);
}

TEST(Vectors, RulesOnPortsSeeContainerPortsAtSidecars) {
  int tried = 0;
  for (const auto* id : {"ports-container-S", "ports-service-S", "ports-both-S", "ports-deny-S", "ports-deny-svc-S", "ports-undeclared-S"}) {
    for (const auto& vector : cases_of("authz/ports.json")) {
      if (vector["id"] != id) continue;
      const auto mesh = mesh_from_yaml(vector["manifests"].get<std::string>());
      const auto pod = mesh.workload("reviews-1");
      const auto policies = mesh->policies_at_sidecar(pod);
      ASSERT_EQ(policies.size(), 1U) << id;
      const auto& policy = std::get<AuthorizationPolicy>(policies.front()->spec);
      for (const auto& request : vector["requests"]) {
        const auto& to = request["to"];
        auto port = to["port"].get<std::uint16_t>();
        if (to["address"] == "VIP") {
          const auto& ports = (*mesh)[mesh.service(after_slash(to["service"].get<std::string>()))].spec.ports;
          port = mesh->container_port(*std::ranges::find(ports, port, &ServicePort::port), pod).value();
        }
        EXPECT_EQ(hints_of(policy).ports.contains(port) == (policy.action == AuthorizationAction::Allow), request["allow"].get<bool>()) << id << " " << to;
        ++tried;
      }
    }
  }
  if (tried == 0) GTEST_SKIP() << "no vectors: set S2A_SHARED";
  EXPECT_GE(tried, 30);
}

}  // namespace s2a::vectors_test
