// Pods, Services and waypoints that a namespace cannot take along into the ambient mesh yet.
#include <fmt/format.h>

#include <algorithm>

#include "ir/mesh/kubectl.h"
#include "ir/mesh/selection.h"
#include "ir/mesh/well_known.h"
#include "ir/passes/blockers.h"
#include "ir/passes/layer_seven.h"
#include "ir/passes/unseen_pods.h"

namespace s2a {
namespace {

const Resource* manifest(const MeshModel& mesh, const std::optional<ResourceId>& id) { return id ? &mesh.store()[*id] : nullptr; }

bool has_sidecars(const MeshModel& mesh, const std::string& ns) { return sidecar_namespaces(mesh, ns, nullptr).contains(ns); }

/// Annotations by which a sidecar leaves traffic alone that ztunnel would take; single inbound ports are another matter (8.3). 2.9, 3.5
bool leaves_alone(std::string_view key, std::string_view value) {
  if (key == "sidecar.istio.io/interceptionMode") return value == "NONE";
  if (key == "ambient.istio.io/bypass-inbound-capture") return is_true(value);
  return key.starts_with("traffic.sidecar.istio.io/") && key != "traffic.sidecar.istio.io/excludeInboundPorts" && key != "traffic.sidecar.istio.io/includeInboundPorts";
}

void find_special_pods(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto& workload : mesh.workloads()) {
    const auto* resource = manifest(mesh, workload.resource);
    if (resource == nullptr || !has_sidecars(mesh, workload.ns)) continue;
    const auto& pod = std::get<Workload>(resource->spec);
    const auto blocks = [&](Code code, NodeId node, std::string message, std::string_view help) {
      out.push_back(block(mesh, *resource, node, code, std::move(message), {workload.ns}, help));
    };
    const bool out_of_reach = pod.pod_metadata == kNoNode || !mesh.store().may_edit(*resource);
    if (workload.dataplane == Dataplane::Gateway && value_of(workload.labels, kDataplaneMode) != "none" && out_of_reach) {
      blocks(Code::GatewayInNamespace, kNoNode, "a gateway stands among the workloads of the namespace, and would be captured with them",
             "label its pods `istio.io/dataplane-mode: none`, or give it a namespace of its own");
    } else if (workload.dataplane == Dataplane::Ambient) {
      blocks(Code::UnsupportedWorkload, kNoNode, "the pods are ambient already, beside pods with sidecars", "let the whole namespace move at once");
    } else if (workload.dataplane == Dataplane::Sidecar && workload.ns == mesh.root_namespace()) {
      blocks(Code::UnsupportedWorkload, kNoNode, "policies of the root namespace hold for the whole mesh, so it cannot move by itself",
             "run workloads in a namespace of their own");
    } else if (captured_by_chance(mesh, workload) && out_of_reach) {
      blocks(Code::UnsupportedWorkload, kNoNode, "the pods have no sidecar and would be captured with the namespace", "label them `istio.io/dataplane-mode: none`");
    }
    for (const auto key : {kInject, kRevision}) {
      const auto label = pod.pod_labels.find(key);
      const auto picked_by = [&](const MeshService& service) { return service.ns == workload.ns && service.spec.selector.contains(key) && service.fronts(workload.labels); };
      if (workload.dataplane == Dataplane::Sidecar && label != pod.pod_labels.end() && (pod.selector.contains(key) || std::ranges::any_of(mesh.services(), picked_by)))
        blocks(Code::UnsupportedWorkload, label->second.node, fmt::format("label `{}` has to go, and a selector asks for it", key), "select the pods by other labels");
    }
    for (const auto& [key, value] : workload.annotations) {
      if (leaves_alone(key, value.value))
        blocks(Code::UnsupportedWorkload, value.node, fmt::format("ztunnel does not read `{}`", key), "what the sidecar leaves alone would be captured");
    }
  }
}

/// Endpoints that policies select as they do pods. 4.1
void find_other_endpoints(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  const auto blocks = [&](const Resource& resource, std::string message) {
    out.push_back(
        block(mesh, resource, kNoNode, Code::UnsupportedWorkload, std::move(message), sidecar_namespaces(mesh, resource.ns.value, nullptr), "the namespace stays on its sidecars"));
  };
  for (const auto kind : {Kind::WorkloadEntry, Kind::WorkloadGroup}) {
    for (const auto* resource : mesh.all(kind)) blocks(*resource, fmt::format("a {} is not translated yet", to_string(kind)));
  }
  for (const auto* resource : mesh.all(Kind::ServiceEntry)) {
    const auto& entry = std::get<ServiceEntry>(resource->spec);
    const auto is_pod = [&](const EntryEndpoint& endpoint) {
      return std::ranges::any_of(mesh.workloads(), [&](const MeshWorkload& w) { return !endpoint.address.empty() && w.address == endpoint.address; });
    };
    if (entry.workload_selector) blocks(*resource, "a ServiceEntry that selects workloads is not translated yet");
    if (std::ranges::any_of(entry.endpoints, is_pod)) blocks(*resource, "a ServiceEntry for pods of the mesh is not translated yet");
  }
}

void find_disagreeing_services(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto& workload : mesh.workloads()) {
    if (workload.dataplane != Dataplane::Sidecar) continue;
    for (const auto port : mesh.ports_of(workload.id)) {
      if (mesh.protocol_at_sidecar(workload.id, port)) continue;
      const auto services = mesh.services_of(workload.id);
      const auto* resource = manifest(mesh, mesh[services.back()].resource);
      if (resource == nullptr) continue;
      out.push_back(block(mesh, *resource, kNoNode, Code::ServicesDisagree, fmt::format("Services give port {} of {} different protocols", port, workload.subject(mesh.store())),
                          {workload.ns}, "name the ports alike, or set `appProtocol` on all of them"));
    }
  }
}

