// What the commands that report share: the report, where it goes, and the exit code.
#pragma once

#include <optional>

#include "cli/engine.h"
#include "cli/session.h"

namespace s2a {

/// Analyses the session's PATHs, progress shown on a terminal.
[[nodiscard]] Report make_report(const Session& session, bool only_certain);

/// The same for audit.
[[nodiscard]] AuditReport make_audit(const Session& session);

/// The session's two PATHs compared.
[[nodiscard]] VerifyReport make_verification(const Session& session);

/// The session's request, followed. The error: what of it is unclear.
[[nodiscard]] tl::expected<TraceReport, Unclear> make_trace(const Session& session);

/// The report as `--output` wants it (or `otherwise`), and each `--output-file`. False where a file could not be written; that is told.
[[nodiscard]] bool show(const Session& session, const Report& report, const Renderer& otherwise, std::ostream& out);
[[nodiscard]] bool show(const Session& session, const AuditReport& report, const Renderer& otherwise, std::ostream& out);
[[nodiscard]] bool show(const Session& session, const VerifyReport& report, const Renderer& otherwise, std::ostream& out);
[[nodiscard]] bool show(const Session& session, const TraceReport& report, const Renderer& otherwise, std::ostream& out);

/// A format that the session asks for and its command does not have.
[[nodiscard]] std::optional<UsageError> unfit_format(const Session& session);

/// Whether a diagnostic says that s2a itself went wrong.
[[nodiscard]] bool is_our_bug(Code code);

/// By the findings alone: a bug of ours, input that could not be read, findings at or above --fail-on, or Done.
[[nodiscard]] Exit exit_by_findings(const Report& report, FailOn fail_on);
[[nodiscard]] Exit exit_by_findings(const Diagnostics& found, FailOn fail_on);

}  // namespace s2a
