// Readable guesses first, then a walk over all automata at once for the combinations that no guess met.
#include "ir/pattern/samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "ir/pattern/automaton.h"

namespace s2a {
namespace {

/// Steps of a walk, some tens of nanoseconds each: more than a policy of a size that people write asks for.
constexpr std::size_t kBudget = 10'000'000;

/// Which patterns a value matches.
using Signs = std::vector<bool>;

Signs signs_of(std::span<const Pattern> patterns, std::string_view value) {
  Signs out;
  std::ranges::transform(patterns, std::back_inserter(out), [&](const Pattern& pattern) { return matches(pattern, value); });
  return out;
}

/// Keeps the first value of each combination.
class Collector {
 public:
  Collector(std::span<const Pattern> patterns, const Pattern& domain) : patterns_(patterns), domain_(domain) {}

  void offer(std::string value) {
    if (matches(domain_, value) && seen_.insert(signs_of(patterns_, value)).second) values_.push_back(std::move(value));
  }
  [[nodiscard]] std::vector<std::string> take() && { return std::move(values_); }

 private:
  std::span<const Pattern> patterns_;
  const Pattern& domain_;
  std::set<Signs> seen_;
  std::vector<std::string> values_;
};

/// A sequence with its runs filled in: those that may be empty with `optional`, the others with `word`.
std::string spell(const std::vector<Piece>& sequence, std::string_view word, std::string_view optional) {
  std::string out;
  for (const auto& piece : sequence) {
    const auto* text = std::get_if<std::string>(&piece);
    out += text != nullptr ? std::string_view(*text) : std::get<Star>(piece).empty_too ? optional : word;
  }
  return out;
}

/// What a reader would try for this pattern.
void offer_guesses(const Pattern& pattern, Collector& out) {
  if (const auto* regex = std::get_if<Regex>(&pattern)) {
    if (auto example = regex->example()) out.offer(*std::move(example));
  }
  const auto glob = as_glob(pattern);
  if (!glob) return;
  for (const auto& sequence : glob->any_of) {
    out.offer(spell(sequence, "x", ""));
    out.offer(spell(sequence, "x", "x"));
    out.offer(spell(sequence, "x", "/x"));
  }
}

/// A value of the domain that occurs nowhere.
void offer_fresh(const Pattern& domain, Collector& out) {
  const auto glob = as_glob(domain);
  if (!glob) return;
  for (const auto& sequence : glob->any_of) out.offer(spell(sequence, "other", "other"));
}

/// Walks all strings of the domain, shorter ones first, and offers the first of each combination. False where the budget does not suffice.
bool walk(std::vector<Glob> globs, const Glob& domain, std::size_t& budget, Collector& out) {
  const auto guard = globs.size();
  globs.push_back(domain);
  const Automaton automaton(globs);
  const auto alphabet = automaton.alphabet();

  struct Visit {
    const Automaton::State* state;
    std::size_t from;
    char letter;
  };
  std::set<Automaton::State> states{automaton.start()};
  std::vector<Visit> visits{{&*states.begin(), 0, 0}};
  const auto value_of = [&](std::size_t visit) {
    std::string value;
    for (; visit != 0; visit = visits[visit].from) value += visits[visit].letter;
    std::ranges::reverse(value);
    return value;
  };
  std::set<Signs> offered;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const auto& state = *visits[i].state;
    const auto signs = automaton.accepts(state);
    if (signs[guard] && offered.insert(signs).second) out.offer(value_of(i));
    const auto work = (state.size() + 1) * alphabet.size();
    if (work > budget) return false;
    budget -= work;
    for (const char letter : alphabet) {
      auto next = automaton.step(state, letter);
      if (!automaton.alive(next, guard)) continue;
      const auto [entry, fresh] = states.insert(std::move(next));
      if (fresh) visits.push_back({&*entry, i, letter});
    }
  }
  return true;
}

bool spelled_readably(const Glob& glob) {
  return std::ranges::all_of(glob.any_of, [](const auto& sequence) { return std::ranges::all_of(spell(sequence, "", ""), readable); });
}

Partition partition_texts(std::span<const Pattern> patterns, const Pattern& domain) {
  Collector out(patterns, domain);
  offer_fresh(domain, out);
  for (const auto& pattern : patterns) offer_guesses(pattern, out);

  std::vector<Glob> globs;
  for (const auto& pattern : patterns) {
    if (auto glob = as_glob(pattern)) globs.push_back(*std::move(glob));
  }
  const auto within = as_glob(domain);
  if (!within) return {.values = std::move(out).take()};
  bool complete = globs.size() == patterns.size() && std::ranges::all_of(globs, spelled_readably) && spelled_readably(*within);
  auto budget = kBudget;
  if (!walk(globs, *within, budget, out)) {
    complete = false;
    budget = kBudget;
    for (std::size_t i = 0; i < globs.size(); ++i) {
      for (std::size_t j = i + 1; j < globs.size(); ++j) walk({globs[i], globs[j]}, *within, budget, out);
    }
  }
  return {.values = std::move(out).take(), .complete = complete};
}

template <class Kind>
bool is(const Pattern& pattern) {
  return std::holds_alternative<Kind>(pattern);
}

/// A set of ports changes at the ends of ranges only.
Partition partition_ports(std::span<const Pattern> patterns, const Pattern& domain) {
  Collector out(patterns, domain);
  const auto offer = [&](unsigned port) {
    if (port >= 1 && port <= 65535) out.offer(fmt::format("{}", port));
  };
  std::vector<Pattern> ranges(patterns.begin(), patterns.end());
  ranges.push_back(domain);
  for (const auto& pattern : ranges) {
    const auto* range = std::get_if<PortRange>(&pattern);
    if (range == nullptr) continue;
    offer(range->first);
    offer(range->last + 1U);
  }
  offer(1);
  return {.values = std::move(out).take(), .complete = std::ranges::all_of(patterns, is<PortRange>)};
}

/// A set of addresses changes at the ends of blocks only.
Partition partition_addresses(std::span<const Pattern> patterns, const Pattern& domain) {
  Collector out(patterns, domain);
  for (const char* fresh : {"192.0.2.1", "2001:db8::1"}) out.offer(fresh);
  std::vector<Pattern> blocks(patterns.begin(), patterns.end());
  blocks.push_back(domain);
  for (const auto& pattern : blocks) {
    const auto* block = std::get_if<Cidr>(&pattern);
    if (block == nullptr) continue;
    out.offer(to_string(block->base));
    out.offer(to_string(block->first()));
    out.offer(to_string(next(block->last())));
  }
  for (const char* lowest : {"0.0.0.0", "::"}) out.offer(lowest);
  return {.values = std::move(out).take(), .complete = std::ranges::all_of(patterns, is<Cidr>)};
}

}  // namespace

Partition partition(std::span<const Pattern> patterns, const Pattern& domain) {
  if (is<PortRange>(domain) || std::ranges::any_of(patterns, is<PortRange>)) return partition_ports(patterns, domain);
  if (is<Cidr>(domain) || std::ranges::any_of(patterns, is<Cidr>)) return partition_addresses(patterns, domain);
  return partition_texts(patterns, domain);
}

std::vector<std::string> samples(std::span<const Pattern> patterns, const Pattern& domain) { return partition(patterns, domain).values; }

bool overlap(const Pattern& a, const Pattern& b) {
  const std::array both{a, b};
  return std::ranges::any_of(samples(both), [&](const std::string& value) { return matches(a, value) && matches(b, value); });
}

}  // namespace s2a
