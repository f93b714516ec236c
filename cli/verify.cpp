// verify: two trees, whoever wrote the second. Fails where the second lets in what the first refuses, and where nothing can be said.
#include <algorithm>

#include "cli/outcome.h"

namespace s2a {

Exit run_verify(const Session& session) {
  if (session.arguments.size() != 2) return refuse(session, {.message = "which two trees?", .help = "`s2a verify BEFORE AFTER` compares the second PATH with the first"});
  if (session.arguments.front() == session.arguments.back() && session.arguments.front() == "-")
    return refuse(session, {.message = "standard input can be one of the two trees only", .help = {}});
  if (session.options().each) return refuse(session, {.message = "`--each` makes no sense for two trees of one mesh", .help = {}});
  if (const auto unfit = unfit_format(session)) return refuse(session, *unfit);
  const auto report = make_verification(session);
  const auto written = show(session, report, *find_renderer("text"), session.out) ? Exit::Done : Exit::Invalid;
  return std::max(written, exit_by_findings(report.verification.diagnostics, session.options().fail_on));
}

}  // namespace s2a
