// A request that shows that routes differ.
#pragma once

#include <optional>

#include "ir/proof/compare.h"

namespace s2a {

/// Whether the request gets to somebody, or is answered. Where routes are compared, to find no route, or nobody behind it, is an answer, too.
[[nodiscard]] bool gets_through(const Decision& decision, Compared what);

/// What the comparison of actions says to differ is the same for some requests: a prefix and a whole path are rewritten to the same text where nothing follows, a header that is
/// not there is not removed, and CORS is nothing to requests without an Origin. So requests like `request` are tried as well. nullopt: none shows a difference.
[[nodiscard]] std::optional<Difference> shown(const Request& request, const Path& before, const Path& after);

}  // namespace s2a
