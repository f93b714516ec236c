// Both trees in one store -> compare_routes() -> the worst.
#include "tests/support/routed_trees.h"

#include <fmt/format.h>

namespace s2a::test {

RoutedTrees::RoutedTrees(std::string_view before, std::string_view after, const MeshOptions& options)
    : before_(MeshModel::build(store_, read_yaml(store_, before, "before.yaml", told_), options)),
      after_(before_.rebuilt(read_yaml(store_, after, "after.yaml", told_))),
      sides_(before_, after_, {}) {}

RoutesCompared RoutedTrees::worst(std::string_view to, std::uint16_t port, ClientClass client) {
  RoutesCompared out;
  for (const auto& known : routable(before_)) {
    const auto subject = about_routes(before_, known, client).subject;
    if (subject != to && subject != fmt::format("Service {}", to)) continue;
    for (const auto& compared : sides_.compare_routes(known, client)) {
      if (compared.question.service_port != port) continue;
      ++out.ways;
      const auto found = compared.comparison.value_or(Comparison{.verdict = Verdict::Unknown, .difference = {}, .unknown = "what a port speaks is not known"});
      if (found.verdict <= out.comparison.verdict) continue;
      out.comparison = found;
      if (found.difference) out.witness = sides_.witness(compared);
    }
  }
  return out;
}

Judgement RoutedTrees::judged(const std::vector<Acceptance>& accepted) const {
  std::vector<WorkloadId> moving;
  for (const auto& workload : before_.workloads())
    if (workload.dataplane == Dataplane::Sidecar && after_[workload.id].dataplane == Dataplane::Ambient) moving.push_back(workload.id);
  return judge(before_, after_, moving, {}, accepted);
}

}  // namespace s2a::test
