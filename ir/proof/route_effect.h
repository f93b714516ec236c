// What routes do with requests, in a form in which the same is equal. routing.md 7.0
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "ir/table/path.h"

namespace s2a {

/// Without names: where the pods behind a destination are known, it does not matter what it is called. Two meshes must number their pods alike.
[[nodiscard]] RouteAction comparable(const RouteAction& action);

/// What becomes of one request: what the transforms make of its path, its host and its headers stands for the transforms, and what CORS makes of it for the policy.
[[nodiscard]] RouteAction effect_on(const RouteAction& action, const Request& request);

/// What a proxy does that has no route for a request: it answers with 404.
[[nodiscard]] const RouteAction& no_route();
/// What the first engine that routes the request does with it; nothing where none does.
[[nodiscard]] std::optional<RouteAction> action_of(const Decision& decision);
/// What of two effects on one request differs, in words: `goes to shop/reviews v1 port 80; path /x`, and the same of the other. nullopt: nothing routes it.
[[nodiscard]] std::pair<std::string, std::string> differences(const std::optional<RouteAction>& one, const std::optional<RouteAction>& other, const Request& request);

}  // namespace s2a
