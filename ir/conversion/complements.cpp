// What a match leaves out, sent where later rules send it. routing.md 2.6, 3.1
//
//   - match: [{withoutHeaders: {x: {exact: y}}}]  route: A                  - matches: [{headers: [{name: x, value: y}]}]   B
//   - route: B                                                     ->       - matches: [{path: /}]                          A
#include <algorithm>

#include "ir/conversion/choices.h"
#include "ir/conversion/texts.h"

namespace s2a {
namespace {

Refusal refusal(Obstacle obstacle, const Candidate& at, const Region& region) {
  return {.obstacle = obstacle, .resource = &at.rule->holder_of("match"), .node = at.node, .detail = to_string(region), .witness = {}};
}

/// `/foo/`* is `/foo` as segments, but for `/foo` itself.
void guard_slash(Region& region, std::vector<Region>& without) {
  const auto* prefix = std::get_if<Prefix>(&region.path);
  if (prefix == nullptr || !prefix->text.ends_with('/')) return;
  const auto bare = prefix->text.substr(0, prefix->text.size() - 1);
  const auto segment = segment_prefix(bare);
  for (auto& left : without)
    if (left.path == region.path) left.path = segment;
  region.path = Exact{bare};
  without.push_back(region);
  region.path = segment;
}

}  // namespace

std::vector<Choice> without_dead(std::vector<Choice> choices) {
  std::vector<Choice> out;
  for (auto& choice : choices)
    if (std::ranges::none_of(out, [&](const Choice& earlier) { return includes(earlier.region, choice.region); })) out.push_back(std::move(choice));
  return out;
}

OrRefused<std::vector<Choice>> expanded(const std::vector<Candidate>& candidates, bool guards) {
  std::vector<Choice> later;
  for (auto at = candidates.rbegin(); at != candidates.rend(); ++at) {
    auto region = at->region;
    auto without = at->without;
    if (guards) guard_slash(region, without);
    std::vector<Choice> out;
    for (const auto& left : without) {
      bool covered = false;
      for (auto next = later.begin(); next != later.end() && !covered; ++next) {
        auto common = intersection(left, next->region);
        if (!common && common.error() == NoRegion::Inexpressible) return tl::make_unexpected(refusal(Obstacle::ComplementIntersection, *at, left));
        if (common) out.push_back({.region = *std::move(common), .action = next->action, .from = &*at});
        covered = includes(next->region, left);
      }
      if (!covered) return tl::make_unexpected(refusal(Obstacle::UncoveredComplement, *at, left));
    }
    out.push_back({.region = std::move(region), .action = at->action, .from = &*at});
    std::ranges::move(later, std::back_inserter(out));
    later = without_dead(std::move(out));
  }
  return later;
}

}  // namespace s2a
