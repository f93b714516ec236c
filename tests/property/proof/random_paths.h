// Random ways of a request over small alphabets.
#pragma once

#include <random>
#include <set>
#include <vector>

#include "ir/table/path.h"

namespace s2a::test {

/// A few attributes that rules ask about.
[[nodiscard]] std::set<Attribute> random_attributes(std::mt19937& random);

/// One to three hops, a few rows each, over these attributes.
[[nodiscard]] Path random_path_of_hops(std::mt19937& random, const std::set<Attribute>& attributes);

/// The same with something changed, which may or may not make a difference.
[[nodiscard]] Path changed(std::mt19937& random, Path path, const std::set<Attribute>& attributes);

[[nodiscard]] std::vector<Literal> literals_of(const Path& path);

/// For failures.
[[nodiscard]] std::string in_words(const Path& path);

}  // namespace s2a::test
