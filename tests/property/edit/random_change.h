// Random changes of a document, with strings that are easily misread.
#pragma once

#include <optional>
#include <random>
#include <string_view>

#include "ir/change.h"
#include "ir/source/document.h"

namespace s2a::test {

/// A change of a random node; nothing where the chosen verb does not fit the chosen node. The document must have a root.
[[nodiscard]] std::optional<Change> random_change(std::mt19937& engine, const Document& document);
/// Something that takes the place of what a change removes; nothing where it removes nothing.
[[nodiscard]] std::optional<Change> random_successor(std::mt19937& engine, const Document& document, const Change& removal);
[[nodiscard]] std::string_view verb_of(const Change& change);

}  // namespace s2a::test
