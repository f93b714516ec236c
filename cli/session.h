// What a command has at hand, and the commands themselves.
#pragma once

#include <iosfwd>
#include <vector>

#include "backend/render/report.h"
#include "cli/command_line.h"
#include "cli/run.h"
#include "cli/settings.h"

namespace s2a {

struct Session {
  Command command = Command::Plan;
  std::vector<std::string> arguments;
  Resolved settings;
  const Environment& environment;
  std::ostream& out;
  std::ostream& err;

  [[nodiscard]] const Options& options() const { return settings.options; }
  /// How text looks on `out`, and on `err`.
  [[nodiscard]] Look look_out() const;
  [[nodiscard]] Look look_err() const;
};

/// Says what was wrong with the command line, the settings or the environment.
[[nodiscard]] Exit refuse(const Session& session, const UsageError& error);

/// plan, diff and check.
[[nodiscard]] Exit run_report(const Session& session);
[[nodiscard]] Exit run_apply(const Session& session);
[[nodiscard]] Exit run_audit(const Session& session);
[[nodiscard]] Exit run_verify(const Session& session);
[[nodiscard]] Exit run_trace(const Session& session);
[[nodiscard]] Exit run_explain(const Session& session);
[[nodiscard]] Exit run_codes(const Session& session);
[[nodiscard]] Exit run_config(const Session& session);
[[nodiscard]] Exit run_completion(const Session& session);
[[nodiscard]] Exit run_dump(const Session& session);

}  // namespace s2a
