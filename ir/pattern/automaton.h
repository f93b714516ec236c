// Several sets of texts as one automaton that reads a string letter by letter: how samples.cpp walks them all at once.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "ir/pattern/nfa.h"
#include "ir/pattern/pattern.h"

namespace s2a {

/// A state is the set of places where the string read so far can stand. Patterns that begin alike share their places: a tree.
class Automaton {
 public:
  /// In order.
  using State = std::vector<std::uint32_t>;

  /// Only strings of the domain matter.
  Automaton(std::span<const Set> sets, const Pattern& domain);

  /// Whether all of the sets is there; some of it is left out where it would be too big.
  [[nodiscard]] bool whole() const { return whole_; }
  [[nodiscard]] std::size_t size() const { return places_.size(); }
  [[nodiscard]] State start() const;
  [[nodiscard]] State step(const State& state, char c) const;
  [[nodiscard]] State read(std::string_view text) const;
  /// How much work a step from here is.
  [[nodiscard]] std::size_t weight(const State& state) const;
  /// For each set, and for the domain behind them, whether the string read so far is in it.
  [[nodiscard]] std::vector<bool> accepts(const State& state) const;
  /// Whether the string can still become one of the domain.
  [[nodiscard]] bool alive(const State& state) const;
  /// The characters to go on with from here: one for each that makes a difference, the plainest first.
  [[nodiscard]] std::string letters(const State& state) const;

 private:
  using PlaceId = Nfa::PlaceId;
  using BytesId = std::uint32_t;
  struct Edge {
    BytesId bytes = 0;
    PlaceId to = 0;
  };
  struct Place {
    std::vector<Edge> edges{};
    std::vector<PlaceId> free{};           ///< what is reached without reading
    std::vector<std::uint32_t> ends{};     ///< the sets that a string which ends here is in
    std::vector<std::uint32_t> reached{};  ///< the sets that are reached from here: none, one, or two that stand for many
    std::vector<PlaceId> entered{};        ///< the places, among these and `free` and so on, that read or end
    std::optional<PlaceId> overtaken{};    ///< a later place that all ways from here lead through and that any character leads back to: it can do whatever this one can
    std::size_t weight = 0;                ///< the places that the edges enter
    bool loops = false;                    ///< any character leads back here
    bool in_domain = false;                ///< whether the domain is reached from here
  };
  /// How a piece of a Glob leads on.
  enum class Way : std::uint8_t { Once, Some, Maybe };

  void add(const Pattern& pattern, std::uint32_t set);
  void add(const std::vector<Piece>& sequence, bool ignore_case, std::uint32_t set);
  void add(const Nfa& nfa, std::uint32_t set);
  PlaceId follow(PlaceId place, Way way, const Bytes& bytes);
  std::pair<PlaceId, Nfa::PlaceId> follow_only_way(const Nfa& nfa);
  std::optional<BytesId> id_of(const Bytes& bytes);
  void look_ahead();
  bool pass_back(Place& place, const Place& next) const;
  void look_through(PlaceId at);
  void close();
  void choose_alphabet();
  void tidy(State& state) const;

  std::vector<Place> places_{1};
  std::map<std::tuple<PlaceId, Way, BytesId>, PlaceId> tree_;
  std::vector<Bytes> bytes_;  ///< by id
  std::unordered_map<Bytes, BytesId> ids_;
  Bytes readable_;  ///< the bytes that occur in the domain
  std::uint32_t domain_;
  bool whole_ = true;
  std::string alphabet_;  ///< one character of each kind that some edge tells from others
};

}  // namespace s2a
