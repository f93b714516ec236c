// What plan, diff, check and apply share: the report, where it goes, and the exit code.
#pragma once

#include "cli/engine.h"
#include "cli/session.h"

namespace s2a {

/// Analyses the session's PATHs, progress shown on a terminal.
[[nodiscard]] Report make_report(const Session& session, bool only_certain);

/// The report as `--output` wants it (or `otherwise`), and each `--output-file`. False where a file could not be written; that is told.
[[nodiscard]] bool show(const Session& session, const Report& report, const Renderer& otherwise, std::ostream& out);

/// Whether a diagnostic says that s2a itself went wrong.
[[nodiscard]] bool is_our_bug(Code code);

/// By the findings alone: a bug of ours, input that could not be read, findings at or above --fail-on, or Done.
[[nodiscard]] Exit exit_by_findings(const Report& report, FailOn fail_on);

}  // namespace s2a
