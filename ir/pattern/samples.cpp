// Readable guesses first, then a walk over all automata at once for the combinations that no guess met.
#include "ir/pattern/samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

#include "ir/pattern/automaton.h"

namespace s2a {
namespace {

/// Steps of a walk, some tens of nanoseconds each: more than a policy of a size that people write asks for.
constexpr std::size_t kBudget = 2'000'000;

/// Which sets a value is in.
using Signs = std::vector<bool>;

/// Keeps the first value of each combination.
class Collector {
 public:
  void offer(std::string value, Signs signs) {
    if (!seen_.insert(signs).second) return;
    out_.values.push_back(std::move(value));
    out_.signs.push_back(std::move(signs));
  }
  /// Whether so many sets can make no more combinations.
  [[nodiscard]] bool full(std::size_t sets) const { return sets < 32 && seen_.size() == std::size_t{1} << sets; }
  [[nodiscard]] Partition take(bool complete) && {
    out_.complete = complete;
    return std::move(out_);
  }

 private:
  std::unordered_set<Signs> seen_;
  Partition out_;
};

template <class Kind>
bool is(const Pattern& pattern) {
  return std::holds_alternative<Kind>(pattern);
}

/// A sequence with its runs filled in: those that may be empty with `optional`, the others with `word`.
std::string spell(const std::vector<Piece>& sequence, std::string_view word, std::string_view optional) {
  std::string out;
  for (const auto& piece : sequence) {
    const auto* text = std::get_if<std::string>(&piece);
    out += text != nullptr ? std::string_view(*text) : std::get<Star>(piece).empty_too ? optional : word;
  }
  return out;
}

class Texts {
 public:
  Texts(std::span<const Set> sets, const Pattern& domain) : sets_(sets), domain_(domain), automaton_(sets, domain) {}

  Partition partition(std::span<const std::string> preferred) {
    for (const auto& value : preferred) offer(value);
    if (const auto within = as_glob(domain_))
      for (const auto& sequence : within->any_of) offer(spell(sequence, "other", "other"));
    for (const auto& set : sets_)
      for (const auto& pattern : set.any_of) offer_guesses(pattern);
    auto budget = kBudget;
    const bool walked = walk(automaton_, budget);
    if (!walked) {
      offer_shortest();
      walk_pairs();
    }
    return std::move(out_).take(walked);
  }

 private:
  void offer(std::string value) {
    if (!automaton_.whole()) return offer_tried(std::move(value));
    auto signs = automaton_.accepts(automaton_.read(value));
    const bool in_domain = signs.back();
    signs.pop_back();
    if (in_domain) out_.offer(std::move(value), std::move(signs));
  }

  /// Where the automaton does not know.
  void offer_tried(std::string value) {
    if (!matches(domain_, value)) return;
    Signs signs;
    for (const auto& set : sets_) signs.push_back(set.contains(value));
    out_.offer(std::move(value), std::move(signs));
  }

  /// What a reader would try for this pattern.
  void offer_guesses(const Pattern& pattern) {
    if (const auto glob = as_glob(pattern)) {
      for (const auto& sequence : glob->any_of) {
        offer(spell(sequence, "x", ""));
        if (std::ranges::all_of(sequence, [](const Piece& piece) { return std::holds_alternative<std::string>(piece); })) continue;
        offer(spell(sequence, "x", "x"));
        offer(spell(sequence, "x", "/x"));
      }
    }
  }

  /// Walks all strings of the domain, shorter ones first, and offers the first of each combination. False where the budget does not suffice.
  bool walk(const Automaton& automaton, std::size_t& budget) {
    if (!automaton.whole()) return false;
    struct Visit {
      const Automaton::State* state;
      std::size_t from;
      char letter;
    };
    std::unordered_set<Automaton::State, Hash> states;
    std::vector<Visit> visits{{&*states.insert(automaton.start()).first, 0, 0}};
    const auto value_of = [&](std::size_t visit) {
      std::string value;
      for (; visit != 0; visit = visits[visit].from) value += visits[visit].letter;
      std::ranges::reverse(value);
      return value;
    };
    std::unordered_set<Signs> offered;
    for (std::size_t i = 0; i < visits.size() && !out_.full(sets_.size()); ++i) {
      const auto& state = *visits[i].state;
      auto signs = automaton.accepts(state);
      if (signs.back() && offered.insert(signs).second) offer_walked(automaton, value_of(i), std::move(signs));
      const auto letters = automaton.letters(state);
      const auto work = automaton.weight(state) * letters.size();
      if (work > budget) return false;
      budget -= work;
      for (const char letter : letters) {
        auto next = automaton.step(state, letter);
        if (!automaton.alive(next)) continue;
        const auto [entry, fresh] = states.insert(std::move(next));
        if (fresh) visits.push_back({&*entry, i, letter});
      }
    }
    return true;
  }

  void offer_walked(const Automaton& automaton, std::string value, Signs signs) {
    if (&automaton != &automaton_) return offer(std::move(value));
    signs.pop_back();
    out_.offer(std::move(value), std::move(signs));
  }

