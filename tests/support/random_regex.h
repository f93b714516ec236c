// Random regular expressions over few letters, with everything that RE2's syntax has.
#pragma once

#include <string>

#include "tests/support/random.h"

namespace s2a::test {

/// Over a, b, `/`, line feed and `.`. RE2 may refuse one, as `(?:a{9}){999}`.
[[nodiscard]] std::string random_regex(Random& random);

/// Every string over the letters up to a length.
[[nodiscard]] Texts strings(std::string_view letters, std::size_t longest);

}  // namespace s2a::test
