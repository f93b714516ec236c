// The ways of a request.
#include "ir/authz/enforcement.h"

#include <algorithm>
#include <string>

#include "ir/authz/envoy.h"
#include "ir/authz/trust_domains.h"
#include "ir/authz/ztunnel.h"
#include "ir/mesh/well_known.h"
#include "ir/table/view.h"

namespace s2a {
namespace {

AttributeValues values(std::uint16_t port) { return {std::to_string(port)}; }

/// On a TCP chain nothing of HTTP is seen.
void hide_http(View& view) {
  for (const auto attribute : {Attribute::Method, Attribute::Path, Attribute::Host}) view.fixed[attribute] = {};
}

/// A declared protocol decides the chain; without one the bytes do. 2.5
Chain chain_for(AppProtocol protocol, bool http) {
  switch (protocol) {
    case AppProtocol::Http: return Chain::Http;
    case AppProtocol::Tcp: return Chain::Tcp;
    case AppProtocol::Auto: return http ? Chain::Http : Chain::Tcp;
  }
  return Chain::Tcp;
}

Table after(std::vector<Row> connection_rows, Table policies) {
  policies.rows.insert(policies.rows.begin(), std::make_move_iterator(connection_rows.begin()), std::make_move_iterator(connection_rows.end()));
  return policies;
}

/// TLS first, then the policies of the pod on the container port. 2.8, 2.2
std::optional<Path> at_sidecar(const MeshModel& mesh, const Question& question, const View& caller) {
  const auto protocol = mesh.protocol_at_sidecar(question.workload, question.container_port);
  if (!protocol) return std::nullopt;
  const auto domains = trust_domains(mesh);
  const auto chain = chain_for(*protocol, question.http);
  std::vector rows{refuse_foreign_at_envoy(domains)};
  if (mesh.strict_mtls(mesh[question.workload].ns)) rows.push_back(refuse_plaintext("PeerAuthentication STRICT"));
  auto view = caller;
  view.fixed[Attribute::Port] = values(question.container_port);
  if (chain == Chain::Tcp) hide_http(view);
  return Path{.engine = Engine::Sidecar, .table = view.preimage(after(std::move(rows), lower_envoy(mesh.policies_at_sidecar(question.workload), chain, domains))), .next = {}};
}

/// Per connection: container port, and whoever opened the connection; nothing of HTTP is ever asked. 3.2, 3.3
Path at_ztunnel(const MeshModel& mesh, const Question& question, View caller) {
  std::vector rows{refuse_foreign_at_ztunnel(mesh.trust_domain())};
  if (mesh.strict_mtls(mesh[question.workload].ns)) rows.push_back(refuse_plaintext("PeerAuthentication STRICT"));
  caller.fixed[Attribute::Port] = values(question.container_port);
  return {.engine = Engine::Ztunnel, .table = caller.preimage(after(std::move(rows), lower_ztunnel(mesh.policies_at_ztunnel(question.workload)))), .next = {}};
}

std::optional<Path> at_pod(const MeshModel& mesh, const Question& question, const View& caller) {
  switch (mesh[question.workload].dataplane) {
    case Dataplane::Sidecar:
    case Dataplane::Gateway: return at_sidecar(mesh, question, caller);
    case Dataplane::Ambient: return at_ztunnel(mesh, question, caller);
    case Dataplane::Outside: return Path{};  // nothing is enforced: an empty table allows
  }
  return std::nullopt;
}

bool asks_for_waypoint_at_ingress(const MeshModel& mesh, const MeshService& service) {
  const auto labelled = [](const Resource* resource) {
    if (resource == nullptr) return false;
    const auto label = resource->labels.find(kIngressUseWaypoint);
    return label != resource->labels.end() && label->second.value == "true";
  };
  return labelled(service.resource ? &mesh.store()[*service.resource] : nullptr) || labelled(mesh.namespace_manifest(service.ns));
}

/// The waypoint on the way, if the caller passes it. F8, 5
const Waypoint* waypoint_for(const MeshModel& mesh, const Question& question) {
  if (!question.service) return nullptr;
  const bool passes = question.client == ClientClass::AmbientToService || (question.client == ClientClass::Ingress && asks_for_waypoint_at_ingress(mesh, mesh[*question.service]));
  return passes ? mesh.waypoint_of(*question.service) : nullptr;
}

/// The Service port and the caller's own identity are seen here; the pod behind sees the waypoint's identity. F1, F3, 4.4
std::optional<Path> at_waypoint(const MeshModel& mesh, const Question& question, const Waypoint& waypoint) {
  const auto& ports = mesh[*question.service].spec.ports;
  const auto port = std::ranges::find(ports, question.service_port, &ServicePort::port);
  const auto protocol = port == ports.end() ? AppProtocol::Auto : MeshModel::protocol(*port);
  const auto chain = chain_for(protocol, question.http);
  const auto domains = trust_domains(mesh);
  View view{.fixed = {{Attribute::Port, values(question.service_port)}}};
  if (chain == Chain::Tcp) hide_http(view);
  const View from_waypoint{.fixed = {{Attribute::Identity, {"spiffe://" + waypoint.principal}}}};
  auto pod = at_pod(mesh, question, from_waypoint);
  if (!pod) return std::nullopt;
  if (protocol == AppProtocol::Http && !question.http)
    return Path{.engine = Engine::Waypoint,
                .table = {.rows = {}, .otherwise = Outcome::Reset, .otherwise_origin = {.resource = std::nullopt, .node = kNoNode, .text = "not HTTP"}},
                .next = {}};
  std::vector rows{refuse_plaintext("a waypoint takes mutual TLS only"), refuse_foreign_at_envoy(domains)};
  auto table = view.preimage(after(std::move(rows), lower_envoy(mesh.policies_at_waypoint(*question.service, waypoint), chain, domains)));
  return Path{.engine = Engine::Waypoint, .table = std::move(table), .next = {std::move(*pod)}};
}

}  // namespace

std::optional<Path> enforcement(const MeshModel& mesh, const Question& question) {
  if (const auto* waypoint = waypoint_for(mesh, question)) return at_waypoint(mesh, question, *waypoint);
  View caller;
  if (question.client == ClientClass::Plaintext) caller.fixed[Attribute::Identity] = {};
  return at_pod(mesh, question, caller);
}

}  // namespace s2a
