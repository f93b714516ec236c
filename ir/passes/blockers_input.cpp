// Namespaces that hold what was not understood, stands twice, or must not be edited.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ir/passes/blockers.h"

namespace s2a {
namespace {

/// Kinds by which a namespace's requests are decided; an error in another kind of resource is told and is in nobody's way.
constexpr std::array kDeciding = {Kind::AuthorizationPolicy,
                                  Kind::RequestAuthentication,
                                  Kind::PeerAuthentication,
                                  Kind::VirtualService,
                                  Kind::DestinationRule,
                                  Kind::Sidecar,
                                  Kind::EnvoyFilter,
                                  Kind::WasmPlugin,
                                  Kind::TrafficExtension,
                                  Kind::HTTPRoute,
                                  Kind::TCPRoute,
                                  Kind::TLSRoute,
                                  Kind::GRPCRoute,
                                  Kind::K8sGateway,
                                  Kind::ServiceEntry,
                                  Kind::WorkloadEntry,
                                  Kind::WorkloadGroup,
                                  Kind::Service,
                                  Kind::Namespace,
                                  Kind::Pod,
                                  Kind::Deployment,
                                  Kind::StatefulSet,
                                  Kind::DaemonSet,
                                  Kind::ReplicaSet,
                                  Kind::ReplicationController,
                                  Kind::Job,
                                  Kind::CronJob,
                                  Kind::Rollout,
                                  Kind::ProxyConfig};

/// Kinds that a translation edits.
constexpr std::array kEdited = {Kind::AuthorizationPolicy, Kind::Namespace};

/// Routes and TLS settings count for the clients, wherever they are.
bool read_by_clients(Kind kind) {
  return kind == Kind::VirtualService || kind == Kind::DestinationRule || kind == Kind::HTTPRoute || kind == Kind::TCPRoute || kind == Kind::TLSRoute || kind == Kind::GRPCRoute;
}

std::set<std::string> touched(const MeshModel& mesh, const Resource& resource) {
  const auto& ns = resource.kind == Kind::Namespace ? resource.name.value : resource.ns.value;
  const bool everywhere = ns == kAnyNamespace || read_by_clients(resource.kind);
  return sidecar_namespaces(mesh, everywhere ? mesh.root_namespace() : ns, nullptr);
}

}  // namespace

void find_input_blockers(const MeshModel& mesh, std::vector<Diagnostic>& out) {
  for (const auto kind : kDeciding) {
    for (const auto* resource : mesh.all(kind)) {
      const bool in_the_way = !resource->translatable || resource->ns.value == kAnyNamespace || std::ranges::find(kEdited, kind) != kEdited.end();
      if (!resource->locked.empty() && in_the_way)
        out.push_back(block(mesh, *resource, kNoNode, Code::Locked, fmt::format("the text must not be edited: {}", resource->locked), touched(mesh, *resource),
                            "render templates and kustomizations first; mend what else is named"));
      else if (!resource->translatable)
        out.push_back(block(mesh, *resource, kNoNode, Code::NotUnderstood, "the resource has errors, so what it decides is not known", touched(mesh, *resource),
                            "mend or render what is shown for it, or leave it out with `--exclude`"));
    }
  }
  for (const auto& [first, second] : mesh.duplicates()) {
    if (std::ranges::find(kDeciding, second->kind) == kDeciding.end()) continue;
    auto found = block(mesh, *second, kNoNode, Code::DuplicateResource, "the resource is defined twice, so which one counts is not known", touched(mesh, *second),
                       "one run is one mesh: narrow the PATH to one environment, or use `--each`");
    found.labels.push_back(mesh.store().label(*first, first->name.node, "defined here as well", LabelKind::Info));
    out.push_back(std::move(found));
  }
  for (const auto* resource : mesh.ambiguous_mtls())
    out.push_back(block(mesh, *resource, kNoNode, Code::DuplicateResource, "another PeerAuthentication of the same scope says otherwise, and the oldest is not known",
                        touched(mesh, *resource), "keep one"));
  for (const auto kind : {Kind::IstioConfigMap, Kind::IstioOperator, Kind::SailIstio}) {
    for (const auto* resource : mesh.all(kind)) {
      const auto* config = std::get_if<MeshConfig>(&resource->spec);
      if (!resource->translatable)
        out.push_back(block(mesh, *resource, kNoNode, Code::NotUnderstood, "the mesh's configuration has errors, so what it decides is not known",
                            sidecar_namespaces(mesh, mesh.root_namespace(), nullptr), "mend or render what is shown for it, or leave it out with `--exclude`"));
      const auto blocks = [&](std::string message) {
        out.push_back(block(mesh, *resource, kNoNode, Code::UnsupportedMeshConfig, std::move(message), sidecar_namespaces(mesh, mesh.root_namespace(), nullptr),
                            "no namespace leaves its sidecars"));
      };
      if (config != nullptr && config->registry_only) blocks("ztunnel does not keep callers to the registry");
      if (config != nullptr && !config->auto_mtls) blocks("without automatic mutual TLS, sidecars see callers that ambient mode gives an identity");
    }
  }
}

}  // namespace s2a
