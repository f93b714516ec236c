// A namespace joins the ambient mesh, and its pods lose their sidecars.
//
//   metadata:                            metadata:
//     name: shop                           name: shop
//     labels:                              labels:
//       istio-injection: enabled    ->       istio.io/dataplane-mode: ambient
//                                            istio.io/use-waypoint: waypoint      (where something needs layer 7)
#include <fmt/format.h>

#include "ir/mesh/well_known.h"
#include "ir/passes/blockers.h"
#include "ir/passes/context.h"
#include "ir/passes/names.h"
#include "ir/passes/passes.h"
#include "ir/passes/reconcile.h"
#include "ir/passes/survey.h"
#include "ir/source/to_value.h"

namespace s2a {
namespace {

/// Gateways have to pass the waypoint for its policies; for routes they have their own.
bool asks_gateways(const MovingNamespace& moving) { return moving.needs_waypoint != nullptr && !moving.only_for_routes; }

/// Comes from what needs the waypoint.
Value demanded(const PassContext& ctx, const MovingNamespace& moving, Value value) {
  if (const auto* by = moving.needs_waypoint)
    value.origin = origin_of(ctx.before.store()[by->document], moving.needs_waypoint_node == kNoNode ? by->name.node : moving.needs_waypoint_node);
  return value;
}

void enroll(const PassContext& ctx, Value& object, const MovingNamespace& moving) {
  auto& labels = child(child(object, "metadata"), "labels");
  erase(labels, kInjection);
  erase(labels, kRevision);
  set(labels, kDataplaneMode, "ambient");
  if (moving.waypoint.empty()) return;
  set(labels, kUseWaypoint, demanded(ctx, moving, moving.waypoint));
  if (asks_gateways(moving)) set(labels, kIngressUseWaypoint, demanded(ctx, moving, "true"));
}

std::string what(const MovingNamespace& moving) {
  if (moving.waypoint.empty()) return "labels: dataplane-mode ambient";
  return fmt::format("labels: dataplane-mode ambient, use-waypoint {}{}", moving.waypoint, asks_gateways(moving) ? ", ingress-use-waypoint" : "");
}

/// The manifest that can be edited; one of the context shows the cluster, and is left alone.
const Resource* own_manifest(const PassContext& ctx, const std::string& ns) {
  const auto* manifest = ctx.now.namespace_manifest(ns);
  return manifest != nullptr && ctx.now.store().file_of(*manifest).access == Access::Edit ? manifest : nullptr;
}

void enroll_namespace(PassContext& ctx, const MovingNamespace& moving) {
  if (const auto* manifest = own_manifest(ctx, moving.name)) {
    auto wanted = to_value(ctx.now.store()[manifest->document], manifest->node);
    enroll(ctx, wanted, moving);
    ctx.plan.actions.push_back(
        action_on(ctx, *manifest, Code::NamespaceEnrolled, moving.name, what(moving), "its pods leave their sidecars", reconcile(ctx.now.store(), *manifest, wanted)));
  } else if (const auto* home = home_of(ctx.before, moving.name)) {
    Value wanted(Value::Map{{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", Value::Map{{"name", moving.name}}}});
    enroll(ctx, wanted, moving);
    if (ctx.now.namespace_manifest(moving.name) != nullptr)
      set(child(child(wanted, "metadata"), "labels"), kInjection, "disabled");  // `kubectl apply` would leave the cluster's label
    ctx.plan.actions.push_back(creation_of(ctx, "Namespace " + moving.name, *home, Code::NamespaceEnrolled, moving.name, what(moving), "it has no manifest in the input",
                                           CreateFile{.path = new_file(ctx, *home, moving.name + "-namespace"), .value = std::move(wanted)}));
  }
}

/// Injection that is asked for on the pods themselves would win over the namespace's label.
void release_pods(PassContext& ctx, const MovingNamespace& moving) {
  for (const auto id : moving.workloads) {
    const auto& workload = ctx.now[id];
    if (!workload.resource) continue;
    const auto& resource = ctx.now.store()[*workload.resource];
    const auto& document = ctx.now.store()[resource.document];
    const auto& pod = std::get<Workload>(resource.spec);
    std::vector<Change> changes;
    const auto remove = [&](std::string_view where, const Labels& labels, std::string_view key) {
      if (pod.pod_metadata == kNoNode || !labels.contains(key)) return;
      const auto map = document.at(pod.pod_metadata, {where});
      if (const auto entry = map == kNoNode ? std::nullopt : document.find(map, key)) changes.push_back(RemoveEntry{.document = resource.document, .key = entry->key});
    };
    remove("labels", pod.pod_labels, kInject);
    remove("labels", pod.pod_labels, kRevision);
    remove("annotations", pod.pod_annotations, kInject);
    if (!changes.empty())
      ctx.plan.actions.push_back(
          action_on(ctx, resource, Code::NamespaceEnrolled, moving.name, "sidecar injection removed from the pods", "it would win over the namespace", std::move(changes)));
  }
}

/// Pods without a sidecar would be captured with their namespace, and be judged by policies that nobody enforced on them.
void leave_others_outside(PassContext& ctx, const MovingNamespace& moving) {
  for (const auto& workload : ctx.before.workloads()) {
    if (!captured_by_chance(ctx.before, workload) || workload.ns != moving.name) continue;
    const auto& resource = ctx.now.store()[*ctx.now[workload.id].resource];
    ctx.plan.actions.push_back(action_on(ctx, resource, Code::PodLeftOutside, moving.name, "label the pods dataplane-mode none",
                                         "they have no sidecar: " + workload.dataplane_reason, label_pods(ctx, resource, {{std::string(kDataplaneMode), "none"}})));
  }
}

/// A gateway keeps its proxy, which its namespace no longer asks for, and ztunnel has no part in it.
void keep_gateways(PassContext& ctx, const MovingNamespace& moving) {
  for (const auto& workload : ctx.before.workloads()) {
    if (workload.dataplane != Dataplane::Gateway || workload.ns != moving.name || !workload.resource || value_of(workload.labels, kDataplaneMode) == "none") continue;
    const auto& resource = ctx.now.store()[*ctx.now[workload.id].resource];
    Value::Map labels{{std::string(kDataplaneMode), "none"}};
    const bool injected = workload.annotations.contains("inject.istio.io/templates");
    if (injected && !workload.labels.contains(kInject) && !workload.labels.contains(kRevision)) labels.emplace_back(kInject, "true");
    ctx.plan.actions.push_back(action_on(ctx, resource, Code::GatewayKept, moving.name,
                                         fmt::format("label the pods dataplane-mode none{}", labels.size() > 1 ? ", inject true" : ""), "a gateway keeps its proxy",
                                         label_pods(ctx, resource, labels)));
  }
}

/// ztunnel gives a pod without any label the policies of all selectors. 3.1
void label_bare_pods(PassContext& ctx, const MovingNamespace& moving) {
  for (const auto id : moving.workloads) {
    const auto& pod = ctx.now[id];
    if (!pod.labels.empty() || !pod.resource || ctx.now.policies_at_ztunnel(id).size() == ctx.now.policies_at_sidecar(id).size()) continue;
    const auto& resource = ctx.now.store()[*pod.resource];
    ctx.plan.actions.push_back(action_on(ctx, resource, Code::BarePodLabelled, moving.name, fmt::format("label app.kubernetes.io/name: {}", pod.name),
                                         "ztunnel gives a pod without labels the policies of all selectors", label_pods(ctx, resource, {{"app.kubernetes.io/name", pod.name}})));
  }
}

}  // namespace

void enroll_namespaces(PassContext& ctx) {
  for (const auto& [name, moving] : ctx.survey.moving) {
    enroll_namespace(ctx, moving);
    release_pods(ctx, moving);
    leave_others_outside(ctx, moving);
    keep_gateways(ctx, moving);
    label_bare_pods(ctx, moving);
  }
}

}  // namespace s2a
