// Several sets of Globs as one automaton that reads a string letter by letter: how samples.cpp walks them all at once.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/pattern/glob.h"

namespace s2a {

/// Sequences that begin alike share their places: a tree, in which a state is the set of places where the string read so far can stand.
class Automaton {
 public:
  /// In order.
  using State = std::vector<std::uint32_t>;

  /// `sets`: a string is in the union of the globs of each; only strings of the domain matter.
  Automaton(std::span<const std::vector<Glob>> sets, const Glob& domain);

  [[nodiscard]] State start() const;
  [[nodiscard]] State step(const State& state, char c) const;
  [[nodiscard]] State read(std::string_view text) const;
  /// For each set, and for the domain behind them, whether the string read so far is in it.
  [[nodiscard]] std::vector<bool> accepts(const State& state) const;
  /// Whether the string can still become one of the domain.
  [[nodiscard]] bool alive(const State& state) const;
  /// The characters to go on with from here: one for each that makes a difference, the plainest first.
  [[nodiscard]] std::string letters(const State& state) const;

 private:
  struct Edge {
    enum class Kind : std::uint8_t { Char, FoldedChar, Some, Maybe } kind{};  ///< Some: one or more of `chars`; Maybe: any number of them
    char c = 0;
    Chars chars{};
    std::uint32_t to = 0;
  };
  struct Place {
    std::vector<Edge> edges;
    std::vector<std::uint32_t> ends;         ///< the sets that a string which ends here is in
    std::optional<Chars> loop;               ///< such characters lead back here
    std::optional<std::uint32_t> only;       ///< the one set that is reached from here, if it is one
    std::optional<std::uint32_t> overtaken;  ///< a later place of the same sequences that any character leads back to: it can do whatever this one can
    bool in_domain = false;                  ///< whether the domain is reached from here
  };

  void add(const std::vector<Piece>& sequence, bool ignore_case, std::uint32_t set);
  std::uint32_t follow(std::uint32_t place, Edge edge);
  void look_ahead();
  void choose_alphabet();
  void enter(State& state, std::uint32_t at) const;
  void tidy(State& state) const;
  [[nodiscard]] unsigned kinds(char c) const;

  std::vector<Place> places_{1};
  std::uint32_t domain_;
  unsigned used_ = 0;     ///< the kinds of Chars that occur, a bit each
  std::string alphabet_;  ///< the characters that occur in texts, `/`, and one that occurs nowhere for each combination of kinds; the plainest comes first
};

}  // namespace s2a
