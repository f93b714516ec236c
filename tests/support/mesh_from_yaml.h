// A mesh for tests, read from YAML by the real front end.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ir/mesh/mesh_model.h"

namespace s2a::test {

/// The mesh and what it stands on. Movable: ids and references stay good.
struct TestMesh {
  std::unique_ptr<Store> store;
  Snapshot snapshot;
  Diagnostics diagnostics;
  MeshModel mesh;

  const MeshModel& operator*() const { return mesh; }
  const MeshModel* operator->() const { return &mesh; }
  /// The first of that name; without one the test fails, and the very first stands in.
  [[nodiscard]] WorkloadId workload(std::string_view name) const;
  [[nodiscard]] ServiceId service(std::string_view name) const;
};

/// What documents of one file hold. A namespace that is not written is `default`. Errors go to `told`.
[[nodiscard]] Snapshot read_yaml(Store& store, std::string_view yaml, std::string path, Diagnostics& told);

/// In: documents of one file `mesh.yaml`. A namespace that is not written is `default`. Errors stay in the diagnostics.
[[nodiscard]] TestMesh mesh_from_yaml(std::string_view yaml, const MeshOptions& options = {});

/// ConfigMap `istio` with this MeshConfig, as one document without separators.
[[nodiscard]] std::string mesh_config_map(const std::string& mesh_config);

/// Their names, in one line: `allow-a deny-b`.
[[nodiscard]] std::string names_of(const std::vector<const Resource*>& resources);

}  // namespace s2a::test
