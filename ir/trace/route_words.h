// What routes do with a request, for people.
#pragma once

#include <string>

#include "ir/table/table.h"

namespace s2a {

/// `to Service shop/cart-v2 port 80, subset v2, for 10 of 100`, and what becomes of the path and the host.
[[nodiscard]] std::string leads_to(const RouteAction& action, const Destination& destination, const Request& request);
/// What the caller gets where nobody is behind a destination: `503: ...`. routing.md 4.1
[[nodiscard]] std::string nobody_behind(const RouteAction& action, const Destination& destination);
/// What the proxy answers itself: a preflight, a redirect, a direct answer, a fault. routing.md 1.5
[[nodiscard]] std::string own_answer(const RouteAction& action, const Request& request);

}  // namespace s2a
