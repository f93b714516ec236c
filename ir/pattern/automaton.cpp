// A nondeterministic automaton whose sets of places are its states.
#include "ir/pattern/automaton.h"

#include <algorithm>
#include <optional>
#include <set>

namespace s2a {

bool readable(char c) { return c >= ' ' && c <= '~'; }

Automaton::Automaton(std::span<const Glob> globs) : globs_(globs.size()) {
  for (std::uint32_t glob = 0; glob < globs.size(); ++glob) {
    for (const auto& sequence : globs[glob].any_of) {
      const Atom like{.glob = glob, .sequence = static_cast<std::uint32_t>(starts_.size())};
      starts_.push_back(static_cast<std::uint32_t>(atoms_.size()));
      append(sequence, globs[glob].ignore_case, like);
    }
  }
}

void Automaton::append(const std::vector<Piece>& sequence, bool ignore_case, Atom like) {
  const auto add = [&](Atom::Kind kind) {
    like.kind = kind;
    atoms_.push_back(like);
  };
  for (const auto& piece : sequence) {
    if (const auto* text = std::get_if<std::string>(&piece)) {
      for (const char c : *text) {
        like.c = ignore_case ? lower(c) : c;
        add(ignore_case ? Atom::Kind::FoldedChar : Atom::Kind::Char);
      }
      continue;
    }
    const auto star = std::get<Star>(piece);
    like.chars = star.chars;
    if (!star.empty_too) add(Atom::Kind::One);
    add(Atom::Kind::Loop);
  }
  add(Atom::Kind::End);
}

/// A place, and all behind it that are reached by reading nothing.
void Automaton::enter(State& state, std::uint32_t at) const {
  state.push_back(at);
  while (atoms_[at].kind == Atom::Kind::Loop) state.push_back(++at);
}

/// Puts the places in order, each once. A loop over every character can do whatever an earlier place of its sequence can: those places go.
void Automaton::tidy(State& state) const {
  std::ranges::sort(state, std::ranges::greater{});
  State kept;
  std::optional<std::uint32_t> overtaken;
  for (const auto at : state) {
    const auto& atom = atoms_[at];
    if (atom.sequence == overtaken || (!kept.empty() && kept.back() == at)) continue;
    kept.push_back(at);
    if (atom.kind == Atom::Kind::Loop && atom.chars == Chars::Any) overtaken = atom.sequence;
  }
  std::ranges::reverse(kept);
  state = std::move(kept);
}

Automaton::State Automaton::start() const {
  State out;
  for (const auto at : starts_) enter(out, at);
  tidy(out);
  return out;
}

Automaton::State Automaton::step(const State& state, char c) const {
  State out;
  for (const auto at : state) {
    const auto& atom = atoms_[at];
    switch (atom.kind) {
      case Atom::Kind::Char:
        if (atom.c == c) enter(out, at + 1);
        break;
      case Atom::Kind::FoldedChar:
        if (atom.c == lower(c)) enter(out, at + 1);
        break;
      case Atom::Kind::One:
        if (contains(atom.chars, c)) enter(out, at + 1);
        break;
      case Atom::Kind::Loop:
        if (contains(atom.chars, c)) enter(out, at);
        break;
      case Atom::Kind::End: break;
    }
  }
  tidy(out);
  return out;
}

std::vector<bool> Automaton::accepts(const State& state) const {
  std::vector<bool> out(globs_, false);
  for (const auto at : state) {
    if (atoms_[at].kind == Atom::Kind::End) out[atoms_[at].glob] = true;
  }
  return out;
}

bool Automaton::alive(const State& state, std::size_t glob) const {
  return std::ranges::any_of(state, [&](std::uint32_t at) { return atoms_[at].glob == glob; });
}

std::string Automaton::alphabet() const {
  std::set<char> letters{'/'};
  for (const auto& atom : atoms_) {
    const bool folded = atom.kind == Atom::Kind::FoldedChar;
    if ((atom.kind != Atom::Kind::Char && !folded) || !readable(atom.c)) continue;
    letters.insert(atom.c);
    if (folded && atom.c >= 'a' && atom.c <= 'z') letters.insert(static_cast<char>(atom.c - 'a' + 'A'));
  }
  const auto first_unused = [&](std::string_view choice) {
    const auto found = std::ranges::find_if(choice, [&](char c) { return !letters.contains(c); });
    return found == choice.end() ? std::string() : std::string(1, *found);
  };
  const auto plain = first_unused("xyzwvutsrqponmlkjihgfedcba0123456789XYZWVUTSRQPONMLKJIHGFEDCBA-_.~%!$&'()*+,;:@=");
  const auto odd = first_unused("[]|^{}<>\"\\#? \t");
  return plain + std::string(letters.begin(), letters.end()) + odd;
}

}  // namespace s2a
