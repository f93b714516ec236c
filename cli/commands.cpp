// The rows of the table of commands.
#include "cli/commands.h"

#include <algorithm>
#include <array>

#include "cli/session.h"

namespace s2a {
namespace {

constexpr std::array kCommands = {
    CommandRow{Command::Plan, "plan", "PATH...", "what would change and why; reads only (the default command)", run_report},
    CommandRow{Command::Diff, "diff", "PATH...", "the same as a unified diff that `git apply` accepts", run_report},
    CommandRow{Command::Apply, "apply", "PATH...", "write the changes: -w in place, or --out-dir DIR for a copy of the tree", run_apply},
    CommandRow{Command::Check, "check", "PATH...", "for CI: quiet; exit 1 if anything is pending or at or above --fail-on", run_report},
    CommandRow{Command::Audit, "audit", "PATH...", "what the mesh uses, what needs a waypoint and why, what blocks the migration", run_audit},
    CommandRow{Command::Explain, "explain", "[CODE]", "what a code means, with a before and an after", run_explain},
    CommandRow{Command::Codes, "codes", "", "every code with its severity and title", run_codes},
    CommandRow{Command::Dump, "dump", "PATH...", "what a stage of the compiler made of the input", run_dump},
    CommandRow{Command::Config, "config", "", "the effective settings and where each comes from", run_config},
    CommandRow{Command::Completion, "completion", "bash|zsh|fish", "a completion script for the shell", run_completion},
    CommandRow{Command::Verify, "verify", "BEFORE AFTER", "compare the decisions of two trees, whoever wrote the second", run_verify},
    CommandRow{Command::Trace, "trace", "PATH...", "one request, hop by hop: who decides, by which rule and line, with sidecars and after the plan", run_trace},
};

}  // namespace

std::span<const CommandRow> commands() { return kCommands; }

const CommandRow& row(Command command) { return *std::ranges::find(kCommands, command, &CommandRow::command); }

const CommandRow* find_command(std::string_view name) {
  const auto found = std::ranges::find(kCommands, name, &CommandRow::name);
  return found == kCommands.end() ? nullptr : &*found;
}

}  // namespace s2a
