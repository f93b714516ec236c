// The process: arguments, variables and terminal in, exit code out.
#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/run.h"

namespace {

s2a::Environment process_environment() {
  s2a::Environment out{.variables = {}, .out_is_terminal = ::isatty(STDOUT_FILENO) == 1, .err_is_terminal = ::isatty(STDERR_FILENO) == 1, .width = 0};
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) out.variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  struct winsize size {};
  if (out.out_is_terminal && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) out.width = size.ws_col;
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  return s2a::run(std::vector<std::string>(argv + 1, argv + argc), std::cout, std::cerr, process_environment());
}
