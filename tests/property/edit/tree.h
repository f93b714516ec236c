// What a document means, without layout, and what a set of changes makes of that: the oracle for the verbs.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ir/change.h"
#include "ir/source/document.h"

namespace s2a::test {

struct Tree {
  NodeKind kind = NodeKind::Null;
  std::string text{};            ///< of a scalar, or the name of an alias
  bool quoted = false;           ///< a scalar in quotes or a block scalar: a string whatever it says
  bool is_string = false;        ///< put in by a change: must be read as a string, quoted or not
  std::vector<Tree> children{};  ///< of a map key, value, key, value ...
};

[[nodiscard]] Tree tree_of(const Document& document);
/// The trees of the document and of those appended to it, when the changes are made on the tree alone.
[[nodiscard]] std::vector<Tree> intended(const Document& document, std::span<const Change> changes);
/// Empty where `actual` is what `wanted` asks for; else the first difference.
[[nodiscard]] std::string difference(const Tree& wanted, const Tree& actual);

}  // namespace s2a::test
