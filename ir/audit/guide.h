// The official migration guide tells people to find policies that need layer 7 by searching for five words. What of them it does not find. authorization.md F13
#pragma once

#include <array>
#include <string_view>

#include "ir/mesh/store.h"

namespace s2a {

/// `grep -E 'methods:|paths:|headers:|action: CUSTOM|action: AUDIT'`
inline constexpr std::array<std::string_view, 5> kGuideWords{"methods:", "paths:", "headers:", "action: CUSTOM", "action: AUDIT"};

/// Whether that finds any line of the resource's own text, comments among them.
[[nodiscard]] bool found_by_guide(const Store& store, const Resource& resource);

}  // namespace s2a
