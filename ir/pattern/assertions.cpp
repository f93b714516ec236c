// Each place is split by what it has read last and by a promise of what is read next, so that every assertion is decided when the automaton is made.
#include "ir/pattern/assertions.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace s2a {
namespace {

/// What stands beside a place. Edge: nothing, the text begins or ends here.
enum class Beside : std::uint8_t { Edge, LineFeed, Word, Other };
constexpr std::array kBeside{Beside::Edge, Beside::LineFeed, Beside::Word, Beside::Other};

bool holds(Assertion assertion, Beside before, Beside behind) {
  const bool at_word_boundary = (before == Beside::Word) != (behind == Beside::Word);
  switch (assertion) {
    case Assertion::TextBegins: return before == Beside::Edge;
    case Assertion::TextEnds: return behind == Beside::Edge;
    case Assertion::LineBegins: return before == Beside::Edge || before == Beside::LineFeed;
    case Assertion::LineEnds: return behind == Beside::Edge || behind == Beside::LineFeed;
    case Assertion::WordBoundary: return at_word_boundary;
    case Assertion::NoWordBoundary: return !at_word_boundary;
  }
  return false;
}

Beside beside(unsigned char c) {
  if (c == '\n') return Beside::LineFeed;
  const bool word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  return word ? Beside::Word : Beside::Other;
}

Bytes bytes_beside(Beside kind) {
  Bytes out;
  for (std::size_t c = 0; c < out.size(); ++c)
    if (kind != Beside::Edge && beside(static_cast<unsigned char>(c)) == kind) out.set(c);
  return out;
}

class Splitter {
 public:
  Splitter(const Nfa& nfa, const std::vector<AssertedEdge>& asserted) : nfa_(nfa), asserted_(nfa.places.size()) {
    for (const auto& edge : asserted) asserted_[edge.from].push_back(edge);
  }

  Nfa split() {
    entries_.emplace(std::pair(Nfa::PlaceId{0}, Beside::Edge), 0);
    todo_.push_back({.old = 0, .beside = Beside::Edge, .made = 0, .entry = true});
    while (!todo_.empty() && out_.whole) {
      const auto next = todo_.back();
      todo_.pop_back();
      next.entry ? make_entry(next) : make_promise(next);
      out_.whole &= out_.places.size() <= kMostPlaces && free_ <= 10 * kMostPlaces;
    }
    return std::move(out_);
  }

 private:
  using Key = std::pair<Nfa::PlaceId, Beside>;
  struct Todo {
    Nfa::PlaceId old = 0;
    Beside beside{};
    Nfa::PlaceId made = 0;
    bool entry = false;
  };

  /// The place for the key, to be filled if it is new.
  Nfa::PlaceId place(std::map<Key, Nfa::PlaceId>& known, Nfa::PlaceId old, Beside beside) {
    const auto [at, fresh] = known.try_emplace({old, beside}, 0);
    if (fresh) {
      at->second = out_.add_place();
      todo_.push_back({.old = old, .beside = beside, .made = at->second, .entry = &known == &entries_});
    }
    return at->second;
  }

  /// A place that is entered by such a byte: on to what can be next.
  void make_entry(const Todo& todo) {
    for (const auto behind : kBeside) {
      const auto allowed = bytes_beside(behind);
      for (const auto old : reached(todo.old, todo.beside, behind)) {
        const auto& from = nfa_.places[old];
        const bool goes_on = std::ranges::any_of(from.edges, [&](const Nfa::Edge& edge) { return (edge.bytes & allowed).any(); });
        if (!goes_on && !(from.end && behind == Beside::Edge)) continue;
        const auto to = place(promises_, old, behind);
        out_.places[todo.made].free.push_back(to);
        ++free_;
      }
    }
  }

  /// A place where such a byte is read next.
  void make_promise(const Todo& todo) {
    out_.places[todo.made].end = nfa_.places[todo.old].end && todo.beside == Beside::Edge;
    for (const auto& edge : nfa_.places[todo.old].edges) {
      const auto bytes = edge.bytes & bytes_beside(todo.beside);
      if (bytes.none()) continue;
      const auto to = place(entries_, edge.to, todo.beside);
      out_.places[todo.made].edges.push_back({bytes, to});
    }
  }

  /// What is reached without reading, between such neighbours.
  std::vector<Nfa::PlaceId> reached(Nfa::PlaceId from, Beside before, Beside behind) const {
    std::vector<Nfa::PlaceId> out{from};
    std::vector<bool> seen(nfa_.places.size(), false);
    seen[from] = true;
    const auto reach = [&](Nfa::PlaceId place) {
      if (!seen[place]) out.push_back(place);
      seen[place] = true;
    };
    for (std::size_t i = 0; i < out.size(); ++i) {
      const auto at = out[i];
      for (const auto to : nfa_.places[at].free) reach(to);
      for (const auto& edge : asserted_[at])
        if (holds(edge.assertion, before, behind)) reach(edge.to);
    }
    return out;
  }

  const Nfa& nfa_;
  std::vector<std::vector<AssertedEdge>> asserted_;
  Nfa out_;
  std::size_t free_ = 0;  ///< edges that read nothing
  std::map<Key, Nfa::PlaceId> entries_;
  std::map<Key, Nfa::PlaceId> promises_;
  std::vector<Todo> todo_;
};

}  // namespace

Nfa without_assertions(const Nfa& nfa, const std::vector<AssertedEdge>& asserted) { return asserted.empty() ? nfa : Splitter(nfa, asserted).split(); }

}  // namespace s2a
