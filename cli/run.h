// The whole program as a function: what main, the golden cases and the benchmarks call.
#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <span>
#include <string>

namespace s2a {

/// What a run knows about where it runs. The default: a pipe, and no variables set.
struct Environment {
  std::map<std::string, std::string, std::less<>> variables;  ///< S2A_*, NO_COLOR, CLICOLOR_FORCE, TERM
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  unsigned width = 0;  ///< columns of the terminal; 0: not known
};

/// Product.md 3.
enum class Exit : int { Done = 0, Pending = 1, Invalid = 2, Bug = 3 };

/// Runs one command line (without the program's name). The result goes to `out`, everything else to `err`; PATH `-` reads the standard input of the process.
/// Never throws: an exception that nobody caught is told as S2A0999 and gives Exit::Bug.
[[nodiscard]] int run(std::span<const std::string> args, std::ostream& out, std::ostream& err, const Environment& environment);

}  // namespace s2a
