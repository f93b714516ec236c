// Backslashes, as Go's QuoteMeta puts them.
#include "ir/pattern/quoted.h"

namespace s2a {

std::string quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (kRegexSpecial.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace s2a
