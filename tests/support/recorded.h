// A mesh as a rig ran it (shared/vectors), and its recorded requests in the models' terms.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "ir/authz/enforcement.h"
#include "ir/authz/message.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::test {

/// The documents as the rig's API server held them: Services with ages, the MeshConfig in its ConfigMap.
[[nodiscard]] std::string recorded_manifests(const std::string& manifests, const nlohmann::json& mesh_config);

class RecordedMesh {
 public:
  /// `manifests`: documents that hold all of the mesh, such as recorded_manifests(); `mesh_config` is asked again for what requests go through before the model.
  RecordedMesh(const std::string& manifests, const nlohmann::json& mesh_config);

  const MeshModel& operator*() const { return mesh_.mesh; }
  const MeshModel* operator->() const { return &mesh_.mesh; }
  [[nodiscard]] WorkloadId workload(const std::string& pod) const;

  /// Pod, Service and ports of a recorded `to`. Its client class is left to the caller; nothing where there is no such Service port.
  /// `pod`: the one that gets it where `to` names none; without any the first behind the Service. A pod without the port gets container port 0.
  [[nodiscard]] std::optional<Question> question(const nlohmann::json& to, const std::string& pod, bool http) const;
  /// `source` has `principal` and `ip`; `asked` has `http`, and perhaps `sni`. Nothing where Envoy's codec answers.
  [[nodiscard]] std::optional<Request> request(const nlohmann::json& source, const nlohmann::json& asked, const Question& question) const;

 private:
  [[nodiscard]] std::string address_of(const MeshService& service) const;

  TestMesh mesh_;
  PathNormalization normalization_;
};

/// A recorded identity: null for plaintext.
[[nodiscard]] AttributeValues principal_of(const nlohmann::json& principal);

}  // namespace s2a::test
