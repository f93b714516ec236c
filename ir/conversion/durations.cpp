// Durations as the Gateway API writes them. routing.md 1.3
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "ir/conversion/rule_action.h"

namespace s2a {

std::optional<std::string> gep_duration(Milliseconds time) {
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 4> kUnits{{{"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
  constexpr std::int64_t kTooLong = 100'000;  // hours have five digits
  auto left = static_cast<std::int64_t>(time.count());
  if (left / kUnits.front().second >= kTooLong) return std::nullopt;
  std::string out;
  for (const auto& [unit, length] : kUnits) {
    if (left >= length) out += fmt::format("{}{}", left / length, unit);
    left %= length;
  }
  return out.empty() ? "0s" : out;
}

}  // namespace s2a
