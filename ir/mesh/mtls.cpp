// PeerAuthentication as sidecars read it, and as istiod turns it into ztunnel's policies, defects and all. authorization.md 2.8, 3.4
#include <algorithm>

#include "ir/mesh/mesh_model.h"
#include "ir/mesh/metadata.h"

namespace s2a {

namespace {

const PeerAuthentication& spec_of(const Resource& resource) { return std::get<PeerAuthentication>(resource.spec); }

/// The mode that is written; Unset for no policy.
MtlsMode mode_of(const Resource* resource) { return resource == nullptr ? MtlsMode::Unset : spec_of(*resource).mode.value; }

bool names_labels(const Resource& resource) { return spec_of(resource).selector && !spec_of(resource).selector->empty(); }

const Resource* oldest(const Store& store, const std::vector<const Resource*>& candidates) {
  const auto age = [&](const Resource* r) { return std::pair(created_at(store, *r), r->name.value); };
  const auto found = std::ranges::min_element(candidates, {}, age);
  return found == candidates.end() ? nullptr : *found;
}

/// One policy a level: the oldest of the mesh, of the namespace, and of those whose labels pick the pod. One with labels in the root namespace counts for nobody.
struct Levels {
  const Resource* mesh = nullptr;
  const Resource* ns = nullptr;
  const Resource* workload = nullptr;

