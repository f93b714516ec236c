// From PATHs to reports: load, read, index, plan, and the proof that the result plans nothing more.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "backend/render/audit_report.h"
#include "backend/render/report.h"
#include "backend/render/trace_report.h"
#include "backend/render/verify_report.h"
#include "cli/options.h"
#include "cli/rewriter.h"

namespace s2a {

/// One mesh, read and indexed.
struct Input {
  std::string name;  ///< the PATH with --each, else empty
  std::unique_ptr<Store> store;
  Reading reading;
  MeshModel mesh;
  std::size_t files = 0;  ///< that were loaded
};

/// Told what is under way, for people who wait.
using Progress = std::function<void(std::string_view)>;

/// The meshes that the PATHs stand for: one, or one a PATH with --each.
[[nodiscard]] std::vector<std::vector<std::string>> meshes_of(const std::vector<std::string>& paths, bool each);

/// Reads one mesh. What cannot be read is told in its diagnostics.
[[nodiscard]] Input read_input(const std::vector<std::string>& paths, const Options& options);

/// Plans one mesh. `only_certain`: namespaces whose translation rests on assumptions about the input are left out, as `apply` without --assume does.
/// The result is planned again: a Plan that leaves something to do is our bug, and has no changes.
[[nodiscard]] MeshReport plan_input(Input input, const Options& options, bool only_certain);

/// Plans the result of a Plan again, which has to leave nothing to do. Else it is our bug: that is told, and the report keeps no changes.
void keep_if_done(MeshReport& report, const Input& input, const Snapshot& result, const Options& options, const PassOptions& passes);

/// All of it, in the order of the PATHs, as many meshes at a time as there are jobs.
[[nodiscard]] std::vector<MeshReport> analyse(const std::vector<std::string>& paths, const Options& options, bool only_certain, const Progress& progress);

/// What each mesh uses, without planning anything.
[[nodiscard]] std::vector<AuditMesh> audit_meshes(const std::vector<std::string>& paths, const Options& options, const Progress& progress);

/// Two trees in one store, compared. What of them could not be read is told in the diagnostics.
[[nodiscard]] VerifyReport verify_trees(const std::string& before, const std::string& after, const Options& options, const Progress& progress);

/// The inquiry of the options, followed through the tree as it is, and as the Plan leaves it.
[[nodiscard]] tl::expected<TraceReport, Unclear> trace_request(const std::vector<std::string>& paths, const Options& options, const Progress& progress);

}  // namespace s2a
