// A wrong command line, variable or config file: said in one line with a hint, exit 2.
#pragma once

#include <string>

namespace s2a {

struct UsageError {
  std::string message;  ///< lower case, no full stop
  std::string help;     ///< may be empty
};

}  // namespace s2a
