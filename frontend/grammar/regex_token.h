// The words of RE2's syntax, one after the other; regex.cpp makes the tree of them, because flags and repetitions reach back and forth.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "frontend/grammar/grammar_error.h"
#include "ir/pattern/runes.h"

namespace s2a::regex_token {

struct Character {
  char32_t rune = 0;
};
struct AnyCharacter {};
struct AnyByte {};

/// A part of a class; `[:^digit:]` and `\D` are `negated`.
struct ClassItem {
  Runes set;
  bool negated = false;
};

/// One of the items, or none of them if `negated`. `unicode`: a class of Unicode is among them, and the items leave it out.
struct Class {
  std::string text;
  std::vector<ClassItem> items;
  bool negated = false;
  bool unicode = false;
};

enum class Anchor : std::uint8_t { Caret, Dollar, TextBegins, TextEnds, WordBoundary, NoWordBoundary };

/// Letters to set and to clear, for the rest of the group; `opens`: for a group that begins here.
struct Flags {
  std::string set;
  std::string clear;
  bool opens = false;
};

enum class Mark : std::uint8_t { Open, Close, Or };

struct Repeat {
  std::uint32_t least = 0;
  std::optional<std::uint32_t> most;
};

using Token = std::variant<Character, AnyCharacter, AnyByte, Class, Anchor, Flags, Mark, Repeat>;

[[nodiscard]] Parsed<std::vector<Token>> parse(std::string_view text);

}  // namespace s2a::regex_token