  /// A value of each pattern for which there are no guesses.
  void offer_shortest() {
    for (const auto& set : sets_)
      for (const auto& pattern : set.any_of)
        if (!as_glob(pattern))
          if (auto value = shortest(nfa_of(pattern))) offer(*std::move(value));
  }

  void walk_pairs() {
    std::vector<Set> all;
    for (const auto& set : sets_)
      for (const auto& pattern : set.any_of) all.push_back({{pattern}});
    auto budget = kBudget;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = i + 1; j < all.size(); ++j) {
        const Automaton pair(std::array{all[i], all[j]}, domain_);
        budget -= std::min(budget, pair.size());
        if (!walk(pair, budget)) return;
      }
    }
  }

  struct Hash {
    std::size_t operator()(const Automaton::State& state) const {
      std::size_t hash = state.size();
      for (const auto place : state) hash = (hash ^ place) * 0x9E3779B97F4A7C15U;
      return hash ^ (hash >> 32U);
    }
  };

  std::span<const Set> sets_;
  const Pattern& domain_;
  Automaton automaton_;
  Collector out_;
};

/// A set of ports changes at the ends of ranges only.
Partition partition_ports(std::span<const Set> sets, const Pattern& domain, std::span<const std::string> preferred) {
  Collector out;
  const auto offer = [&](const std::string& port) {
    if (!matches(PortRange{1, 65535}, port) || (is<PortRange>(domain) && !matches(domain, port))) return;
    Signs signs;
    for (const auto& set : sets) signs.push_back(set.contains(port));
    out.offer(port, std::move(signs));
  };
  const auto offer_ends = [&](const Pattern& pattern) {
    const auto* range = std::get_if<PortRange>(&pattern);
    if (range == nullptr) return;
    offer(fmt::format("{}", range->first));
    offer(fmt::format("{}", range->last + 1U));
  };
  for (const auto& port : preferred) offer(port);
  bool complete = true;
  for (const auto& set : sets) {
    std::ranges::for_each(set.any_of, offer_ends);
    complete &= std::ranges::all_of(set.any_of, is<PortRange>);
  }
  offer_ends(domain);
  offer("1");
  return std::move(out).take(complete);
}

/// A pattern without members says nothing about the kind of the values.
bool is_never(const Pattern& pattern) {
  const auto* glob = std::get_if<Glob>(&pattern);
  return glob != nullptr && glob->any_of.empty();
}

std::vector<Set> without_never(std::span<const Set> sets) {
  std::vector<Set> out(sets.begin(), sets.end());
  for (auto& set : out) std::erase_if(set.any_of, is_never);
  return out;
}

/// A set of addresses changes at the ends of blocks only.
Partition partition_addresses(std::span<const Set> sets, const Pattern& domain) {
  std::vector<std::vector<Cidr>> blocks;
  bool complete = true;
  for (const auto& set : sets) {
    auto& own = blocks.emplace_back();
    for (const auto& pattern : set.any_of)
      if (const auto* block = std::get_if<Cidr>(&pattern)) own.push_back(*block);
    complete &= std::ranges::all_of(set.any_of, is<Cidr>);
  }
  const auto* within = std::get_if<Cidr>(&domain);
  Collector out;
  const auto offer = [&](const Address& address) {
    if (within != nullptr && !within->contains(address)) return;
    Signs signs;
    for (const auto& own : blocks) signs.push_back(std::ranges::any_of(own, [&](const Cidr& block) { return block.contains(address); }));
    out.offer(to_string(address), std::move(signs));
  };
  const auto offer_ends = [&](const Cidr& block) {
    offer(block.base);
    offer(block.first());
    offer(next(block.last()));
  };
  for (const char* fresh : {"192.0.2.1", "2001:db8::1"}) offer(*parse_address(fresh));
  for (const auto& own : blocks) std::ranges::for_each(own, offer_ends);
  if (within != nullptr) offer_ends(*within);
  for (const char* lowest : {"0.0.0.0", "::"}) offer(*parse_address(lowest));
  return std::move(out).take(complete);
}

}  // namespace

Partition partition_addresses(std::span<const Set> sets) { return partition_addresses(without_never(sets), Present{}); }

Partition partition(std::span<const Set> sets, const Pattern& domain, std::span<const std::string> preferred) {
  const auto kept = without_never(sets);
  const auto any = [&](auto kind) { return kind(domain) || std::ranges::any_of(kept, [&](const Set& set) { return std::ranges::any_of(set.any_of, kind); }); };
  if (any(is<PortRange>)) return partition_ports(kept, domain, preferred);
  if (any(is<Cidr>)) return partition_addresses(kept, domain);
  return Texts(kept, domain).partition(preferred);
}

Partition partition(std::span<const Pattern> patterns, const Pattern& domain) {
  std::vector<Set> sets;
  std::ranges::transform(patterns, std::back_inserter(sets), [](const Pattern& pattern) { return Set{{pattern}}; });
  return partition(sets, domain);
}

std::vector<std::string> samples(std::span<const Pattern> patterns, const Pattern& domain) { return partition(patterns, domain).values; }

bool overlap(const Pattern& a, const Pattern& b) {
  const std::array both{a, b};
  return std::ranges::any_of(samples(both), [&](const std::string& value) { return matches(a, value) && matches(b, value); });
}

}  // namespace s2a
