// Whom a reason holds back.
#include "ir/passes/blockers.h"

#include "ir/mesh/conventions.h"
#include "ir/mesh/selection.h"

namespace s2a {

Diagnostic block(const MeshModel& mesh, const Resource& resource, NodeId node, Code code, std::string message, const std::set<std::string>& namespaces, std::string_view help) {
  auto out = mesh.store().about(resource, node, code, std::move(message), std::string(help));
  out.keeps.assign(namespaces.begin(), namespaces.end());
  return out;
}

std::set<std::string> sidecar_namespaces(const MeshModel& mesh, const std::string& ns, const Labels* labels) {
  std::set<std::string> out;
  bool known = labels == nullptr || conventional_gateway(*labels);
  for (const auto& workload : mesh.workloads()) {
    if ((ns != mesh.root_namespace() && ns != workload.ns) || (labels != nullptr && !picks(*labels, workload.labels))) continue;
    known = known || !workload.assumed;
    if (workload.dataplane == Dataplane::Sidecar && workload.ns != kAnyNamespace) out.insert(workload.ns);
  }
  return known ? out : sidecar_namespaces(mesh, ns, nullptr);
}

}  // namespace s2a
