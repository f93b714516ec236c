// Choices at random.
#pragma once

#include <random>
#include <vector>

namespace s2a::test {

inline bool chance(std::mt19937& random, unsigned percent) { return random() % 100 < percent; }

template <class T>
const T& pick(std::mt19937& random, const std::vector<T>& from) {
  return from[random() % from.size()];
}

}  // namespace s2a::test
