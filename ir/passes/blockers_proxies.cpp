// What changes sidecars by hand, and may decide about requests there: nothing in ambient mode follows it. authorization.md 7, 9.14
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ir/mesh/conventions.h"
#include "ir/mesh/well_known.h"
#include "ir/passes/blockers.h"
#include "ir/passes/envoy_patches.h"

namespace s2a {
namespace {

/// Namespaces that a waypoint which an EnvoyFilter targets may serve; none where its targets are other gateways, or nothing that EnvoyFilters attach to.
std::set<std::string> behind_targets(const MeshModel& mesh, const Resource& resource, const EnvoyFilter& filter) {
  const auto gateway = [&](const TargetRef& ref) {
    const auto& gateways = mesh.all(Kind::K8sGateway);
    return std::ranges::any_of(gateways, [&](const Resource* g) {
      const auto* spec = std::get_if<K8sGateway>(&g->spec);
      return g->ns.value == resource.ns.value && g->name.value == ref.name.value && spec != nullptr && !spec->waypoint();
    });
  };
  for (const auto& ref : filter.target_refs) {
    if (ref.kind.value == "GatewayClass" && ref.name.value == kWaypointClass) return sidecar_namespaces(mesh, mesh.root_namespace(), nullptr);
    if (ref.kind.value == "Gateway" && !gateway(ref)) return sidecar_namespaces(mesh, resource.ns.value, nullptr);
  }
  return {};
}

void find_in_envoy_filters(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto* resource : mesh.all(Kind::EnvoyFilter)) {
    const auto& filter = std::get<EnvoyFilter>(resource->spec);
    const bool targeted = !filter.target_refs.empty();
    for (const auto& patch : filter.patches) {
      const auto what = targeted ? patch.context != "GATEWAY" : for_sidecars(patch);
      const auto found = what ? decisive(patch) : std::nullopt;
      if (!found) continue;
      out.push_back(block(mesh, *resource, found->node, Code::UnsupportedProxyResource,
                          fmt::format("`{}` may decide about requests, {}", found->value, targeted ? "and the waypoint would follow it" : "and nothing follows it in ambient mode"),
                          targeted ? behind_targets(mesh, *resource, filter) : sidecar_namespaces(mesh, resource->ns.value, labels_of(filter.workload_selector)), kStay));
    }
  }
}

void find_in_sidecars(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto* resource : mesh.all(Kind::Sidecar)) {
    const auto& sidecar = std::get<Sidecar>(resource->spec);
    const bool restricts = sidecar.outbound_mode.value == "REGISTRY_ONLY";
    if (sidecar.ingress == kNoNode && !restricts) continue;
    out.push_back(block(mesh, *resource, restricts ? sidecar.outbound_mode.node : sidecar.ingress, Code::UnsupportedProxyResource,
                        restricts ? "ztunnel does not keep callers to the registry" : "ztunnel has no ingress listeners",
                        sidecar_namespaces(mesh, resource->ns.value, labels_of(sidecar.workload_selector)), kStay));
  }
}

/// What a waypoint cannot run as sidecars do, and so must not stand for them.
struct Beyond {
  NodeId node = kNoNode;
  std::string_view message;
};

std::optional<Beyond> beyond_waypoints(const Extension& extension) {
  if (!extension.decides()) return std::nullopt;
  if (!extension.may_refuse()) return Beyond{extension.match.front().node, "it may refuse what its pods send, and nothing looks at that in ambient mode"};
  if (!extension.runs_at_waypoints()) return Beyond{extension.match.front().node, "a waypoint leaves out what is bound to ports"};
  if (extension.local_file != kNoNode) return Beyond{extension.local_file, "it is a file beside the sidecar, and a waypoint has no such file"};
  if (extension.host_environment != kNoNode) return Beyond{extension.host_environment, "it reads the environment of the sidecar, and a waypoint has another one"};
  return std::nullopt;
}

void find_in_extensions(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto kind : {Kind::WasmPlugin, Kind::TrafficExtension}) {
    for (const auto* resource : mesh.all(kind)) {
      const auto* extension = std::get_if<Extension>(&resource->spec);
      if (extension == nullptr || !extension->target_refs.empty()) continue;
      const auto touched = sidecar_namespaces(mesh, resource->ns.value, labels_of(extension->selector));
      if (const auto beyond = beyond_waypoints(*extension))
        out.push_back(block(mesh, *resource, beyond->node, Code::UnsupportedProxyResource, std::string(beyond->message), touched, kStay));
      else if (extension->may_refuse() && mesh.selected_by(*resource).empty())
        out.push_back(block(mesh, *resource, extension->selector ? extension->selector->node : kNoNode, Code::NothingToAssume,
                            "it may refuse requests, and no pod in the input has the labels that it selects", touched, "add the workloads with `--context`"));
    }
  }
}

