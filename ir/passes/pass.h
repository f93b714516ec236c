// What a pass is: a row of the table in ir/pipeline.cpp, that sees the mesh as the Plan so far leaves it and appends to the Plan.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "ir/conversion/options.h"
#include "ir/mesh/mesh_model.h"
#include "ir/plan.h"
#include "ir/proof/acceptance.h"

namespace s2a {

struct PassOptions {
  std::string waypoint_name = "waypoint";
  GatewayApi gateway_api;                       ///< for which routes are written
  std::set<std::string, std::less<>> left_out;  ///< namespaces that stay as they are whatever the gate says: `apply` without `--assume`
  std::vector<Acceptance> accepted;             ///< what may be written though it is wider
};

struct Survey;  // ir/passes/survey.h

struct PassContext {
  const MeshModel& before;  ///< the input
  const MeshModel& now;     ///< the input with the Plan so far
  const PassOptions& options;
  const Survey& survey;  ///< who moves, of `before`
  Plan& plan;
};

struct Pass {
  std::string_view name;
  std::string_view summary;
  void (*run)(PassContext&);
};

}  // namespace s2a
