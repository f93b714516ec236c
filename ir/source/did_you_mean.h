// The name that was probably meant.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace s2a {

/// The known name closest to what was seen, by letters changed, left out, added or swapped, where case costs nothing; the first of several. Empty where none is close, and for a
/// name that is known.
[[nodiscard]] std::string did_you_mean(std::string_view seen, std::span<const std::string_view> known);

}  // namespace s2a
