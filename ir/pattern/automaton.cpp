// A nondeterministic automaton whose sets of places are its states.
#include "ir/pattern/automaton.h"

#include <algorithm>

#include "ir/pattern/letters.h"

namespace s2a {
namespace {

/// More than sets of a size that people write have, in places and in ways between them.
constexpr std::size_t kMostInAll = 200'000;
constexpr std::size_t kMostEntered = 2'000'000;

bool reads(const Bytes& bytes, char c) { return bytes.test(static_cast<unsigned char>(c)); }

}  // namespace

Automaton::Automaton(std::span<const Set> sets, const Pattern& domain) : domain_(static_cast<std::uint32_t>(sets.size())) {
  readable_.set();
  add(domain, domain_);
  readable_.reset();
  for (const auto& bytes : bytes_) readable_ |= bytes;
  for (std::uint32_t set = 0; set < sets.size(); ++set)
    for (const auto& pattern : sets[set].any_of) add(pattern, set);
  if (!whole_) return;
  look_ahead();
  close();
  alphabet_ = plainest_letters(bytes_, readable_);
}

void Automaton::add(const Pattern& pattern, std::uint32_t set) {
  const auto glob = as_glob(pattern);
  if (!glob) return add(nfa_of(pattern), set);
  for (const auto& sequence : glob->any_of) add(sequence, glob->ignore_case, set);
}

void Automaton::add(const std::vector<Piece>& sequence, bool ignore_case, std::uint32_t set) {
  PlaceId at = 0;
  for (const auto& piece : sequence) {
    if (const auto* text = std::get_if<std::string>(&piece)) {
      for (const char c : *text) at = follow(at, Way::Once, bytes_of(c, ignore_case));
    } else {
      const auto star = std::get<Star>(piece);
      at = follow(at, star.empty_too ? Way::Maybe : Way::Some, bytes_of(star.chars));
    }
  }
  if (auto& ends = places_[at].ends; std::ranges::find(ends, set) == ends.end()) ends.push_back(set);
}

/// Where such a piece leads from the place; what is not there is made.
Automaton::PlaceId Automaton::follow(PlaceId place, Way way, const Bytes& bytes) {
  const auto id = id_of(bytes);
  const auto [known, fresh] = tree_.try_emplace({place, way, id.value_or(static_cast<BytesId>(-1))}, static_cast<PlaceId>(places_.size()));
  if (!fresh) return known->second;
  const auto to = known->second;
  places_.emplace_back();
  if (id && way != Way::Maybe) places_[place].edges.push_back({*id, to});
  if (way == Way::Maybe) places_[place].free.push_back(to);
  if (id && way != Way::Once) places_[to].edges.push_back({*id, to});
  return to;
}

void Automaton::add(const Nfa& nfa, std::uint32_t set) {
  whole_ &= nfa.whole && places_.size() + nfa.places.size() <= kMostInAll;
  if (!whole_) return;
  const auto [at, first] = follow_only_way(nfa);
  const auto offset = static_cast<PlaceId>(places_.size());
  places_[at].free.push_back(offset + first);
  for (const auto& place : nfa.places) {
    auto& made = places_.emplace_back();
    for (const auto& edge : place.edges)
      if (const auto id = id_of(edge.bytes)) made.edges.push_back({*id, edge.to + offset});
    for (const auto to : place.free) made.free.push_back(to + offset);
    if (place.end) made.ends.push_back(set);
  }
}

/// Into the tree, as long as there is one way: the place there, and the one of the Nfa that goes on.
std::pair<Automaton::PlaceId, Nfa::PlaceId> Automaton::follow_only_way(const Nfa& nfa) {
  PlaceId at = 0;
  Nfa::PlaceId next = 0;
  for (std::size_t i = 0; i < nfa.places.size(); ++i) {
    const auto& place = nfa.places[next];
    if (place.end || !place.free.empty() || place.edges.size() != 1) break;
    at = follow(at, Way::Once, place.edges.front().bytes);
    next = place.edges.front().to;
  }
  return {at, next};
}

/// Nothing where none of the bytes occurs in the domain.
std::optional<Automaton::BytesId> Automaton::id_of(const Bytes& bytes) {
  const auto read = bytes & readable_;
  if (read.none()) return std::nullopt;
  const auto [known, fresh] = ids_.try_emplace(read, static_cast<BytesId>(bytes_.size()));
  if (fresh) bytes_.push_back(read);
  return known->second;
}

/// What is reached from each place; loops ask for more than one round.
void Automaton::look_ahead() {
  for (auto& place : places_) {
    place.reached = place.ends;
    place.in_domain = std::ranges::find(place.ends, domain_) != place.ends.end();
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (PlaceId at = static_cast<PlaceId>(places_.size()); at-- > 0;) {
      auto& place = places_[at];
      for (const auto& edge : place.edges) changed |= pass_back(place, places_[edge.to]);
      for (const auto to : place.free) changed |= pass_back(place, places_[to]);
    }
  }
  for (PlaceId at = static_cast<PlaceId>(places_.size()); at-- > 0;) look_through(at);
}

/// What is reached from the next place is reached from this one. Whether that was news.
bool Automaton::pass_back(Place& place, const Place& next) const {
  const bool news = next.in_domain && !place.in_domain;
  place.in_domain |= next.in_domain;
  const auto known = place.reached.size();
  for (const auto set : next.reached)
    if (place.reached.size() < 2 && std::ranges::find(place.reached, set) == place.reached.end()) place.reached.push_back(set);
  return news || place.reached.size() != known;
}

/// Whether any character leads back, and what overtakes the place.
void Automaton::look_through(PlaceId at) {
  auto& place = places_[at];
  std::optional<PlaceId> next;
  bool one_way = place.ends.empty();
  const auto leads_to = [&](PlaceId to) {
    one_way &= !next || *next == to;
    next = to;
  };
  for (const auto& edge : place.edges) {
    place.loops |= edge.to == at && bytes_[edge.bytes] == readable_;
    if (edge.to != at) leads_to(edge.to);
  }
  for (const auto to : place.free) leads_to(to);
  if (one_way && next && *next > at) place.overtaken = places_[*next].loops ? next : places_[*next].overtaken;
}

/// What is entered with each place: it, and what is reached from it without reading, if it reads or ends and leads to a set at all.
void Automaton::close() {
  std::size_t all = 0;
  std::vector<PlaceId> seen(places_.size(), 0);  // by which place, plus one
  for (PlaceId at = 0; at < places_.size(); ++at) {
    std::vector<PlaceId> todo{at};
    seen[at] = at + 1;
    for (std::size_t i = 0; i < todo.size(); ++i) {
      const auto& place = places_[todo[i]];
      if (!place.reached.empty() && (!place.edges.empty() || !place.ends.empty())) places_[at].entered.push_back(todo[i]);
      for (const auto to : place.free) {
        if (seen[to] != at + 1) todo.push_back(to);
        seen[to] = at + 1;
      }
    }
    all += todo.size();
    whole_ &= all <= kMostEntered;
    if (!whole_) return;
  }
  for (auto& place : places_)
    for (const auto& edge : place.edges) place.weight += 1 + places_[edge.to].entered.size();
}

std::string Automaton::letters(const State& state) const {
  std::vector<BytesId> told_apart;
  for (const auto at : state)
    for (const auto& edge : places_[at].edges) told_apart.push_back(edge.bytes);
  std::ranges::sort(told_apart);
  told_apart.erase(std::unique(told_apart.begin(), told_apart.end()), told_apart.end());
  Kinds kinds(alphabet_);
  for (const auto id : told_apart) kinds.tell_apart(bytes_[id]);
  return kinds.first_of_each();
}

/// Puts the places in order, each once, and takes away those that can add nothing: the overtaken, and those that only lead to a set which the string will not leave.
void Automaton::tidy(State& state) const {
  std::ranges::sort(state);
  state.erase(std::unique(state.begin(), state.end()), state.end());
  constexpr auto kNone = static_cast<PlaceId>(-1);
  std::vector<PlaceId> settled(domain_ + 1, kNone);  // for each set that is never left the first place that is never left
  const auto only = [&](const Place& place) { return place.reached.size() == 1; };
  for (const auto at : state) {
    const auto& place = places_[at];
    if (!place.loops || !only(place) || place.ends.empty()) continue;
    auto& first = settled[place.reached.front()];
    if (first == kNone) first = at;
  }
  const auto needless = [&](PlaceId at) {
    const auto& place = places_[at];
    for (auto later = place.overtaken; later; later = places_[*later].overtaken)
      if (std::ranges::binary_search(state, *later)) return true;
    return only(place) && settled[place.reached.front()] != kNone && settled[place.reached.front()] != at;
  };
  State kept;
  std::ranges::copy_if(state, std::back_inserter(kept), [&](PlaceId at) { return !needless(at); });
  state = std::move(kept);
}

Automaton::State Automaton::start() const {
  State out = places_.front().entered;
  tidy(out);
  return out;
}

Automaton::State Automaton::step(const State& state, char c) const {
  State out;
  for (const auto at : state) {
    for (const auto& edge : places_[at].edges) {
      if (!reads(bytes_[edge.bytes], c)) continue;
      const auto& entered = places_[edge.to].entered;
      out.insert(out.end(), entered.begin(), entered.end());
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

std::size_t Automaton::weight(const State& state) const {
  std::size_t out = 1;
  for (const auto at : state) out += places_[at].weight;
  return out;
}

std::vector<bool> Automaton::accepts(const State& state) const {
  std::vector<bool> out(domain_ + 1, false);
  for (const auto at : state)
    for (const auto set : places_[at].ends) out[set] = true;
  return out;
}

bool Automaton::alive(const State& state) const {
  return std::ranges::any_of(state, [&](PlaceId at) { return places_[at].in_domain; });
}

}  // namespace s2a
