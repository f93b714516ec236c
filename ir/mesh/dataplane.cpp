// Injection (istiod's webhook and injectRequired), then ambient mode (istio-cni's enablement), then nothing.
#include "ir/mesh/dataplane.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ir/mesh/well_known.h"

namespace s2a {

namespace {

constexpr std::string_view kControlPlane = "istio-system";  // no installation puts it into the mesh
constexpr std::array<std::string_view, 4> kNeverInjected{"kube-node-lease", "kube-public", "kube-system", "local-path-storage"};

struct Injection {
  bool injected = false;
  std::string reason;
  bool presumed = false;
};

/// The namespace decides, the pod may decline; without a word from the namespace the pod may ask.
Injection injection_of(const MeshWorkload& pod, const Resource* manifest) {
  if (pod.annotations.contains("sidecar.istio.io/status")) return {true, "it was injected"};
  if (std::ranges::find(kNeverInjected, pod.ns) != kNeverInjected.end()) return {false, fmt::format("namespace `{}` is never injected", pod.ns)};
  const bool labelled = pod.labels.contains(kInject);
  const auto wish = value_of(labelled ? pod.labels : pod.annotations, kInject);
  if (!wish.empty() && wish != "true") return {false, fmt::format("{} {} is \"{}\"", labelled ? "label" : "annotation", kInject, wish)};
  const bool asks = (labelled && wish == "true") || pod.labels.contains(kRevision);
  if (!manifest && asks) return {true, "its labels ask for a sidecar"};
  if (!manifest) return {pod.ns != kControlPlane, "the input has no Namespace manifest", true};
  const auto injection = value_of(manifest->labels, kInjection);
  if (!injection.empty()) return {injection == "enabled", fmt::format("Namespace `{}` is labelled istio-injection: {}", pod.ns, injection)};
  if (manifest->labels.contains(kRevision)) return {true, fmt::format("Namespace `{}` is labelled {}", pod.ns, kRevision)};
  if (asks) return {true, "its labels ask for a sidecar"};
  return {false, fmt::format("Namespace `{}` has no label that puts its pods into the mesh", pod.ns)};
}

bool ambient(const MeshWorkload& pod, const Resource* manifest) {
  const auto own = value_of(pod.labels, kDataplaneMode);
  return own == "ambient" || (own != "none" && manifest && value_of(manifest->labels, kDataplaneMode) == "ambient");
}

}  // namespace

DataplaneChoice choose_dataplane(const MeshWorkload& pod, const Resource* manifest, bool host_network, bool behind_gateway) {
  if (host_network) return {Dataplane::Outside, "it runs in the host's network"};
  if (pod.labels.contains(kGatewayName)) return {Dataplane::Gateway, "it is a proxy of a Gateway"};
  if (value_of(pod.annotations, "inject.istio.io/templates").find("gateway") != std::string_view::npos) return {Dataplane::Gateway, "it is injected as a gateway"};
  auto injection = injection_of(pod, manifest);
  if (behind_gateway && (!injection.injected || pod.labels.contains("istio"))) return {Dataplane::Gateway, "a Gateway selects it"};
  if (ambient(pod, manifest) && (!injection.injected || injection.presumed)) return {Dataplane::Ambient, fmt::format("{} is ambient", kDataplaneMode)};
  return {injection.injected ? Dataplane::Sidecar : Dataplane::Outside, std::move(injection.reason), injection.presumed};
}

}  // namespace s2a
