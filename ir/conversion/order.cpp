// Whether istiod's sort keeps the meaning of a list. routing.md 2.1, 2.3
#include <algorithm>
#include <numeric>
#include <span>

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

}  // namespace

SortKey sort_key(const PathText& path, const Region& region) {
  return {-rank(path.type), -static_cast<long>(path.text.size()), region.method.empty() ? 1 : 0, -static_cast<long>(region.headers.size()),
          -static_cast<long>(region.query.size())};
}

PathText prefix_text(const Pattern& path) {
  if (const auto* exact = one_text(path)) return {.type = PathMatchType::Exact, .text = *exact};
  const auto* segment = segment_of(path);
  return {.type = PathMatchType::PathPrefix, .text = segment != nullptr ? *segment : "/"};
}

Sorted::Sorted(const std::vector<Choice>& choices, const std::vector<PathText>& texts, Relations& relations)
    : choices_(choices), relations_(relations), order_(choices.size()), place_(choices.size()) {
  std::vector<SortKey> keys;
  for (std::size_t i = 0; i < choices.size(); ++i) keys.push_back(sort_key(texts[i], choices[i].region));
  std::iota(order_.begin(), order_.end(), 0);
  std::ranges::stable_sort(order_, {}, [&](std::size_t i) { return keys[i]; });
  for (std::size_t place = 0; place < order_.size(); ++place) place_[order_[place]] = place;
}

std::vector<std::size_t> Sorted::overtaking(std::size_t choice) const {
  const auto& own = choices_[choice];
  std::vector<std::size_t> out;
  for (auto later = choice + 1; later < choices_.size(); ++later) {
    const auto& other = choices_[later];
    if (place_[choice] < place_[later] || own.action == other.action || disjoint(own.region, other.region, relations_)) continue;
    const auto covers = [&](const Choice& c) { return includes_common(c.region, own.region, other.region, relations_); };
    const bool earlier = std::any_of(choices_.begin(), choices_.begin() + static_cast<std::ptrdiff_t>(choice), covers);
    if (earlier || std::ranges::any_of(std::span(order_).first(place_[later]), [&](std::size_t k) { return covers(choices_[k]); })) continue;
    out.push_back(later);
  }
  return out;
}

bool Sorted::keeps_order() const {
  for (std::size_t i = 0; i < choices_.size(); ++i)
    if (!overtaking(i).empty()) return false;
  return true;
}

}  // namespace s2a
