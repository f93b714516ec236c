// PeerAuthentication at ztunnel: read alike, or with the faults of istiod's conversion. authorization.md 3.4, F9
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "ir/audit/judges.h"

namespace s2a {
namespace {

const PeerAuthentication& modes_of(const Resource& resource) { return std::get<PeerAuthentication>(resource.spec); }

/// The ports of a pod that PeerAuthentication can speak of.
std::set<std::uint16_t> ports_to_ask(const MeshModel& mesh, WorkloadId id, const Resource& resource) {
  const auto declared = mesh.ports_of(id);
  std::set<std::uint16_t> out(declared.begin(), declared.end());
  for (const auto& [port, mode] : modes_of(resource).port_modes) out.insert(port);
  return out;
}

/// Whether it is the one that decides for the pod at its sidecar: the closest of its labels, its namespace and the mesh.
bool decides_for(const MeshModel& mesh, const MeshWorkload& pod, const Resource& resource) {
  const auto [ns, own] = mesh.mtls_policies(pod.id);
  if (own != nullptr) return own == &resource;
  if (ns != nullptr && modes_of(*ns).mode.value != MtlsMode::Unset) return ns == &resource;
  return resource.ns.value == mesh.root_namespace() && (!modes_of(resource).selector || modes_of(resource).selector->empty());
}

std::string_view kept(MtlsMode mode) {
  switch (mode) {
    case MtlsMode::Strict: return "kept: it is not redundant, without it ztunnel takes plaintext";
    case MtlsMode::Permissive: return "kept: ztunnel reads it alike";
    case MtlsMode::Disable: return "in ambient mode every pod takes mutual TLS as well";
    case MtlsMode::Unset: return "kept: it leaves the mode to others";
  }
  return "";
}

}  // namespace

std::optional<Touch> judge_peer_authentication(const MeshModel& mesh, const Resource& resource) {
  if (!std::holds_alternative<PeerAuthentication>(resource.spec)) return std::nullopt;
  bool touches = false;
  std::set<std::uint16_t> opened;
  std::set<std::uint16_t> closed;
  for (const auto& pod : mesh.workloads()) {
    if (pod.dataplane != Dataplane::Sidecar || !decides_for(mesh, pod, resource)) continue;
    touches = true;
    for (const auto port : ports_to_ask(mesh, pod.id, resource)) {
      const bool strict = mesh.mtls_at_sidecar(pod.id, port) == MtlsMode::Strict && mesh.captured_by_sidecar(pod.id, port);
      if (strict != mesh.refuses_plaintext_at_ztunnel(pod.id, port)) (strict ? opened : closed).insert(port);
    }
  }
  if (!touches) return std::nullopt;
  const auto& mode = modes_of(resource).mode;
  if (!opened.empty())
    return Touch{ImpactKind::Changes, fmt::format("to be normalised: istiod does not tell ztunnel to refuse plaintext to port {}", fmt::join(opened, ", ")), mode.node};
  if (!closed.empty()) return Touch{ImpactKind::Changes, fmt::format("to be normalised: ztunnel refuses the plaintext that port {} takes", fmt::join(closed, ", ")), mode.node};
  return Touch{ImpactKind::Harmless, std::string(kept(mode.value)), mode.node};
}

}  // namespace s2a
