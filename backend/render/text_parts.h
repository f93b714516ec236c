// The parts of the text report that stand between the heading and the sum.
#pragma once

#include <string>

#include "backend/render/report.h"

namespace s2a {

/// The steps of the Plan by namespace, in aligned columns.
[[nodiscard]] std::string actions_text(const MeshReport& mesh, const Look& look);
/// Every line that the Plan adds, with the lines of the input that it comes from, and those that it removes.
[[nodiscard]] std::string origins_text(const MeshReport& mesh, const Look& look);
/// The verdicts on each workload, with a request for what is not equal and no finding shows.
[[nodiscard]] std::string verdicts_text(const Plan& plan, const Look& look);
/// The same of any findings; those of workloads that `shown` speaks of need no request.
[[nodiscard]] std::string verdicts_text(const std::vector<Finding>& findings, const Diagnostics& shown, const Look& look);
/// The diagnostics as excerpts; the same said of several resources is shown once.
[[nodiscard]] std::string excerpts_text(const Diagnostics& diagnostics, const SourceSet& sources, Severity at_least, const Look& look);
/// What is wider and written all the same, with a request for each class of client.
[[nodiscard]] std::string accepted_text(const Plan& plan, const Look& look);
/// What has to be true, with the command that checks it; first what `apply` wants to be told to assume.
[[nodiscard]] std::string assumptions_text(const Plan& plan, const Look& look);
/// The namespaces that stay on sidecars, and the codes that say why.
[[nodiscard]] std::string left_alone_text(const MeshReport& mesh, const Look& look);

}  // namespace s2a
