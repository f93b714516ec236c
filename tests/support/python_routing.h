// The Python model of routes (shared/model/routing/decide.py) as a second opinion.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace s2a::test {

/// In what it differs from our decisions, request by request, in words; nothing where it, python3 or PyYAML is not there. A line is a case with its `request`.
[[nodiscard]] std::optional<std::vector<std::string>> routing_differences_in_python(const std::vector<nlohmann::json>& lines, const std::vector<nlohmann::json>& ours);

/// How often each key occurs, so that nothing is tested in vain.
void count_keys(const nlohmann::json& value, std::map<std::string, int>& keys);

}  // namespace s2a::test
