// The command line, read by CLI11: the one place that sees it.
#pragma once

#include <span>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "cli/commands.h"
#include "cli/settings.h"
#include "cli/usage_error.h"

namespace s2a {

struct CommandLine {
  Command command = Command::Plan;
  std::vector<std::string> arguments;  ///< what is no flag: PATHs, a code, a shell
  GivenSettings settings;
  std::string answer;  ///< not empty: print this and be done (`--help`, `--version`)
};

/// A command line without the program's name. Flags may stand before the command; without a command it is `plan`.
[[nodiscard]] tl::expected<CommandLine, UsageError> parse_command_line(std::span<const std::string> args);

/// A flag as a completion script has to know it.
struct FlagShape {
  std::string name;    ///< `fail-on`
  std::string letter;  ///< may be empty
  std::string help;
  bool takes_value = false;
};

struct CommandShape {
  std::string name;
  std::string help;
  std::vector<FlagShape> flags;
};

/// Every command with its flags, read off the parser itself.
[[nodiscard]] std::vector<CommandShape> command_shapes();

}  // namespace s2a