/// A waypoint on the way to pods judges by its own policies only: it is made one for Services, where its manifest can be edited (add_waypoints). 8.1
void find_existing_waypoints(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto& waypoint : mesh.waypoints()) {
    const auto* resource = manifest(mesh, waypoint.resource);
    if (!waypoint.serves_workloads || resource == nullptr || mesh.store().may_edit(*resource)) continue;
    out.push_back(block(mesh, *resource, kNoNode, Code::UnsupportedWaypoint, "a waypoint on the way to pods judges by its own policies only",
                        sidecar_namespaces(mesh, waypoint.ns, nullptr), "set `istio.io/waypoint-for: service`"));
  }
  for (const auto& ns : mesh.namespaces()) {
    const auto* resource = mesh.namespace_manifest(ns);
    if (resource == nullptr || !has_sidecars(mesh, ns)) continue;
    const auto elsewhere = value_of(resource->labels, kUseWaypointNamespace);
    const auto used = resource->labels.find(kUseWaypoint);
    const auto is_it = [&](const Waypoint& w) { return w.ns == elsewhere && used != resource->labels.end() && w.name == used->second.value; };
    if (elsewhere.empty() ? (used == resource->labels.end() || used->second.value != "none") : std::ranges::any_of(mesh.waypoints(), is_it)) continue;
    out.push_back(block(mesh, *resource, used == resource->labels.end() ? resource->labels.find(kUseWaypointNamespace)->second.node : used->second.node, Code::UnsupportedWaypoint,
                        elsewhere.empty() ? "the namespace is to have no waypoint" : "the waypoint that the namespace is to use is not in the input", {ns},
                        elsewhere.empty() ? "remove the label: the namespace gets a waypoint if something in it needs one" : "add it with `--context`"));
  }
}

/// What stands behind a waypoint already, and may be pods past whose policies it leads whoever comes to it.
void find_unseen_behind_waypoints(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  const auto blocks = [&](const Resource& resource) {
    out.push_back(block(mesh, resource, kNoNode, Code::UnsupportedWaypoint, "its endpoints may be pods, whose policies its waypoint does not ask",
                        sidecar_namespaces(mesh, mesh.root_namespace(), nullptr), "label it `istio.io/use-waypoint: none`"));
  };
  for (const auto& service : mesh.services())
    if (const auto* resource = manifest(mesh, service.resource); resource != nullptr && mesh.waypoint_of(service.id) != nullptr && may_be_guarded_pods(mesh, service))
      blocks(*resource);
  for (const auto* resource : mesh.all(Kind::ServiceEntry))
    if (const auto* entry = std::get_if<ServiceEntry>(&resource->spec); entry != nullptr && mesh.waypoint_of(resource->id) != nullptr && may_be_guarded_pods(mesh, *entry))
      blocks(*resource);
}

/// Where a waypoint is needed, its half of a policy has to name the Services.
void find_nothing_to_assume(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto* resource : mesh.all(Kind::AuthorizationPolicy)) {
    if (!resource->translatable) continue;
    const auto selected = mesh.selected_by(*resource);
    const auto unknown = std::ranges::find_if(selected, [&](WorkloadId id) { return mesh.serviceless_assumed(id) && !layer_4_only(mesh, mesh[id].ns); });
    if (unknown == selected.end()) continue;
    const auto& policy = authorization_of(*resource);
    out.push_back(
        block(mesh, *resource, policy.selector ? policy.selector->node : kNoNode, Code::NothingToAssume, "no Service in the input selects these pods, and no label names one",
              {mesh[*unknown].ns},
              fmt::format("add the Services: `kubectl get services,deployments -n {} -o yaml > cluster.yaml`, then `--context cluster.yaml`", shell_word(mesh[*unknown].ns))));
  }
}

}  // namespace

bool captured_by_chance(const MeshModel& mesh, const MeshWorkload& workload) {
  const auto* resource = manifest(mesh, workload.resource);
  return workload.dataplane == Dataplane::Outside && resource != nullptr && !std::get<Workload>(resource->spec).host_network && value_of(workload.labels, kDataplaneMode) != "none";
}

void find_workload_blockers(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  find_special_pods(mesh, out);
  find_other_endpoints(mesh, out);
  find_disagreeing_services(mesh, out);
  find_existing_waypoints(mesh, out);
  find_unseen_behind_waypoints(mesh, out);
  find_nothing_to_assume(mesh, out);
}

}  // namespace s2a
