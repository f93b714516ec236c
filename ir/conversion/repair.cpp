// Intersections that bring a list into the order that istiod's sort gives it. routing.md 2.4
//
//   x-canary: true -> V2                      /admin, x-canary: true -> V2
//   /admin         -> ADM             ->      x-canary: true         -> V2
//   *              -> V1                      /admin                 -> ADM
//                                             *                      -> V1
#include <algorithm>

#include "ir/conversion/choices.h"
#include "ir/conversion/segments.h"
#include "ir/conversion/texts.h"

namespace s2a {
namespace {

constexpr std::size_t kMostChoices = 128;

bool by_prefix(const Pattern& path) { return std::holds_alternative<Present>(path) || segment_of(path) != nullptr || fits_exact(path); }

std::vector<PathText> texts_of(const std::vector<Choice>& choices) {
  std::vector<PathText> out;
  for (const auto& choice : choices) out.push_back(prefix_text(choice.region.path));
  return out;
}

}  // namespace

/// From the last rule up: what is added for one is sorted before whatever overtakes it, so that later rules stay settled.
std::optional<std::vector<Choice>> repaired(std::vector<Choice> choices, Relations& relations) {
  const auto most = std::max(kMostChoices, choices.size() + choices.size() / 2);
  auto texts = texts_of(choices);
  std::optional<Sorted> sorted(std::in_place, choices, texts, relations);
  for (auto i = choices.size(); i-- > 0;) {
    std::vector<Choice> added;
    for (const auto later : sorted->overtaking(i)) {
      auto common = intersection(choices[i].region, choices[later].region, relations);
      if (!common || !by_prefix(common->path)) return std::nullopt;
      const auto there = [&](const Choice& choice) { return includes(choice.region, *common, relations); };
      if (std::ranges::none_of(added, there)) added.push_back({.region = *std::move(common), .action = choices[i].action, .from = choices[i].from});
      if (choices.size() + added.size() > most) return std::nullopt;
    }
    if (added.empty()) continue;
    choices.insert(choices.begin() + static_cast<std::ptrdiff_t>(i), added.begin(), added.end());
    texts = texts_of(choices);
    sorted.emplace(choices, texts, relations);
  }
  return sorted->keeps_order() ? std::optional(std::move(choices)) : std::nullopt;
}

}  // namespace s2a
