// Decisions about routes in a form in which the same is equal, whatever destinations are called.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace s2a::test {

/// `shop/reviews-v1` stands for `shop/reviews v1`.
using StandIns = std::map<std::string, std::string>;

/// What RoutedCase::decide() says, without what has no effect.
[[nodiscard]] nlohmann::json canonical(const nlohmann::json& decision, const StandIns& stand_ins);

/// In what two of these differ: `to`, `path`, `status`, ...
[[nodiscard]] std::set<std::string> differing_facts(const nlohmann::json& one, const nlohmann::json& other);

}  // namespace s2a::test
