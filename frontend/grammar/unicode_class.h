// Classes that Unicode's tables decide, as RE2 knows them.
#pragma once

#include <string>

#include "ir/pattern/runes.h"

namespace s2a {

/// The code points that an expression for one character takes. Asks RE2 about all of Unicode: some milliseconds.
[[nodiscard]] Runes runes_by_re2(const std::string& expression);

}  // namespace s2a
