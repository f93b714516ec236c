// The syntax tree of a regular expression, as far as it says which whole texts match: groups, names and greed are gone, flags are worked in.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "ir/pattern/runes.h"

namespace s2a {

/// Line: (?m) makes `^` and `$` hold at line feeds too.
enum class Assertion : std::uint8_t { TextBegins, TextEnds, LineBegins, LineEnds, WordBoundary, NoWordBoundary };

struct RegexNode {
  enum class Kind : std::uint8_t {
    Runes,          ///< one of `runes`
    Byte,           ///< any one byte: `\C`
    Assertion,      ///< nothing, where `assertion` holds
    Concatenation,  ///< the parts one after the other; without parts, nothing
    Alternation,    ///< one of the parts
    Repetition,     ///< the one part, `least` to `most` times
  } kind = Kind::Concatenation;
  Runes runes{};
  Assertion assertion{};
  std::uint32_t least = 0;
  std::optional<std::uint32_t> most{};  ///< nothing: any number
  std::vector<RegexNode> parts{};
};

}  // namespace s2a
