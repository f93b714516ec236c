// audit: what the mesh uses and what stands in the way. Findings do not fail it, unless --fail-on is given.
#include <algorithm>

#include "cli/outcome.h"

namespace s2a {
namespace {

/// By whomever: a flag, a variable or the config file.
bool is_given(const Session& session, std::string_view setting) {
  return std::ranges::any_of(session.settings.effective, [&](const Effective& effective) { return effective.setting->name == setting && !effective.origin.empty(); });
}

}  // namespace

Exit run_audit(const Session& session) {
  if (session.arguments.empty()) return refuse(session, {.message = "which files?", .help = "`s2a audit .` reads the working directory, `s2a audit -` standard input"});
  if (const auto unfit = unfit_format(session)) return refuse(session, *unfit);
  const auto report = make_audit(session);
  auto out = show(session, report, *find_renderer("text"), session.out) ? Exit::Done : Exit::Invalid;
  const auto fail_on = is_given(session, "fail-on") ? session.options().fail_on : FailOn::Never;
  for (const auto& mesh : report.meshes) out = std::max(out, exit_by_findings(mesh.audit.diagnostics, fail_on));
  return out;
}

}  // namespace s2a
