// Whether istiod's sort keeps the meaning of a list. routing.md 2.1, 2.3
#include <algorithm>
#include <numeric>

#include "ir/conversion/choices.h"
#include "ir/conversion/texts.h"

namespace s2a {
namespace {

long rank(PathMatchType type) {
  switch (type) {
    case PathMatchType::Exact: return 3;
    case PathMatchType::PathPrefix: return 2;
    case PathMatchType::RegularExpression: return 1;
  }
  return 0;
}

/// The place of each choice in the sorted list.
std::vector<std::size_t> places(const std::vector<SortKey>& keys) {
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return keys[i]; });
  std::vector<std::size_t> out(keys.size());
  for (std::size_t place = 0; place < order.size(); ++place) out[order[place]] = place;
  return out;
}

}  // namespace

SortKey sort_key(const PathText& path, const Region& region) {
  return {-rank(path.type), -static_cast<long>(path.text.size()), region.method.empty() ? 1 : 0, -static_cast<long>(region.headers.size()),
          -static_cast<long>(region.query.size())};
}

PathText prefix_text(const Pattern& path) {
  if (const auto* exact = std::get_if<Exact>(&path)) return {.type = PathMatchType::Exact, .text = exact->text};
  return {.type = PathMatchType::PathPrefix, .text = segment_of(path).value_or("/")};
}

std::optional<std::pair<std::size_t, std::size_t>> unsettled(const std::vector<Choice>& choices, const std::vector<PathText>& texts) {
  std::vector<SortKey> keys;
  for (std::size_t i = 0; i < choices.size(); ++i) keys.push_back(sort_key(texts[i], choices[i].region));
  const auto place = places(keys);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    for (auto j = i + 1; j < choices.size(); ++j) {
      if (place[i] < place[j] || choices[i].action == choices[j].action || disjoint(choices[i].region, choices[j].region)) continue;
      const auto covers = [&](std::size_t k) { return place[k] < place[j] && includes_common(choices[k].region, choices[i].region, choices[j].region); };
      bool settled = false;
      for (std::size_t k = 0; k < choices.size() && !settled; ++k) settled = covers(k);
      if (!settled) return std::pair(i, j);
    }
  }
  return std::nullopt;
}

}  // namespace s2a
