// trace: one request, hop by hop. What is decided is an answer and no failure.
#include <algorithm>
#include <ostream>

#include "backend/render/text_parts.h"
#include "cli/outcome.h"

namespace s2a {

Exit run_trace(const Session& session) {
  const auto& asked = session.options().inquiry;
  if (session.arguments.empty()) return refuse(session, {.message = "which files?", .help = "`s2a trace . --from ID --to HOST:PORT` reads the working directory"});
  if (asked.from.empty() || asked.to.empty())
    return refuse(session, {.message = "who calls, and what?", .help = "--from ID --to HOST:PORT, as `--from shop/web --to reviews.shop:9080`"});
  if (session.options().each) return refuse(session, {.message = "`--each` makes no sense for one request", .help = {}});
  if (const auto unfit = unfit_format(session)) return refuse(session, *unfit);
  const auto report = make_trace(session);
  if (!report) return refuse(session, {.message = report.error().message, .help = report.error().help});
  const auto written = show(session, *report, *find_renderer("text"), session.out) ? Exit::Done : Exit::Invalid;
  const auto read = exit_by_findings(report->diagnostics, FailOn::Never);
  if (read != Exit::Done) session.err << excerpts_text(report->diagnostics, report->store->sources, Severity::Error, session.look_err());
  return std::max(written, read);
}

}  // namespace s2a
