// The ways of a request.
#include "ir/authz/enforcement.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "ir/authz/envoy.h"
#include "ir/authz/message.h"
#include "ir/authz/trust_domains.h"
#include "ir/authz/ztunnel.h"
#include "ir/mesh/host_name.h"
#include "ir/mesh/split.h"
#include "ir/mesh/well_known.h"
#include "ir/table/view.h"

namespace s2a {
namespace {

bool is_ambient(ClientClass client) { return client == ClientClass::AmbientToService || client == ClientClass::AmbientToPod; }

AttributeValues values(std::uint16_t port) { return {std::to_string(port)}; }

/// How a connection comes to a sidecar.
enum class Transport : std::uint8_t { Plaintext, MutualTls, Hbone };

/// Who opens the connection to a pod, and how the pod sees it.
struct Caller {
  View view;
  bool by_tunnel = false;  ///< ztunnel or a waypoint opens it
};

/// Proxies speak mutual TLS among themselves. ztunnel and waypoints speak HBONE, and plaintext to a sidecar whose pod does not say that it takes it. 2.10, 8.8
Transport transport_to(const MeshWorkload& pod, const Question& question, const Caller& caller) {
  if (question.client == ClientClass::Plaintext) return Transport::Plaintext;
  if (!caller.by_tunnel || pod.dataplane == Dataplane::Gateway) return Transport::MutualTls;
  const auto taken = split(value_of(pod.labels, kTunnel), ',');
  const bool presumed = question.tunnel_taken && !pod.labels.contains(kTlsMode);
  return presumed || std::ranges::find(taken, "http") != taken.end() ? Transport::Hbone : Transport::Plaintext;
}

/// On a TCP chain nothing of HTTP is seen, and the peer is the only client there is. 2.3, 2.4
void hide_http(View& view) {
  view.hidden.insert({Attribute::Method, Attribute::Path, Attribute::Target, Attribute::Host, Attribute::Header});
  const auto peer = view.stands_for.find(Attribute::PeerAddress);
  view.stands_for[Attribute::RemoteAddress] = peer == view.stands_for.end() ? Attribute(Attribute::PeerAddress) : peer->second;
}

/// Where no token is looked at, nothing is known of one. 2.2
void hide_tokens(View& view) { view.hidden.insert({Attribute::Token, Attribute::RequestPrincipal, Attribute::Claim, Attribute::ClaimWords}); }

/// Headers that the proxies write themselves. 2.4
void see_own_headers(View& view, bool over_mutual_tls) {
  const auto header = [](std::string_view name) { return Attribute(Attribute::Header, std::string(name)); };
  if (!over_mutual_tls) {
    view.fixed[header(kClientCertificate)] = {};
    return;
  }
  view.stands_for[header(kClientCertificate)] = header(kClientCertificateOverTls);
  view.stands_for[header(kForwardedProto)] = header(kForwardedProtoOverTls);
}

/// The server name of a sidecar's or a gateway's own TLS. 2.4
AttributeValues mesh_server_name(const MeshModel& mesh, const Question& question) {
  if (!question.service || is_ambient(question.client)) return {};
  const auto& service = mesh[*question.service];
  return {fmt::format("outbound_.{}_._.{}", question.service_port, service_host(service.name, service.ns, mesh.cluster_domain()))};
}

/// The first resource that runs the same program answers for all that do: the original for its copies.
std::vector<ExtensionHere> named(const MeshModel& mesh, const std::vector<const Resource*>& extensions) {
  std::vector<ExtensionHere> out;
  for (const auto* extension : extensions) {
    const auto& all = mesh.all(extension->kind);
    const auto& program = std::get<Extension>(extension->spec).program;
    const auto first = std::ranges::find_if(all, [&](const Resource* other) {
      const auto* spec = std::get_if<Extension>(&other->spec);
      return spec != nullptr && spec->program == program;
    });
    out.push_back({.resource = extension, .authorizer = (*first)->subject()});
  }
  return out;
}

Table after(std::vector<Row> connection_rows, Table policies) {
  policies.rows.insert(policies.rows.begin(), std::make_move_iterator(connection_rows.begin()), std::make_move_iterator(connection_rows.end()));
  return policies;
}

/// What of the caller the way of its connection lets through. 2.10
View through(Transport transport, View view, const MeshModel& mesh, const Question& question) {
  switch (transport) {
    case Transport::Plaintext: view.fixed[Attribute::Identity] = {}; break;
    case Transport::MutualTls: view.fixed[Attribute::ServerName] = mesh_server_name(mesh, question); break;
    case Transport::Hbone: view.fixed[Attribute::ServerName] = view.fixed[Attribute::PeerAddress] = {}; break;
  }
  see_own_headers(view, transport == Transport::MutualTls);
  return view;
}

/// TLS first, then the policies of the pod on the container port; over HBONE PeerAuthentication is not asked. 2.8, 2.2
std::optional<Path> at_sidecar(const MeshModel& mesh, const Question& question, const Caller& caller) {
  const auto protocol = mesh.protocol_at_sidecar(question.workload, question.container_port);
  if (!protocol) return std::nullopt;
  const auto id = question.workload;
  const EnvoyScope scope{.chain = chain_for(*protocol, question.http),
                         .policies = mesh.policies_at_sidecar(id),
                         .authentications = mesh.authentications_at_sidecar(id),
                         .extensions = named(mesh, mesh.extensions_at_sidecar(id)),
                         .port = question.container_port,
                         .domains = trust_domains(mesh),
                         .providers = mesh.extension_providers()};
  std::vector rows{refuse_foreign_at_envoy(mesh)};
  const auto transport = transport_to(mesh[id], question, caller);
  const auto mode = mesh.mtls_at_sidecar(id, question.container_port);
  if (mode == MtlsMode::Strict) rows.push_back(refuse_plaintext("PeerAuthentication STRICT"));
  if (mode == MtlsMode::Disable && transport != Transport::Hbone) rows.push_back(refuse_mutual_tls("PeerAuthentication DISABLE"));
  auto view = through(transport, caller.view, mesh, question);
  view.fixed[Attribute::Port] = values(question.container_port);
  if (scope.chain == Chain::Tcp) hide_http(view);
  if (!reads_tokens(scope)) hide_tokens(view);
  return Path{.engine = Engine::Sidecar, .table = view.preimage(after(std::move(rows), lower_envoy(scope))), .next = {}};
}

/// Per connection: container port, and whoever opened the connection; nothing of HTTP is ever asked. 3.2, 3.3
Path at_ztunnel(const MeshModel& mesh, const Question& question, View caller) {
  std::vector rows{refuse_foreign_at_ztunnel(mesh.trust_domain())};
  if (mesh.refuses_plaintext_at_ztunnel(question.workload, question.container_port)) rows.push_back(refuse_plaintext("PeerAuthentication STRICT"));
  caller.fixed[Attribute::Port] = values(question.container_port);
  return {.engine = Engine::Ztunnel, .table = caller.preimage(after(std::move(rows), lower_ztunnel(mesh.policies_at_ztunnel(question.workload)))), .next = {}};
}

/// Where nothing is captured nothing is enforced: an empty table allows.
std::optional<Path> at_pod(const MeshModel& mesh, const Question& question, const Caller& caller) {
  if (mesh.captured_by_sidecar(question.workload, question.container_port)) return at_sidecar(mesh, question, caller);
  return mesh.captured_by_ztunnel(question.workload) ? at_ztunnel(mesh, question, caller.view) : Path{};
}

bool asks_for_waypoint_at_ingress(const MeshModel& mesh, const Resource* resource, std::string_view ns) {
  const auto* manifest = mesh.namespace_manifest(ns);
  const auto* labelled = resource != nullptr && resource->labels.contains(kIngressUseWaypoint) ? resource : manifest;  // its own label wins
  return labelled != nullptr && is_true(value_of(labelled->labels, kIngressUseWaypoint));
}

/// A headless Service is the addresses of its pods.
Dialled dialled(const MeshModel& mesh, const Question& question) {
  if (question.entry) return *question.entry;
  return question.service && !mesh[*question.service].spec.headless() ? Dialled(*question.service) : Dialled();
}

/// The waypoint on the way, if the caller passes it. F8, 5
const Waypoint* waypoint_for(const MeshModel& mesh, const Question& question, const Dialled& to) {
  const auto passes = [&](const Resource* resource, std::string_view ns) {
    return is_ambient(question.client) || (question.client == ClientClass::Ingress && asks_for_waypoint_at_ingress(mesh, resource, ns));
  };
  if (const auto* id = std::get_if<ResourceId>(&to)) {
    const auto& entry = mesh.store()[*id];
    return passes(&entry, entry.ns.value) ? mesh.waypoint_of(*id) : nullptr;
  }
  if (const auto* id = std::get_if<ServiceId>(&to)) {
    const auto& service = mesh[*id];
    if (!passes(service.resource ? &mesh.store()[*service.resource] : nullptr, service.ns)) return nullptr;
    const auto* canary = question.by_canary ? mesh.canary_of(*id) : nullptr;
    return canary != nullptr ? canary : mesh.waypoint_of(*id);
  }
  return is_ambient(question.client) ? mesh.waypoint_of(question.workload) : nullptr;
}

/// What the waypoint takes the connection to speak: the word of the port that is dialled, or the bytes. 4.1
AppProtocol protocol_at_waypoint(const MeshModel& mesh, const Question& question, const Dialled& to) {
  const auto declared = [&](const std::vector<ServicePort>& ports) {
    const auto port = std::ranges::find(ports, question.service_port, &ServicePort::port);
    return port == ports.end() ? AppProtocol::Auto : MeshModel::protocol(*port);
  };
  if (const auto* entry = std::get_if<ResourceId>(&to)) return declared(std::get<ServiceEntry>(mesh.store()[*entry].spec).ports);
  const auto* service = std::get_if<ServiceId>(&to);
  return service == nullptr ? AppProtocol::Auto : declared(mesh[*service].spec.ports);
}

/// What was dialled is seen here, the caller's own identity, and of its address only what it forwards. F3, F10, 4.4
Table table_at_waypoint(const MeshModel& mesh, const Question& question, const Dialled& to, const Waypoint& waypoint, Chain chain) {
  const bool direct = std::holds_alternative<std::monostate>(to);
  const auto port = direct ? question.container_port : question.service_port;
  const EnvoyScope scope{.chain = chain,
                         .policies = mesh.policies_at_waypoint(to, waypoint),
                         .authentications = mesh.authentications_at_waypoint(to, waypoint),
                         .extensions = named(mesh, mesh.extensions_at_waypoint(to, waypoint)),
                         .port = chain == Chain::Http ? std::uint16_t{0} : port,  // istiod names no port on these chains. 7
                         .domains = trust_domains(mesh),
                         .providers = mesh.extension_providers()};
  View view{.fixed = {{Attribute::Port, values(port)}, {Attribute::PeerAddress, {}}}, .hidden = {}, .stands_for = {}};
  if (!direct) view.stands_for[Attribute::PodAddress] = Attribute::ServiceAddress;
  see_own_headers(view, false);
  if (scope.chain == Chain::Tcp) hide_http(view);
  if (!reads_tokens(scope)) hide_tokens(view);
  std::vector rows{refuse_plaintext("a waypoint takes mutual TLS only"), refuse_foreign_at_envoy(mesh)};
  return view.preimage(after(std::move(rows), lower_envoy(scope)));
}

Path at_waypoint(const MeshModel& mesh, const Question& question, const Dialled& to, const Waypoint& waypoint) {
  const auto protocol = protocol_at_waypoint(mesh, question, to);
  if (protocol == AppProtocol::Http && !question.http) {
    const Origin origin{.resource = std::nullopt, .node = kNoNode, .text = "not HTTP"};
    return {.engine = Engine::Waypoint, .table = {.rows = {}, .otherwise = Outcome::Reset, .otherwise_origin = origin}, .next = {}};
  }
  return {.engine = Engine::Waypoint, .table = table_at_waypoint(mesh, question, to, waypoint, chain_for(protocol, question.http)), .next = {}};
}

/// The pod behind a waypoint sees the waypoint. F1
Caller caller_of(const Question& question, const Waypoint* waypoint) {
  if (waypoint != nullptr)
    return {.view = {.fixed = {{Attribute::Identity, {"spiffe://" + waypoint->principal}}}, .hidden = {}, .stands_for = {{Attribute::PeerAddress, Attribute::WaypointAddress}}},
            .by_tunnel = true};
  Caller caller{.view = {}, .by_tunnel = is_ambient(question.client)};
  if (question.client == ClientClass::Plaintext) caller.view.fixed[Attribute::Identity] = {};
  return caller;
}

}  // namespace

const Waypoint* waypoint_on_the_way(const MeshModel& mesh, const Question& question) { return waypoint_for(mesh, question, dialled(mesh, question)); }

std::optional<Path> waypoint_hop(const MeshModel& mesh, const Question& question) {
  const auto* waypoint = waypoint_on_the_way(mesh, question);
  return waypoint == nullptr ? std::nullopt : std::optional(at_waypoint(mesh, question, dialled(mesh, question), *waypoint));
}

std::optional<Path> pod_hop(const MeshModel& mesh, const Question& question) { return at_pod(mesh, question, caller_of(question, waypoint_on_the_way(mesh, question))); }

std::optional<Path> enforcement(const MeshModel& mesh, const Question& question) {
  auto waypoint = waypoint_hop(mesh, question);
  if (question.entry) return waypoint ? waypoint : Path{};
  auto pod = pod_hop(mesh, question);
  if (!waypoint || !pod) return pod;
  waypoint->next.push_back(std::move(*pod));
  return waypoint;
}

}  // namespace s2a
