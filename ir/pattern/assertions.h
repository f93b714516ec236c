// `^`, `$`, `\b` and their kin: what stands before and behind a place.
#pragma once

#include <vector>

#include "ir/pattern/nfa.h"

namespace s2a {

/// Reads nothing, but only where the assertion holds.
struct AssertedEdge {
  Nfa::PlaceId from = 0;
  Assertion assertion{};
  Nfa::PlaceId to = 0;
};

/// The same texts without assertions.
[[nodiscard]] Nfa without_assertions(const Nfa& nfa, const std::vector<AssertedEdge>& asserted);

}  // namespace s2a
