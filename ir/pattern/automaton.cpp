// A nondeterministic automaton whose sets of places are its states.
#include "ir/pattern/automaton.h"

#include <algorithm>
#include <bitset>
#include <set>

namespace s2a {
namespace {

constexpr std::size_t kBytes = 256;

unsigned bit(Chars chars) { return 1U << static_cast<unsigned>(chars); }

/// The kinds of Chars that each byte belongs to, a bit each.
const std::array<unsigned, kBytes>& kinds_of_bytes() {
  static const auto kTable = [] {
    std::array<unsigned, kBytes> out{};
    for (std::size_t byte = 0; byte < kBytes; ++byte)
      for (std::size_t kind = 0; kind < kCharsKinds; ++kind)
        if (contains(static_cast<Chars>(kind), static_cast<char>(byte))) out.at(byte) |= bit(static_cast<Chars>(kind));
    return out;
  }();
  return kTable;
}

std::size_t index(char c) { return static_cast<unsigned char>(c); }

}  // namespace

Automaton::Automaton(std::span<const std::vector<Glob>> sets, const Glob& domain) : domain_(static_cast<std::uint32_t>(sets.size())) {
  for (std::uint32_t set = 0; set < sets.size(); ++set)
    for (const auto& glob : sets[set])
      for (const auto& sequence : glob.any_of) add(sequence, glob.ignore_case, set);
  for (const auto& sequence : domain.any_of) add(sequence, domain.ignore_case, domain_);
  look_ahead();
  choose_alphabet();
}

void Automaton::add(const std::vector<Piece>& sequence, bool ignore_case, std::uint32_t set) {
  std::uint32_t at = 0;
  for (const auto& piece : sequence) {
    if (const auto* text = std::get_if<std::string>(&piece)) {
      for (const char c : *text) at = follow(at, {.kind = ignore_case ? Edge::Kind::FoldedChar : Edge::Kind::Char, .c = ignore_case ? lower(c) : c});
    } else {
      const auto star = std::get<Star>(piece);
      used_ |= bit(star.chars);
      at = follow(at, {.kind = star.empty_too ? Edge::Kind::Maybe : Edge::Kind::Some, .chars = star.chars});
      places_[at].loop = star.chars;
    }
  }
  if (auto& ends = places_[at].ends; std::ranges::find(ends, set) == ends.end()) ends.push_back(set);
}

/// Where the edge leads, which is made if it is not there.
std::uint32_t Automaton::follow(std::uint32_t place, Edge edge) {
  for (const auto& known : places_[place].edges)
    if (known.kind == edge.kind && known.c == edge.c && known.chars == edge.chars) return known.to;
  edge.to = static_cast<std::uint32_t>(places_.size());
  places_[place].edges.push_back(edge);
  places_.emplace_back();
  return edge.to;
}

/// What is reached from each place. Edges lead to later places.
void Automaton::look_ahead() {
  for (std::size_t at = places_.size(); at-- > 0;) {
    auto& place = places_[at];
    std::set<std::optional<std::uint32_t>> reached(place.ends.begin(), place.ends.end());
    place.in_domain = reached.contains(domain_);
    for (const auto& edge : place.edges) {
      reached.insert(places_[edge.to].only);
      place.in_domain |= places_[edge.to].in_domain;
    }
    if (reached.size() == 1) place.only = *reached.begin();
    if (place.edges.size() != 1 || !place.ends.empty()) continue;
    const auto next = place.edges.front().to;
    place.overtaken = places_[next].loop == Chars::Any ? next : places_[next].overtaken;
  }
}

void Automaton::choose_alphabet() {
  std::set<char> letters{'/'};
  for (const auto& place : places_) {
    for (const auto& edge : place.edges) {
      if (edge.kind == Edge::Kind::Char || edge.kind == Edge::Kind::FoldedChar) letters.insert(edge.c);
      if (edge.kind == Edge::Kind::FoldedChar && edge.c >= 'a' && edge.c <= 'z') letters.insert(static_cast<char>(edge.c - 'a' + 'A'));
    }
  }
  constexpr std::string_view kPlainestFirst = "xyzwvutsrqponmlkjihgfedcba0123456789XYZWVUTSRQPONMLKJIHGFEDCBA-_.~%!$&'()*+,;:@=[]|^{}<>\"\\#? \t\n";
  std::string unused;
  std::set<unsigned> combinations;
  for (const char c : kPlainestFirst)
    if (!letters.contains(c) && combinations.insert(kinds(c)).second) unused += c;
  alphabet_ = unused.substr(0, 1) + std::string(letters.begin(), letters.end()) + unused.substr(std::min<std::size_t>(1, unused.size()));
}

unsigned Automaton::kinds(char c) const { return kinds_of_bytes().at(index(c)) & used_; }

std::string Automaton::letters(const State& state) const {
  std::bitset<kBytes> spelled;
  for (const auto at : state) {
    for (const auto& edge : places_[at].edges) {
      if (edge.kind != Edge::Kind::Char && edge.kind != Edge::Kind::FoldedChar) continue;
      spelled.set(index(edge.c));
      if (edge.kind == Edge::Kind::FoldedChar && edge.c >= 'a' && edge.c <= 'z') spelled.set(index(edge.c) - 'a' + 'A');
    }
  }
  std::string out;
  std::bitset<1U << kCharsKinds> seen;
  for (const char c : alphabet_) {
    if (spelled.test(index(c)) || !seen.test(kinds(c))) out += c;
    if (!spelled.test(index(c))) seen.set(kinds(c));
  }
  return out;
}

/// A place, and all behind it that are reached by reading nothing.
void Automaton::enter(State& state, std::uint32_t at) const {
  state.push_back(at);
  for (const auto& edge : places_[at].edges)
    if (edge.kind == Edge::Kind::Maybe) enter(state, edge.to);
}

/// Puts the places in order, each once, and takes away those that can add nothing: the overtaken, and those that only lead to a set which the string will not leave.
void Automaton::tidy(State& state) const {
  std::ranges::sort(state);
  state.erase(std::unique(state.begin(), state.end()), state.end());
  State settled;  // the first place that is never left for each set that is never left
  std::vector<std::uint32_t> sets;
  for (const auto at : state) {
    const auto& place = places_[at];
    if (place.loop != Chars::Any || !place.only || place.ends.empty() || std::ranges::find(sets, *place.only) != sets.end()) continue;
    settled.push_back(at);
    sets.push_back(*place.only);
  }
  const auto needless = [&](std::uint32_t at) {
    const auto& place = places_[at];
    for (auto later = place.overtaken; later; later = places_[*later].overtaken)
      if (std::ranges::binary_search(state, *later)) return true;
    return place.only && std::ranges::find(sets, *place.only) != sets.end() && std::ranges::find(settled, at) == settled.end();
  };
  State kept;
  std::ranges::copy_if(state, std::back_inserter(kept), [&](std::uint32_t at) { return !needless(at); });
  state = std::move(kept);
}

Automaton::State Automaton::start() const {
  State out;
  enter(out, 0);
  tidy(out);
  return out;
}

Automaton::State Automaton::step(const State& state, char c) const {
  const auto in = [&](Chars chars) { return (kinds(c) & bit(chars)) != 0; };
  State out;
  for (const auto at : state) {
    const auto& place = places_[at];
    if (place.loop && in(*place.loop)) enter(out, at);
    for (const auto& edge : place.edges) {
      switch (edge.kind) {
        case Edge::Kind::Char:
          if (edge.c == c) enter(out, edge.to);
          break;
        case Edge::Kind::FoldedChar:
          if (edge.c == lower(c)) enter(out, edge.to);
          break;
        case Edge::Kind::Some:
          if (in(edge.chars)) enter(out, edge.to);
          break;
        case Edge::Kind::Maybe: break;  // entered with its place
      }
    }
  }
  tidy(out);
  return out;
}

Automaton::State Automaton::read(std::string_view text) const {
  auto state = start();
  for (const char c : text) state = step(state, c);
  return state;
}

std::vector<bool> Automaton::accepts(const State& state) const {
  std::vector<bool> out(domain_ + 1, false);
  for (const auto at : state)
    for (const auto set : places_[at].ends) out[set] = true;
  return out;
}

bool Automaton::alive(const State& state) const {
  return std::ranges::any_of(state, [&](std::uint32_t at) { return places_[at].in_domain; });
}

}  // namespace s2a
