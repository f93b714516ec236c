// Go's twelve booleans.
#include "frontend/grammar/go_bool.h"

#include <initializer_list>

#include "frontend/grammar/whole.h"

namespace s2a {

Parsed<bool> parse_bool_go(std::string_view text) {
  static const auto kWords = [] {
    x3::symbols<bool> all;
    for (const char* yes : {"1", "t", "T", "TRUE", "true", "True"}) all.add(yes, true);
    for (const char* no : {"0", "f", "F", "FALSE", "false", "False"}) all.add(no, false);
    return all;
  }();
  return parse_whole<bool>(text, kWords, "`true` or `false`");
}

}  // namespace s2a
