// Edit distance with swaps of neighbours (optimal string alignment).
#include "ir/source/did_you_mean.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <utility>
#include <vector>

namespace s2a {
namespace {

constexpr std::size_t kLongest = 100;

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_above(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::swap(two_above, above);
    std::swap(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], two_above[j - 2] + 1);
    }
  }
  return row.back();
}

}  // namespace

std::string did_you_mean(std::string_view seen, std::span<const std::string_view> known) {
  if (seen.size() > kLongest) return {};
  const auto wanted = lowered(seen);
  std::string_view best;
  auto least = std::max<std::size_t>(1, seen.size() / 3) + 1;
  for (const auto name : known) {
    if (name == seen) return {};
    if (name.size() > kLongest) continue;
    const auto d = distance(wanted, lowered(name));
    if (d < std::min(least, name.size())) {
      least = d;
      best = name;
    }
  }
  return std::string(best);
}

}  // namespace s2a
