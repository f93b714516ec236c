// What routes do with requests, in a form in which the same is equal. routing.md 7.0
#pragma once

#include "ir/table/route_action.h"

namespace s2a {

/// Without names: where the pods behind a destination are known, it does not matter what it is called. Two meshes must number their pods alike.
[[nodiscard]] RouteAction comparable(const RouteAction& action);

/// What becomes of one request: what the transforms make of its path, its host and its headers stands for the transforms.
[[nodiscard]] RouteAction effect_on(const RouteAction& action, const Request& request);

}  // namespace s2a
