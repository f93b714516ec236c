// Subset construction: a state is the set of places in the sequences where the string read so far can stand.
#include "ir/pattern/automaton.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace s2a {
namespace {

/// A sequence character by character.
struct Atom {
  enum class Kind : std::uint8_t { Char, One, Loop, End } kind{};
  std::size_t sequence = 0;
  char c = 0;     ///< Char
  Chars chars{};  ///< One, Loop
};

/// All sequences in a row, each closed by an End.
std::vector<Atom> atoms_of(const Glob& glob) {
  std::vector<Atom> out;
  for (std::size_t sequence = 0; sequence < glob.any_of.size(); ++sequence) {
    for (const auto& piece : glob.any_of[sequence]) {
      if (const auto* text = std::get_if<std::string>(&piece)) {
        for (const char c : *text) out.push_back({.kind = Atom::Kind::Char, .sequence = sequence, .c = glob.ignore_case ? lower(c) : c});
        continue;
      }
      const auto star = std::get<Star>(piece);
      if (!star.empty_too) out.push_back({.kind = Atom::Kind::One, .sequence = sequence, .chars = star.chars});
      out.push_back({.kind = Atom::Kind::Loop, .sequence = sequence, .chars = star.chars});
    }
    out.push_back({.kind = Atom::Kind::End, .sequence = sequence});
  }
  return out;
}

using Places = std::set<std::size_t>;

/// A place, and all behind it that are reached by reading nothing.
void enter(Places& places, const std::vector<Atom>& atoms, std::size_t at) {
  while (places.insert(at).second && atoms[at].kind == Atom::Kind::Loop) ++at;
}

Places start_of(const std::vector<Atom>& atoms) {
  Places out;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    if (i == 0 || atoms[i - 1].kind == Atom::Kind::End) enter(out, atoms, i);
  }
  return out;
}

Places after(const Places& places, const std::vector<Atom>& atoms, char c) {
  Places out;
  for (const auto at : places) {
    switch (atoms[at].kind) {
      case Atom::Kind::Char:
        if (atoms[at].c == c) enter(out, atoms, at + 1);
        break;
      case Atom::Kind::One:
        if (contains(atoms[at].chars, c)) enter(out, atoms, at + 1);
        break;
      case Atom::Kind::Loop:
        if (contains(atoms[at].chars, c)) enter(out, atoms, at);
        break;
      case Atom::Kind::End: break;
    }
  }
  return out;
}

/// A loop over every character can do whatever an earlier place of its sequence can: those places say nothing more.
Places without_overtaken(const Places& places, const std::vector<Atom>& atoms) {
  Places out;
  std::optional<std::size_t> overtaken;
  for (auto at = places.rbegin(); at != places.rend(); ++at) {
    const auto& atom = atoms[*at];
    if (atom.sequence == overtaken) continue;
    out.insert(*at);
    if (atom.kind == Atom::Kind::Loop && atom.chars == Chars::Any) overtaken = atom.sequence;
  }
  return out;
}

}  // namespace

bool readable(char c) { return c >= ' ' && c <= '~'; }

std::string alphabet_of(std::span<const Glob> globs) {
  std::set<char> letters{'/'};
  for (const auto& glob : globs) {
    for (const auto& atom : atoms_of(glob)) {
      if (atom.kind != Atom::Kind::Char || !readable(atom.c)) continue;
      letters.insert(atom.c);
      if (glob.ignore_case && atom.c >= 'a' && atom.c <= 'z') letters.insert(static_cast<char>(atom.c - 'a' + 'A'));
    }
  }
  const auto first_unused = [&](std::string_view choice) {
    const auto found = std::ranges::find_if(choice, [&](char c) { return !letters.contains(c); });
    return found == choice.end() ? std::string() : std::string(1, *found);
  };
  const auto plain = first_unused("xyzwvutsrqponmlkjihgfedcba0123456789XYZWVUTSRQPONMLKJIHGFEDCBA-_.~%!$&'()*+,;:@=");
  const auto odd = first_unused("[]|^{}<>\"\\#? \t");
  return plain + std::string(letters.begin(), letters.end()) + odd;
}

Automaton::Automaton(const Glob& glob, const std::string& alphabet) {
  const auto atoms = atoms_of(glob);
  std::map<Places, std::uint32_t> ids;
  std::vector<Places> todo;
  const auto id_of = [&](const Places& places) {
    const auto [entry, fresh] = ids.try_emplace(without_overtaken(places, atoms), static_cast<std::uint32_t>(todo.size()));
    if (fresh) todo.push_back(entry->first);
    return entry->second;
  };
  id_of(start_of(atoms));
  for (std::size_t i = 0; i < todo.size(); ++i) {
    const auto places = todo[i];
    State state;
    state.accepts = std::ranges::any_of(places, [&](std::size_t at) { return atoms[at].kind == Atom::Kind::End; });
    state.dead = places.empty();
    for (const char c : alphabet) state.next.push_back(id_of(after(places, atoms, glob.ignore_case ? lower(c) : c)));
    states_.push_back(std::move(state));
  }
}

}  // namespace s2a
