// Patterns as places, and reading along them.
#include "ir/pattern/nfa.h"

#include <algorithm>

#include "ir/pattern/letters.h"

namespace s2a {
namespace {

using PlaceId = Nfa::PlaceId;

/// Each of the places, and what is reached from it without reading.
std::vector<PlaceId> with_reached(const Nfa& nfa, std::vector<PlaceId> places) {
  std::vector<bool> seen(nfa.places.size(), false);
  for (const auto place : places) seen[place] = true;
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (const auto to : nfa.places[places[i]].free) {
      if (!seen[to]) places.push_back(to);
      seen[to] = true;
    }
  }
  std::ranges::sort(places);
  return places;
}

/// Puts the places of the other behind those that are there; where the other begins.
PlaceId append(Nfa& nfa, const Nfa& other) {
  const auto offset = static_cast<PlaceId>(nfa.places.size());
  for (auto place : other.places) {
    for (auto& edge : place.edges) edge.to += offset;
    for (auto& to : place.free) to += offset;
    nfa.places.push_back(std::move(place));
  }
  nfa.whole &= other.whole && nfa.places.size() <= kMostPlaces;
  return offset;
}

PlaceId add_text(Nfa& nfa, PlaceId at, std::string_view text, bool ignore_case = false) {
  for (const char c : text) {
    const auto to = nfa.add_place();
    nfa.places[at].edges.push_back({bytes_of(c, ignore_case), to});
    at = to;
  }
  return at;
}

PlaceId add_star(Nfa& nfa, PlaceId at, const Star& star) {
  const auto to = nfa.add_place();
  const auto bytes = bytes_of(star.chars);
  if (star.empty_too)
    nfa.places[at].free.push_back(to);
  else
    nfa.places[at].edges.push_back({bytes, to});
  nfa.places[to].edges.push_back({bytes, to});
  return to;
}

Nfa make(const Glob& glob) {
  Nfa out;
  for (const auto& sequence : glob.any_of) {
    PlaceId at = 0;
    for (const auto& piece : sequence) {
      const auto* text = std::get_if<std::string>(&piece);
      at = text != nullptr ? add_text(out, at, *text, glob.ignore_case) : add_star(out, at, std::get<Star>(piece));
    }
    out.places[at].end = true;
  }
  return out;
}

Nfa make(const Regex& regex) { return regex.nfa(); }

/// What was matched, then on as the inner set goes on behind the replacement.
Nfa make(const AfterRewrite& rewrite) {
  Nfa inner;
  for (const auto& pattern : rewrite.inner->any_of) {
    const auto begin = append(inner, nfa_of(pattern));
    inner.places.front().free.push_back(begin);
  }
  Nfa out;
  const auto matched = add_text(out, 0, rewrite.matched);
  const auto goes_on = rewrite.drop_slash ? add_text(out, matched, "/") : matched;
  const auto offset = append(out, inner);
  for (const auto place : read(inner, 0, rewrite.replacement)) {
    out.places[goes_on].free.push_back(place + offset);
    if (!rewrite.drop_slash) continue;
    out.places[matched].end |= inner.places[place].end;
    for (const auto& edge : inner.places[place].edges) out.places[matched].edges.push_back({edge.bytes & ~bytes_of('/'), edge.to + offset});
  }
  return out;
}

/// Numbers are no texts.
Nfa make(const Cidr&) { return {}; }
Nfa make(const PortRange&) { return {}; }

template <class AsGlob>
Nfa make(const AsGlob& pattern) {
  return make(*as_glob(pattern));
}

}  // namespace

Nfa nfa_of(const Pattern& pattern) {
  return std::visit([](const auto& p) { return make(p); }, pattern);
}

PlaceId Nfa::add_place() {
  places.emplace_back();
  return static_cast<PlaceId>(places.size() - 1);
}

std::vector<PlaceId> read(const Nfa& nfa, PlaceId from, std::string_view text) {
  auto at = with_reached(nfa, {from});
  for (const char c : text) {
    std::vector<PlaceId> next;
    for (const auto place : at)
      for (const auto& edge : nfa.places[place].edges)
        if (edge.bytes.test(static_cast<unsigned char>(c)) && std::ranges::find(next, edge.to) == next.end()) next.push_back(edge.to);
    at = with_reached(nfa, std::move(next));
  }
  return at;
}

std::optional<std::string> shortest(const Nfa& nfa) {
  struct Visit {
    PlaceId place = 0;
    std::size_t from = 0;
    std::optional<char> read{};
  };
  std::vector<Visit> visits;
  std::vector<bool> seen(nfa.places.size(), false);
  const auto visit = [&](PlaceId place, std::size_t from, std::optional<char> read) {
    if (!seen[place]) visits.push_back({.place = place, .from = from, .read = read});
    seen[place] = true;
  };
  const auto visit_all = [&](PlaceId place, std::size_t from, std::optional<char> read) {  // with what is reached without reading
    auto last = visits.size();
    visit(place, from, read);
    for (; last < visits.size(); ++last)
      for (const auto to : nfa.places[visits[last].place].free) visit(to, last, std::nullopt);
  };
  visit_all(0, 0, std::nullopt);
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (nfa.places[visits[i].place].end) {
      std::string text;
      for (; i != 0; i = visits[i].from)
        if (visits[i].read) text += *visits[i].read;
      std::ranges::reverse(text);
      return text;
    }
    for (const auto& edge : nfa.places[visits[i].place].edges)
      if (const auto letter = plainest_letters({}, edge.bytes); !letter.empty()) visit_all(edge.to, i, letter.front());
  }
  return std::nullopt;
}

Bytes bytes_of(Chars chars) {
  Bytes out;
  for (std::size_t c = 0; c < out.size(); ++c) out.set(c, contains(chars, static_cast<char>(c)));
  return out;
}

Bytes bytes_of(char c, bool ignore_case) {
  Bytes out;
  for (std::size_t other = 0; other < out.size(); ++other) out.set(other, ignore_case ? lower(static_cast<char>(other)) == lower(c) : static_cast<char>(other) == c);
  return out;
}

}  // namespace s2a
