// plan, diff and check: they read, and say what they found.
#include <algorithm>
#include <ostream>

#include "backend/render/tally.h"
#include "cli/outcome.h"

namespace s2a {

Exit run_report(const Session& session) {
  if (session.arguments.empty()) return refuse(session, {.message = "which files?", .help = "`s2a plan .` reads the working directory, `s2a plan -` standard input"});
  auto report = make_report(session, false);
  report.brief = report.brief || session.command == Command::Check;
  const auto& text = *find_renderer("text");
  const auto& diff = *find_renderer("diff");
  const auto& own = session.command == Command::Diff ? diff : text;
  const bool written = show(session, report, own, session.out);
  if ((session.options().output != nullptr ? session.options().output : &own) == &diff) {  // a diff has no place for findings
    report.brief = true;
    session.err << text.render(report, session.look_err());
  }
  const auto pending = tally(report.meshes).pending() ? Exit::Pending : Exit::Done;
  return std::max({pending, exit_by_findings(report, session.options().fail_on), written ? Exit::Done : Exit::Invalid});
}

}  // namespace s2a
