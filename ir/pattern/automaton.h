// A Glob as a deterministic automaton over a small alphabet: how samples.cpp walks several sets at once.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ir/pattern/glob.h"

namespace s2a {

/// Printable ASCII.
[[nodiscard]] bool readable(char c);

/// One readable character for each kind that the globs can tell apart: the letters of their texts, `/`, and two that occur nowhere. The plainest comes first.
[[nodiscard]] std::string alphabet_of(std::span<const Glob> globs);

/// Walks strings over one alphabet; a letter is an index into it. State 0 is the start.
class Automaton {
 public:
  Automaton(const Glob& glob, const std::string& alphabet);

  [[nodiscard]] std::uint32_t step(std::uint32_t state, std::size_t letter) const { return states_[state].next[letter]; }
  /// Whether a string that leads here is in the set.
  [[nodiscard]] bool accepts(std::uint32_t state) const { return states_[state].accepts; }
  /// Whether no string that begins like this is in the set.
  [[nodiscard]] bool dead(std::uint32_t state) const { return states_[state].dead; }

 private:
  struct State {
    std::vector<std::uint32_t> next;
    bool accepts = false;
    bool dead = false;
  };

  std::vector<State> states_;
};

}  // namespace s2a
