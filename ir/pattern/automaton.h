// Several Globs as one automaton that reads a string letter by letter: how samples.cpp walks them all at once.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ir/pattern/glob.h"

namespace s2a {

/// Printable ASCII.
[[nodiscard]] bool readable(char c);

class Automaton {
 public:
  /// The places in the globs' sequences where the string read so far can stand, in order.
  using State = std::vector<std::uint32_t>;

  explicit Automaton(std::span<const Glob> globs);

  [[nodiscard]] State start() const;
  [[nodiscard]] State step(const State& state, char c) const;
  /// For each glob, whether the string read so far is in it.
  [[nodiscard]] std::vector<bool> accepts(const State& state) const;
  /// Whether the string can still become one of that glob.
  [[nodiscard]] bool alive(const State& state, std::size_t glob) const;
  /// One readable character for each kind that the globs can tell apart: the letters of their texts, `/`, and two that occur nowhere. The plainest comes first.
  [[nodiscard]] std::string alphabet() const;

 private:
  /// A sequence character by character.
  struct Atom {
    enum class Kind : std::uint8_t { Char, FoldedChar, One, Loop, End } kind{};
    std::uint32_t glob = 0;
    std::uint32_t sequence = 0;  ///< counted over all globs
    char c = 0;                  ///< Char, FoldedChar
    Chars chars{};               ///< One, Loop
  };

  void append(const std::vector<Piece>& sequence, bool ignore_case, Atom like);
  void enter(State& state, std::uint32_t at) const;
  void tidy(State& state) const;

  std::vector<Atom> atoms_;
  std::vector<std::uint32_t> starts_;
  std::size_t globs_ = 0;
};

}  // namespace s2a
