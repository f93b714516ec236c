// One change to one field of a route, as somebody's hand slips.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/random.h"

namespace s2a::test {

/// Changes an HTTPRoute; what it changed, in a word. What comes out need not be admitted.
std::string mutate(Random& random, nlohmann::json& route);

}  // namespace s2a::test
