// Telling pods from the templates that they were made from.
#include "ir/mesh/templates.h"

#include <algorithm>
#include <array>
#include <set>

#include "ir/mesh/metadata.h"
#include "ir/mesh/selection.h"

namespace s2a {

namespace {

/// Labels that controllers and the injector add to a template's pods.
constexpr std::array<std::string_view, 15> kAddedLabels{"apps.kubernetes.io/pod-index",
                                                        "batch.kubernetes.io/controller-uid",
                                                        "batch.kubernetes.io/job-completion-index",
                                                        "batch.kubernetes.io/job-name",
                                                        "controller-revision-hash",
                                                        "controller-uid",
                                                        "job-name",
                                                        "networking.istio.io/tunnel",
                                                        "pod-template-generation",
                                                        "pod-template-hash",
                                                        "rollouts-pod-template-hash",
                                                        "security.istio.io/tlsMode",
                                                        "service.istio.io/canonical-name",
                                                        "service.istio.io/canonical-revision",
                                                        "statefulset.kubernetes.io/pod-name"};

/// Equal for pods of one template.
std::string template_of(const Resource& resource) {
  auto labels = std::get<Workload>(resource.spec).pod_labels;
  std::erase_if(labels, [](const auto& label) { return std::ranges::find(kAddedLabels, label.first) != kAddedLabels.end(); });
  return resource.ns.value + "/" + selector_text(labels);
}

}  // namespace

std::vector<const Resource*> distinct_workloads(const Store& store, const std::vector<const Resource*>& resources) {
  std::vector<const Resource*> workloads;
  std::ranges::copy_if(resources, std::back_inserter(workloads), [](const Resource* r) { return std::holds_alternative<Workload>(r->spec); });
  std::set<std::string> templates;
  for (const auto* workload : workloads) {
    if (!owned(store, *workload)) templates.insert(template_of(*workload));
  }
  std::erase_if(workloads, [&](const Resource* workload) { return owned(store, *workload) && !templates.insert(template_of(*workload)).second; });
  return workloads;
}

}  // namespace s2a
