// Random meshes of sidecars, as a user would write them, and random requests to them.
#pragma once

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "ir/plan.h"

namespace s2a::test {

/// Namespaces, pods, Services and policies that use only what is translated so far; one YAML stream.
[[nodiscard]] std::string random_world(std::mt19937& random);

/// A value of an attribute that those policies may name, or one that they never do.
[[nodiscard]] std::string random_identity(std::mt19937& random);
[[nodiscard]] std::string random_method(std::mt19937& random);
[[nodiscard]] std::string random_path(std::mt19937& random);
[[nodiscard]] std::string random_host(std::mt19937& random);
/// The lines of a header, none to two.
[[nodiscard]] std::vector<std::string> random_header(std::mt19937& random);

template <class T>
const T& pick(std::mt19937& random, const std::vector<T>& values) {
  return values[std::uniform_int_distribution<std::size_t>(0, values.size() - 1)(random)];
}
inline bool chance(std::mt19937& random, int percent) { return std::uniform_int_distribution<int>(0, 99)(random) < percent; }

}  // namespace s2a::test
