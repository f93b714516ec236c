// What a match leaves out, sent where later rules send it. routing.md 2.6, 3.1
//
//   - match: [{withoutHeaders: {x: {exact: y}}}]  route: A                  - matches: [{headers: [{name: x, value: y}]}]   B
//   - route: B                                                     ->       - matches: [{path: /}]                          A
#include <algorithm>

#include "ir/conversion/choices.h"
#include "ir/conversion/texts.h"

namespace s2a {
namespace {

constexpr std::size_t kMostAdded = 128;

RouteRefusal refusal(Obstacle obstacle, const Candidate& at, const Region& region) {
  return {.obstacle = obstacle, .resource = &at.rule->holder_of("match"), .node = at.node, .detail = to_string(region)};
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

OrRefused<std::vector<Choice>> expanded(const std::vector<Candidate>& candidates, bool guards, Relations& relations) {
  std::vector<Choice> later;  // from the last one up
  for (auto at = candidates.rbegin(); at != candidates.rend(); ++at) {
    auto region = at->region;
    auto without = at->without;
    if (guards) guard_slash(region, without);
    std::vector<Choice> own;
    const auto add = [&](Region part, std::size_t action) {
      if (std::ranges::none_of(own, [&](const Choice& earlier) { return includes(earlier.region, part, relations); }))
        own.push_back({.region = std::move(part), .action = action, .from = &*at});
    };
    for (const auto& left : without) {
      bool covered = false;
      for (auto next = later.rbegin(); next != later.rend() && !covered; ++next) {
        auto common = intersection(left, next->region, relations);
        if (!common && common.error() == NoRegion::Inexpressible) return tl::make_unexpected(refusal(Obstacle::ComplementIntersection, *at, left));
        if (common) add(*std::move(common), next->action);
        covered = includes(next->region, left, relations);
      }
      if (!covered) return tl::make_unexpected(refusal(Obstacle::UncoveredComplement, *at, left));
    }
    add(std::move(region), at->action);
    std::erase_if(later, [&](const Choice& choice) { return std::ranges::any_of(own, [&](const Choice& e) { return includes(e.region, choice.region, relations); }); });
    std::move(own.rbegin(), own.rend(), std::back_inserter(later));
    if (later.size() > 2 * candidates.size() + kMostAdded) return tl::make_unexpected(refusal(Obstacle::ComplementIntersection, *at, at->region));
  }
  std::ranges::reverse(later);
  return later;
}

}  // namespace s2a
