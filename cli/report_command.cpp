// plan, diff and check: they read, and say what they found.
#include <algorithm>
#include <ostream>
#include <string_view>

#include "backend/render/tally.h"
#include "cli/outcome.h"

namespace s2a {
namespace {

/// What `git apply` has to be told about paths that do not lie in the working directory; empty: nothing.
std::string_view how_to_apply(const Report& report) {
  bool absolute = false;
  bool above = false;
  for (const auto& mesh : report.meshes) {
    for (const auto& change : mesh.changes) {
      absolute = absolute || change.path.starts_with('/');
      above = above || change.path.find("../") != std::string::npos;
    }
  }
  return absolute ? "apply the diff with `git -C / apply`: its paths are absolute"
         : above  ? "`git apply` passes over paths above the working directory: make the diff in a directory that holds them all"
                  : "";
}

}  // namespace

Exit run_report(const Session& session) {
  if (session.arguments.empty()) return refuse(session, {.message = "which files?", .help = "`s2a plan .` reads the working directory, `s2a plan -` standard input"});
  if (const auto unfit = unfit_format(session)) return refuse(session, *unfit);
  auto report = make_report(session, false);
  report.brief = report.brief || session.command == Command::Check;
  const auto& text = *find_renderer("text");
  const auto& diff = *find_renderer("diff");
  const auto& own = session.command == Command::Diff ? diff : text;
  const bool written = show(session, report, own, session.out);
  if ((session.options().output != nullptr ? session.options().output : &own) == &diff) {  // a diff has no place for findings
    report.brief = true;
    session.err << text.render(report, session.look_err());
    if (const auto hint = how_to_apply(report); !hint.empty()) session.err << "note: " << hint << '\n';
  }
  const auto pending = tally(report.meshes).pending() ? Exit::Pending : Exit::Done;
  return std::max({pending, exit_by_findings(report, session.options().fail_on), written ? Exit::Done : Exit::Invalid});
}

}  // namespace s2a
