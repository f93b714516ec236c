// Reasons to leave namespaces on sidecars: everything that is not translated yet, or must not be.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ir/mesh/mesh_model.h"

namespace s2a {

/// The help for what can only wait.
inline constexpr std::string_view kStay = "the namespaces that it applies to stay on sidecars";

/// A diagnostic at a node of the resource (kNoNode: its name) that keeps these namespaces.
[[nodiscard]] Diagnostic block(const MeshModel& mesh, const Resource& resource, NodeId node, Code code, std::string message, const std::set<std::string>& namespaces,
                               std::string_view help);

/// The namespaces of the sidecar workloads that `labels` pick in `ns`, or in all namespaces where `ns` is the root namespace; nullptr picks all.
/// Labels that pick no workload of the input are not known to pick none: they count as picking all, unless they are a gateway's.
[[nodiscard]] std::set<std::string> sidecar_namespaces(const MeshModel& mesh, const std::string& ns, const Labels* labels);

/// What a resource asks of the pods that it is for; nullptr: it is for all.
[[nodiscard]] inline const Labels* labels_of(const std::optional<Labels>& selector) { return selector ? &*selector : nullptr; }
[[nodiscard]] inline const Labels* labels_of(const std::optional<Selector>& selector) { return selector ? labels_of(selector->match_labels) : nullptr; }

/// Whether ambient mode would capture pods that no sidecar captured, only because their namespace moves.
[[nodiscard]] bool captured_by_chance(const MeshModel& mesh, const MeshWorkload& workload);

/// One function a file: blockers_<topic>.cpp
void find_policy_blockers(const MeshModel& mesh, std::vector<Diagnostic>& out);
void find_traffic_blockers(const MeshModel& mesh, std::vector<Diagnostic>& out);
void find_proxy_blockers(const MeshModel& mesh, std::vector<Diagnostic>& out);
void find_workload_blockers(const MeshModel& mesh, std::vector<Diagnostic>& out);
void find_input_blockers(const MeshModel& mesh, std::vector<Diagnostic>& out);

}  // namespace s2a
