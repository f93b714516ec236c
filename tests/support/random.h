// Draws for generators: the same seed draws the same.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace s2a::test {

using Texts = std::vector<std::string>;

class Random {
 public:
  explicit Random(std::size_t seed) : engine_(seed) {}

  int number(int first, int last) { return std::uniform_int_distribution<int>(first, last)(engine_); }
  bool chance(int percent) { return number(0, 99) < percent; }
  template <class T>
  T pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(number(0, static_cast<int>(from.size()) - 1))];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace s2a::test
