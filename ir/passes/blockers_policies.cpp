// What of AuthorizationPolicy, RequestAuthentication and PeerAuthentication is not translated yet.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ir/authz/expressible.h"
#include "ir/mesh/conventions.h"
#include "ir/mesh/rule_shape.h"
#include "ir/passes/blockers.h"
#include "ir/pattern/glob.h"

namespace s2a {
namespace {

struct Unsupported {
  Code code{};
  NodeId node = kNoNode;
  std::string message;
};

Unsupported attribute(const Match& match, std::string_view name) {
  const auto node = match.values_node != kNoNode ? match.values_node : match.not_values_node;
  return {.code = Code::UnsupportedAttribute, .node = node, .message = fmt::format("`{}` is not translated yet", name)};
}

/// Sidecars write these themselves, or make others of them: what a waypoint reads there is not what they read. 9.13
bool written_by_proxies(std::string_view header) {
  static constexpr std::array<std::string_view, 5> kPrefixes{":", "x-forwarded-", "x-envoy-", "x-request-id", "x-b3-"};
  static constexpr std::array<std::string_view, 5> kNames{"host", "b3", "traceparent", "tracestate", "x-ot-span-context"};
  const auto text = lower(header);
  return std::ranges::find(kNames, text) != kNames.end() || std::ranges::any_of(kPrefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool translated(const Condition& condition) {
  if (!condition.reads) return false;
  switch (condition.reads->attribute) {
    case ConditionAttribute::SourcePrincipal:
    case ConditionAttribute::SourceNamespace:
    case ConditionAttribute::SourceServiceAccount:
    case ConditionAttribute::DestinationPort: return true;
    case ConditionAttribute::RequestHeader: return !written_by_proxies(condition.reads->names.front());
    default: return false;
  }
}

/// The first field of a rule that is not translated yet.
std::optional<Unsupported> unsupported_attribute(const Rule& rule) {
  for (const auto& source : rule.from) {
    if (constrains(source.request_principals)) return attribute(source.request_principals, "requestPrincipals");
    if (constrains(source.trust_domains)) return attribute(source.trust_domains, "trustDomains");
    if (constrains(source.ip_blocks)) return attribute(source.ip_blocks, "ipBlocks");
    if (constrains(source.remote_ip_blocks)) return attribute(source.remote_ip_blocks, "remoteIpBlocks");
  }
  for (const auto& condition : rule.when) {
    if (!translated(condition))
      return Unsupported{.code = Code::UnsupportedAttribute, .node = condition.key.node, .message = fmt::format("the condition `{}` is not translated yet", condition.key.value)};
  }
  return std::nullopt;
}

std::optional<Unsupported> unsupported(const AuthorizationPolicy& policy) {
  if (policy.action == AuthorizationAction::Custom || policy.action == AuthorizationAction::Audit)
    return Unsupported{.code = Code::UnsupportedAction, .node = policy.action_text.node, .message = fmt::format("action {} is not translated yet", policy.action_text.value)};
  if (policy.dry_run) return Unsupported{.code = Code::UnsupportedAction, .node = kNoNode, .message = "a dry-run policy is not translated yet"};
  for (const auto& rule : policy.rules) {
    if (auto found = unsupported_attribute(rule)) return found;
  }
  return std::nullopt;
}

/// An ALLOW stays as it is; a DENY must not meet the waypoint's own identity, nor hold what ztunnel reads otherwise.
bool root_policy_may_stay(const AuthorizationPolicy& policy) {
  if (policy.action == AuthorizationAction::Allow) return true;
  return std::ranges::all_of(policy.rules, [](const Rule& rule) {
    return exact_at_ztunnel(rule) && rule.when.empty() && !rule.from.empty() && std::ranges::all_of(rule.from, [](const Source& source) {
             return !source.principals.values.empty() && source.principals.not_values.empty() && source.namespaces.not_values.empty() && source.service_accounts.not_values.empty();
           });
  });
}

std::set<std::string> namespaces_of(const MeshModel& mesh, const std::vector<WorkloadId>& workloads, Dataplane dataplane) {
  std::set<std::string> out;
  for (const auto id : workloads) {
    if (mesh[id].dataplane == dataplane) out.insert(mesh[id].ns);
  }
  return out;
}

/// The targets that a waypoint could serve; a policy on an ingress gateway is nobody's business here.
bool targets_a_waypoint(const MeshModel& mesh, const Resource& resource, const AuthorizationPolicy& policy) {
  return std::ranges::any_of(policy.target_refs, [&](const TargetRef& target) {
    if (target.kind.value != "Gateway") return true;
    return std::ranges::none_of(mesh.all(Kind::K8sGateway), [&](const Resource* gateway) {
      return gateway->name.value == target.name.value && gateway->ns.value == resource.ns.value && !std::get<K8sGateway>(gateway->spec).waypoint();
    });
  });
}

void find_in_policy(const MeshModel& mesh, const Resource& resource, std::vector<Diagnostic>& out) {
  const auto& policy = std::get<AuthorizationPolicy>(resource.spec);
  const auto blocks = [&](Code code, NodeId node, std::string message, const std::set<std::string>& namespaces, std::string_view help) {
    out.push_back(block(mesh, resource, node, code, std::move(message), namespaces, help));
  };
  if (policy.has_target_refs) {
    if (!targets_a_waypoint(mesh, resource, policy)) return;
    const bool everywhere = resource.ns.value == mesh.root_namespace();
    blocks(Code::UnsupportedTarget, policy.target_refs.empty() ? kNoNode : policy.target_refs.front().node, "a policy with targetRefs would go live with the waypoint",
           sidecar_namespaces(mesh, everywhere ? mesh.root_namespace() : resource.ns.value, nullptr), "remove it, or translate its namespace by hand");
    return;
  }
  const auto selected = mesh.selected_by(resource);
  const auto sidecars = namespaces_of(mesh, selected, Dataplane::Sidecar);
  if (const auto found = unsupported(policy)) blocks(found->code, found->node, found->message, sidecars, "the namespaces that it applies to stay on sidecars");
  if (resource.ns.value == mesh.root_namespace()) {
    if (selected.empty() && policy.selector && !policy.selector->empty() && !conventional_gateway(*policy.selector->match_labels))
      blocks(Code::NothingToAssume, policy.selector->node, "no pod in the input has these labels, and any namespace may hold such pods",
             sidecar_namespaces(mesh, mesh.root_namespace(), nullptr), "add the workloads with `--context`");
    if (!root_policy_may_stay(policy))
      blocks(Code::UnsupportedRootDeny, policy.action_text.node, "a mesh-wide DENY on anything but principals is not translated yet", sidecars, "write it once for each namespace");
  } else if (!namespaces_of(mesh, selected, Dataplane::Gateway).empty()) {
    blocks(Code::GatewayPolicy, kNoNode, "the policy applies to a gateway and to workloads behind it", sidecars, "give the gateway a policy of its own, or a namespace of its own");
  }
}

void find_in_authentication(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto* resource : mesh.all(Kind::RequestAuthentication)) {
    const auto& authentication = std::get<RequestAuthentication>(resource->spec);
    out.push_back(block(mesh, *resource, kNoNode, Code::UnsupportedRequestAuthentication, "tokens are not translated yet",
                        sidecar_namespaces(mesh, resource->ns.value, labels_of(authentication.selector)), kStay));
  }
  for (const auto* resource : mesh.all(Kind::PeerAuthentication)) {
    const auto& authentication = std::get<PeerAuthentication>(resource->spec);
    if (!authentication.selector && authentication.port_modes.empty() && authentication.mode.value != MtlsMode::Disable) continue;
    out.push_back(block(mesh, *resource, authentication.selector ? authentication.selector->key : authentication.mode.node, Code::UnsupportedPeerAuthentication,
                        "only STRICT and PERMISSIVE for a namespace or the mesh are translated yet",
                        sidecar_namespaces(mesh, resource->ns.value, labels_of(authentication.selector)), kStay));
  }
}

}  // namespace

void find_policy_blockers(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto* resource : mesh.all(Kind::AuthorizationPolicy)) {
    if (resource->translatable) find_in_policy(mesh, *resource, out);
  }
  find_in_authentication(mesh, out);
}

}  // namespace s2a
