// What of AuthorizationPolicy and PeerAuthentication cannot be said in ambient mode at all.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ir/mesh/conventions.h"
#include "ir/passes/blockers.h"
#include "ir/passes/fronts.h"
#include "ir/pattern/glob.h"

namespace s2a {
namespace {

/// Sidecars write these themselves, or make others of them: what a waypoint reads there is not what they read. 9.13
bool written_by_proxies(std::string_view header) {
  static constexpr std::array<std::string_view, 5> kPrefixes{":scheme", "x-forwarded-", "x-envoy-", "x-request-id", "x-b3-"};
  static constexpr std::array<std::string_view, 4> kNames{"b3", "traceparent", "tracestate", "x-ot-span-context"};
  const auto text = lower(header);
  return std::ranges::find(kNames, text) != kNames.end() || std::ranges::any_of(kPrefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
}

/// The first condition on what only sidecars see. 9.7, 9.13
const Condition* beyond_waypoints(const AuthorizationPolicy& policy) {
  for (const auto& rule : policy.rules)
    for (const auto& when : rule.when) {
      if (!when.reads || when.reads->attribute == ConditionAttribute::EnvoyFilter) return &when;
      if (when.reads->attribute == ConditionAttribute::RequestHeader && written_by_proxies(when.reads->names.front())) return &when;
    }
  return nullptr;
}

std::set<std::string> sidecar_namespaces_of(const MeshModel& mesh, const std::vector<WorkloadId>& workloads) {
  std::set<std::string> out;
  for (const auto id : workloads)
    if (mesh[id].dataplane == Dataplane::Sidecar) out.insert(mesh[id].ns);
  return out;
}

/// Namespaces of which the input does not show the pods.
std::set<std::string> assumed_namespaces(const MeshModel& mesh) {
  std::set<std::string> out;
  for (const auto& workload : mesh.workloads())
    if (workload.assumed && workload.dataplane == Dataplane::Sidecar && workload.ns != kAnyNamespace) out.insert(workload.ns);
  return out;
}

void find_in_policy(const MeshModel& mesh, const Resource& resource, std::vector<Diagnostic>& out) {
  const auto& policy = authorization_of(resource);
  if (!policy.target_refs.empty()) return;
  const auto selected = mesh.selected_by(resource);
  if (const auto* when = decides(policy) ? beyond_waypoints(policy) : nullptr)
    out.push_back(block(mesh, resource, when->key.node, Code::UnsupportedAttribute, fmt::format("a waypoint does not see `{}` as sidecars do", when->key.value),
                        sidecar_namespaces_of(mesh, selected), kStay));
  if (resource.ns.value == mesh.root_namespace() && selected.empty() && policy.selector && !policy.selector->empty() && !conventional_gateway(*policy.selector->match_labels))
    out.push_back(block(mesh, resource, policy.selector->node, Code::NothingToAssume, "no pod in the input has these labels, and any namespace may hold such pods",
                        assumed_namespaces(mesh), "add the workloads with `--context`"));
}

/// A pod that takes plaintext only: in ambient mode there is no such pod. 3.4, 8.6
void find_disabled_mtls(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto* resource : mesh.all(Kind::PeerAuthentication)) {
    const auto* authentication = std::get_if<PeerAuthentication>(&resource->spec);
    if (authentication == nullptr) continue;
    const auto port = std::ranges::find(authentication->port_modes, MtlsMode::Disable, [](const auto& p) { return p.second; });
    if (authentication->mode.value != MtlsMode::Disable && port == authentication->port_modes.end()) continue;
    out.push_back(block(mesh, *resource, authentication->mode.value == MtlsMode::Disable ? authentication->mode.node : kNoNode, Code::UnsupportedPeerAuthentication,
                        "its pods take plaintext only, and in ambient mode every pod takes mutual TLS as well",
                        sidecar_namespaces(mesh, resource->ns.value, labels_of(authentication->selector)), "PERMISSIVE, if callers may have an identity"));
  }
}

/// One that has targetRefs comes alive at the waypoint: where it says something else of an issuer than the sidecars are told, other tokens hold there.
void find_disagreeing_authentications(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  const auto& all = mesh.all(Kind::RequestAuthentication);
  for (const auto* at_waypoint : all) {
    const auto& there = std::get<RequestAuthentication>(at_waypoint->spec);
    if (there.target_refs.empty()) continue;
    const auto says_otherwise = [&](const Resource* other) {
      const auto& here = std::get<RequestAuthentication>(other->spec);
      const bool reaches = std::ranges::any_of(mesh.selected_by(*other), [&](WorkloadId id) { return mesh[id].ns == at_waypoint->ns.value; });
      return reaches && std::ranges::any_of(here.jwt_rules, [&](const JwtRule& a) {
               return std::ranges::any_of(there.jwt_rules, [&](const JwtRule& b) { return a.issuer == b.issuer && a.text != b.text; });
             });
    };
    const auto other = std::ranges::find_if(all, says_otherwise);
    if (other != all.end())
      out.push_back(block(mesh, *at_waypoint, kNoNode, Code::AuthenticationsDisagree, fmt::format("it takes other tokens of an issuer than {} does", (*other)->subject()),
                          sidecar_namespaces(mesh, at_waypoint->ns.value, nullptr), "make the two rules the same, or remove the one with targetRefs"));
  }
}

}  // namespace

void find_policy_blockers(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto* resource : mesh.all(Kind::AuthorizationPolicy))
    if (resource->translatable) find_in_policy(mesh, *resource, out);
  find_disabled_mtls(mesh, out);
  find_disagreeing_authentications(mesh, out);
}

}  // namespace s2a