/// Settings of a sidecar that decide nothing about requests.
constexpr std::array<std::string_view, 28> kSettings{"availabilityZone",
                                                     "binaryPath",
                                                     "concurrency",
                                                     "configPath",
                                                     "controlPlaneAuthPolicy",
                                                     "discoveryRefreshDelay",
                                                     "drainDuration",
                                                     "envoyAccessLogService",
                                                     "envoyMetricsService",
                                                     "envoyMetricsServiceAddress",
                                                     "extraStatTags",
                                                     "fileFlushInterval",
                                                     "fileFlushMinSizeKb",
                                                     "holdApplicationUntilProxyStarts",
                                                     "image",
                                                     "meshId",
                                                     "privateKeyProvider",
                                                     "proxyAdminPort",
                                                     "proxyStatsMatcher",
                                                     "readinessProbe",
                                                     "serviceCluster",
                                                     "statNameLength",
                                                     "statsCompression",
                                                     "statsdUdpAddress",
                                                     "statusPort",
                                                     "terminationDrainDuration",
                                                     "tracing",
                                                     "zipkinAddress"};

/// Variables of its environment that do not either.
constexpr std::array<std::string_view, 5> kVariables{"EXIT_ON_ZERO_ACTIVE_CONNECTIONS", "ISTIO_META_DNS_AUTO_ALLOCATE", "ISTIO_META_DNS_CAPTURE", "ISTIO_META_ENABLE_HBONE",
                                                     "MINIMUM_DRAIN_DURATION"};

bool decides(std::string_view setting) {
  constexpr std::string_view kMetadata = "proxyMetadata.";
  if (setting.starts_with(kMetadata)) return std::ranges::find(kVariables, setting.substr(kMetadata.size())) == kVariables.end();
  return std::ranges::find(kSettings, setting) == kSettings.end();
}

void find_in_settings(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto* resource : mesh.all(Kind::ProxyConfig)) {
    const auto& config = std::get<ProxyConfig>(resource->spec);
    for (const auto& [name, value] : config.environment)
      if (std::ranges::find(kVariables, name) == kVariables.end())
        out.push_back(block(mesh, *resource, value.node, Code::UnsupportedProxyResource, fmt::format("variable `{}` may change what sidecars do to requests", name),
                            sidecar_namespaces(mesh, resource->ns.value, labels_of(config.selector)), kStay));
  }
  for (const auto& workload : mesh.workloads()) {
    if (workload.dataplane != Dataplane::Sidecar || !workload.resource) continue;
    const auto& resource = mesh.store()[*workload.resource];
    const auto& pod = std::get<Workload>(resource.spec);
    const auto blocks = [&](std::string_view key, std::string message) {
      out.push_back(block(mesh, resource, pod.pod_annotations.find(key)->second.node, Code::UnsupportedProxyResource, std::move(message), {workload.ns}, kStay));
    };
    if (pod.pod_annotations.contains(kBootstrap)) blocks(kBootstrap, "the sidecar starts with settings of its own, which may decide about requests");
    if (const auto found = std::ranges::find_if(pod.proxy_settings, decides); found != pod.proxy_settings.end())
      blocks(kProxyConfig, found->empty() ? "the settings of the sidecar cannot be read" : fmt::format("`{}` may change what the sidecar does to requests", *found));
  }
}

void find_in_waypoints(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto& waypoint : mesh.waypoints()) {
    if (!waypoint.resource) continue;
    const auto& resource = mesh.store()[*waypoint.resource];
    const auto binding = resource.annotations.find("ambient.istio.io/waypoint-inbound-binding");
    if (binding != resource.annotations.end())
      out.push_back(block(mesh, resource, binding->second.node, Code::UnsupportedWaypoint, "the waypoint takes connections in a way of its own, so it may be no proxy of Istio's",
                          sidecar_namespaces(mesh, waypoint.ns, nullptr), "remove the annotation, or let the namespaces use another waypoint"));
  }
}

}  // namespace

void find_proxy_blockers(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  find_in_envoy_filters(mesh, out);
  find_in_sidecars(mesh, out);
  find_in_extensions(mesh, out);
  find_in_settings(mesh, out);
  find_in_waypoints(mesh, out);
}

}  // namespace s2a
