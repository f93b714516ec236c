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

bool by_prefix(const Pattern& path) {
  const auto* exact = std::get_if<Exact>(&path);
  return std::holds_alternative<Present>(path) || segment_of(path) || (exact != nullptr && !exact->ignore_case && is_crd_path(exact->text));
}

}  // namespace

std::optional<std::vector<Choice>> repaired(std::vector<Choice> choices) {
  const auto most = std::max(kMostChoices, choices.size() + choices.size() / 2);
  while (choices.size() <= most) {
    std::vector<PathText> texts;
    for (const auto& choice : choices) texts.push_back(prefix_text(choice.region.path));
    const auto pair = unsettled(choices, texts);
    if (!pair) return choices;
    auto common = intersection(choices[pair->first].region, choices[pair->second].region);
    if (!common || !by_prefix(common->path)) return std::nullopt;
    const auto end = choices.begin() + static_cast<std::ptrdiff_t>(pair->first);
    if (std::any_of(choices.begin(), end + 1, [&](const Choice& e) { return e.region == *common; })) return std::nullopt;  // it would stand there already
    const auto before = choices.size();
    choices.insert(end, {.region = *std::move(common), .action = end->action, .from = end->from});
    choices = without_dead(std::move(choices));
    if (choices.size() < before) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace s2a
