// Address first, then caller, then what is said.
#include "tests/property/translation/requests.h"

#include <algorithm>
#include <set>

#include "tests/support/random_http.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

/// Pods are named `namespace/name` in records.
std::string name_of(const MeshWorkload& pod) { return pod.ns + "/" + pod.name; }

Json by_service(const MeshModel& mesh, const Delivery& way) {
  const auto& service = mesh[way.service];
  return {
      {"address", "VIP"}, {"service", service.ns + "/" + service.name}, {"port", way.service_port}, {"pod", name_of(mesh[way.workload])}, {"containerPort", way.container_port}};
}

Json by_address(Random& random, const MeshModel& mesh, const MeshWorkload& pod) {
  auto ports = mesh.ports_of(pod.id);
  ports.insert(ports.end(), {8080, 9090, 7777, 80, 65000});
  for (const auto port : mesh.uncaptured_ports(pod.id)) ports.push_back(port);
  return {{"address", "pod"}, {"pod", name_of(pod)}, {"port", random.pick(ports)}};
}

}  // namespace

Json random_request(Random& random, const MeshModel& mesh) {
  std::vector<MeshWorkload> pods;  // assumed ones have no manifest to ask for
  std::ranges::copy_if(mesh.workloads(), std::back_inserter(pods), [](const MeshWorkload& pod) { return !pod.assumed; });
  const auto pod = random.pick(pods);
  auto ways = mesh.fronts(pod.id);
  std::erase_if(ways, [&](const Delivery& way) { return mesh[way.service].assumed; });
  const auto services = mesh.services_of(pod.id);
  std::vector<Delivery> routed;  // from other Services
  std::ranges::copy_if(ways, std::back_inserter(routed), [&](const Delivery& way) { return std::ranges::find(services, way.service) == services.end(); });
  const bool vip = !ways.empty() && random.chance(65);
  Json out{{"to", vip ? by_service(mesh, random.pick(routed.empty() || random.chance(50) ? ways : routed)) : by_address(random, mesh, pod)},
           {"client", random.pick(vip ? Texts{"ambient", "ambient", "ambient", "ambient", "ingress", "ingress", "sidecar", "plaintext"}
                                      : Texts{"ambient", "ambient", "sidecar", "sidecar", "plaintext"})},
           {"ip", random_address(random)},
           {"principal", nullptr},
           {"protocol", random.chance(75) ? "http" : "tcp"}};
  if (out["client"] != "plaintext") out["principal"] = "spiffe://" + random_identity(random);
  if (out["protocol"] == "http") out["http"] = random_http(random);
  if (out["protocol"] == "tcp" && out["client"] == "ambient" && random.chance(30)) out["sni"] = random.pick(Texts{"www.example.com", "cart.shop"});
  const bool lets_pass = random.chance(50);
  out["ext"] = {{"checker", lets_pass}, {"second", random.chance(50)}};
  for (const auto kind : {Kind::WasmPlugin, Kind::TrafficExtension})
    for (const auto* extension : mesh.all(kind)) out["ext"][extension->subject()] = random.chance(50);
  return out;
}

bool by_waypoint(const Json& asked, const RecordedMesh& after) {
  if (asked.at("principal").is_null()) return false;
  const auto identity = asked.at("principal").get<std::string>();
  const auto& aliases = after->trust_domain_aliases();
  return std::ranges::any_of(after->waypoints(), [&](const Waypoint& waypoint) {
    const auto account = waypoint.principal.substr(waypoint.principal.find('/'));
    const auto is = [&](const std::string& domain) { return identity == "spiffe://" + domain + account; };
    return is(after->trust_domain()) || std::ranges::any_of(aliases, is);
  });
}

bool bytes_to_http(const Json& asked, const RecordedMesh& before) {
  const auto question = before.question(asked.at("to"), {}, false);
  return asked.at("protocol") == "tcp" && question && before->protocol_at_sidecar(question->workload, question->container_port) == AppProtocol::Http;
}

}  // namespace s2a::test
