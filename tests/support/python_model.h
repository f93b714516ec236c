// The Python model of the engines (shared/model/decide.py) as a second opinion.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace s2a::test {

/// Every document that is a map, its scalars as the API server reads them, as far as the generators of tests write them.
[[nodiscard]] nlohmann::json kubernetes_objects(const std::string& yaml);

/// A recorded request (shared/vectors), as decide.py reads it. `ext` says what each authorizer answers; without it the one of the vectors does.
[[nodiscard]] nlohmann::json python_request(const nlohmann::json& asked, const nlohmann::json& mesh_config);

/// What a script of shared/model says to each line, in order; one process answers all. Empty where it, python3 or PyYAML is not there.
[[nodiscard]] std::vector<nlohmann::json> answers_in_python(const std::string& script, const std::vector<nlohmann::json>& lines);

/// Whether each request is allowed, in order; one process answers all. Empty where the model or python3 is not there.
[[nodiscard]] std::vector<bool> decide_in_python(const std::vector<nlohmann::json>& lines);

}  // namespace s2a::test
