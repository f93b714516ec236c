// Looking things up in the mesh.
#include "ir/mesh/mesh_model.h"

#include <fmt/format.h>

namespace s2a {

std::string MeshWorkload::subject(const Store& store) const { return resource ? store[*resource].subject() : fmt::format("{} in {}{}", name, ns, assumed ? " (assumed)" : ""); }

const std::vector<const Resource*>& MeshModel::all(Kind kind) const {
  static const std::vector<const Resource*> kNone;
  const auto found = by_kind_.find(kind);
  return found == by_kind_.end() ? kNone : found->second;
}

const Resource* MeshModel::namespace_manifest(std::string_view ns) const {
  const auto found = namespace_manifests_.find(ns);
  return found == namespace_manifests_.end() ? nullptr : found->second;
}

std::vector<ServiceId> MeshModel::services_of(WorkloadId workload) const { return services_of_[static_cast<std::uint32_t>(workload)]; }

bool MeshModel::serviceless_assumed(WorkloadId workload) const {
  const auto& pods = (*this)[workload];
  return pods.assumed && !pods.labels.empty() && services_of(workload).empty();
}

}  // namespace s2a
