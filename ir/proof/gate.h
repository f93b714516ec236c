// The gate: every workload that moves is compared before and after, for every class of client and every address, and what came out wider or unknown is not written.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/mesh/mesh_model.h"
#include "ir/plan.h"
#include "ir/proof/acceptance.h"

namespace s2a {

struct Judgement {
  std::vector<Finding> findings;
  std::vector<AcceptedWider> accepted;
  Diagnostics diagnostics;
  std::set<std::string, std::less<>> refused;  ///< namespaces with a workload that came out wider or unknown
  bool holds_back = false;                     ///< a workload that stays would let ambient callers in: nobody may become one
};

/// Workloads of `before`: those whose namespace moves, and those that keep their sidecars or are ambient already; `after` has the same under the same ids (MeshModel::rebuilt).
[[nodiscard]] Judgement judge(const MeshModel& before, const MeshModel& after, const std::vector<WorkloadId>& moving, const std::vector<WorkloadId>& staying,
                              const std::vector<Acceptance>& accepted = {});

/// What no verdict speaks of, in words, for every report. authorization.md 8.6
[[nodiscard]] std::span<const std::string_view> outside_the_comparison();

}  // namespace s2a
