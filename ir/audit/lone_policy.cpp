// Both lowerings of one policy, seen from the same caller.
#include "ir/audit/lone_policy.h"

#include "ir/authz/envoy.h"
#include "ir/authz/trust_domains.h"
#include "ir/authz/ztunnel.h"
#include "ir/proof/compare.h"
#include "ir/table/view.h"

namespace s2a {
namespace {

Table for_own_callers(const MeshModel& mesh, Table table) {
  table.rows.insert(table.rows.begin(), refuse_foreign_at_ztunnel(mesh.trust_domain()));
  return table;
}

View at_port(const Arrival& arrival) {
  View out;
  out.fixed[Attribute::Port] = {std::to_string(arrival.port)};
  return out;
}

/// Bytes have no X-Forwarded-For: the peer is the only client. 2.4
Path at_sidecar(const MeshModel& mesh, const std::vector<const Resource*>& policies, const Arrival& arrival) {
  const EnvoyScope scope{
      .chain = arrival.http ? Chain::Http : Chain::Tcp, .policies = policies, .authentications = {}, .domains = trust_domains(mesh), .providers = mesh.extension_providers()};
  auto view = at_port(arrival);
  if (!arrival.http) view.stands_for[Attribute::RemoteAddress] = Attribute::PeerAddress;
  return {.engine = Engine::Sidecar, .table = view.preimage(for_own_callers(mesh, lower_envoy(scope))), .next = {}};
}

/// Behind a waypoint, which does not read the policy, the caller is the waypoint. F1, F2
Path at_ztunnel(const MeshModel& mesh, const std::vector<const Resource*>& policies, const Arrival& arrival, const std::string& waypoint) {
  auto view = at_port(arrival);
  if (waypoint.empty()) return {.engine = Engine::Ztunnel, .table = view.preimage(for_own_callers(mesh, lower_ztunnel(policies))), .next = {}};
  view.fixed[Attribute::Identity] = {"spiffe://" + waypoint};
  view.stands_for[Attribute::PeerAddress] = Attribute::WaypointAddress;
  Path behind{.engine = Engine::Ztunnel, .table = view.preimage(lower_ztunnel(policies)), .next = {}};
  return {.engine = Engine::Waypoint, .table = for_own_callers(mesh, {}), .next = {std::move(behind)}};
}

}  // namespace

BothWays compare_alone(const MeshModel& mesh, const Resource& policy, const Arrival& arrival, const LoneCaller& caller) {
  const auto if_applied = [&](bool applied) { return applied ? std::vector{&policy} : std::vector<const Resource*>(); };
  const auto before = at_sidecar(mesh, if_applied(arrival.at_sidecar), arrival);
  const auto after = at_ztunnel(mesh, if_applied(arrival.at_ztunnel), arrival, caller.waypoint);
  Callers callers{.identified = caller.identified, .http = arrival.http, .trust_domain = mesh.trust_domain(), .host = caller.host, .outside = {}};
  if (!caller.waypoint.empty()) callers.outside.insert("spiffe://" + caller.waypoint);
  BothWays out;
  const auto found = compare(before, after, callers);
  out.unknown = found.unknown;
  if (found.verdict == Verdict::Narrower) out.kept_out = found.difference->request;
  if (found.verdict != Verdict::Wider) return out;
  out.let_in = found.difference->request;
  if (const auto back = compare(after, before, callers); back.verdict == Verdict::Wider) out.kept_out = back.difference->request;
  return out;
}

}  // namespace s2a