  [[nodiscard]] MtlsMode above_workload() const {
    if (mode_of(ns) != MtlsMode::Unset) return mode_of(ns);
    return mode_of(mesh) == MtlsMode::Unset ? MtlsMode::Permissive : mode_of(mesh);
  }
};

template <class Counts>
Levels levels_of(const MeshModel& mesh, const Counts& counts) {
  const auto level = [&](bool root, bool labels) {
    auto found = mesh.all(Kind::PeerAuthentication);
    std::erase_if(found, [&](const Resource* r) {
      return !std::holds_alternative<PeerAuthentication>(r->spec) || names_labels(*r) != labels || (r->ns.value == mesh.root_namespace()) != root || !counts(*r);
    });
    return oldest(mesh.store(), found);
  };
  return {.mesh = level(true, false), .ns = level(false, false), .workload = level(false, true)};
}

Levels levels_of_namespace(const MeshModel& mesh, std::string_view ns) {
  return levels_of(mesh, [&](const Resource& r) { return !names_labels(r) && (r.ns.value == ns || r.ns.value == mesh.root_namespace()); });
}

bool has(const PeerAuthentication& policy, std::initializer_list<MtlsMode> modes) {
  return std::ranges::any_of(policy.port_modes, [&](const auto& port) { return std::ranges::find(modes, port.second) != modes.end(); });
}

/// Whether the DENY policy that istiod makes of a workload's ports refuses plaintext to this one; false where it makes none. 3.4
bool refused_by_ports(const MeshModel& mesh, const Resource& workload, std::uint16_t port) {
  const auto without_selector =
      levels_of(mesh, [&](const Resource& r) { return !spec_of(r).selector && (r.ns.value == workload.ns.value || r.ns.value == mesh.root_namespace()); });
  const auto mesh_mode = mode_of(without_selector.mesh);
  const auto ns_mode = mode_of(without_selector.ns);
  const auto& policy = spec_of(workload);
  const auto own = policy.mode.value;
  const bool own_is_open = own == MtlsMode::Permissive || own == MtlsMode::Disable;
  // defect b: a namespace's policy without a mode hides the mesh's
  const bool open_above = without_selector.ns != nullptr ? ns_mode != MtlsMode::Strict : mesh_mode != MtlsMode::Strict;
  // defect a: the mesh's mode counts although the workload has its own
  const bool strict_anyway = own == MtlsMode::Strict || (own == MtlsMode::Unset && ns_mode == MtlsMode::Strict) || (ns_mode == MtlsMode::Unset && mesh_mode == MtlsMode::Strict);
  bool named = false;
  bool spared = false;
  bool any_spared = false;
  for (const auto& [number, mode] : policy.port_modes) {
    if (mode == MtlsMode::Strict) {
      named = named || (!strict_anyway && number == port);
    } else if (mode != MtlsMode::Unset && !own_is_open && !(own == MtlsMode::Unset && open_above)) {
      any_spared = true;
      spared = spared || number == port;
    }
  }
  return named || (any_spared && !spared);
}

}  // namespace

bool MeshModel::strict_mtls(std::string_view ns) const { return levels_of_namespace(*this, ns).above_workload() == MtlsMode::Strict; }

MtlsMode MeshModel::mtls_at_sidecar(WorkloadId id, std::uint16_t port) const {
  const auto& pod = (*this)[id];
  const auto levels = levels_of(*this, [&](const Resource& r) { return (r.ns.value == pod.ns || r.ns.value == root_namespace_) && picks(spec_of(r).selector, pod.labels); });
  if (levels.workload == nullptr) return levels.above_workload();
  const auto& ports = spec_of(*levels.workload).port_modes;
  const auto own = ports.find(port);
  if (own != ports.end() && own->second != MtlsMode::Unset) return own->second;
  return mode_of(levels.workload) == MtlsMode::Unset ? levels.above_workload() : mode_of(levels.workload);
}

bool MeshModel::refuses_plaintext_at_ztunnel(WorkloadId id, std::uint16_t port) const {
  const auto& pod = (*this)[id];
  const auto levels = levels_of(*this, [&](const Resource& r) {
    const auto& selector = spec_of(r).selector;
    if (r.ns.value == pod.ns) return picks(selector, pod.labels);
    return r.ns.value == root_namespace_ && !selector;  // defect d: an empty selector in the root namespace is not seen
  });
  const bool strict = levels.above_workload() == MtlsMode::Strict;
  if (levels.workload == nullptr) return strict;
  const auto& policy = spec_of(*levels.workload);
  const auto own = policy.mode.value;
  const bool own_strict = own == MtlsMode::Unset ? strict : own == MtlsMode::Strict;
  if (policy.port_modes.empty()) return own_strict;
  // the pod is told to ask the policy of its ports, which may never be sent: defects a, b, e, f
  const bool by_ports = own == MtlsMode::Strict                ? has(policy, {MtlsMode::Permissive, MtlsMode::Disable})
                        : own == MtlsMode::Unset && own_strict ? has(policy, {MtlsMode::Permissive})  // defect c: DISABLE is not looked for
                                                               : has(policy, {MtlsMode::Strict});
  return by_ports ? refused_by_ports(*this, *levels.workload, port) : own_strict;
}

std::pair<const Resource*, const Resource*> MeshModel::mtls_policies(WorkloadId id) const {
  const auto& pod = (*this)[id];
  const auto levels = levels_of(*this, [&](const Resource& r) { return r.ns.value == pod.ns && picks(spec_of(r).selector, pod.labels); });
  return {levels.ns, levels.workload};
}

std::vector<const Resource*> MeshModel::ambiguous_mtls() const {
  std::vector<const Resource*> ambiguous;
  for (const auto& ns : namespaces_) {
    auto candidates = all(Kind::PeerAuthentication);
    std::erase_if(candidates, [&](const Resource* r) { return !std::holds_alternative<PeerAuthentication>(r->spec) || r->ns.value != ns || names_labels(*r); });
    const bool aged = std::ranges::none_of(candidates, [&](const Resource* r) { return created_at(*store_, *r).empty(); });
    const bool agreed = std::ranges::all_of(candidates, [&](const Resource* r) { return mode_of(r) == mode_of(candidates.front()); });
    if (!aged && !agreed) ambiguous.insert(ambiguous.end(), candidates.begin(), candidates.end());
  }
  return ambiguous;
}

}  // namespace s2a
