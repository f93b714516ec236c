// As much of JSON Schema as report.schema.json uses: type, enum, const, pattern, minimum, properties, required, additionalProperties, items, $ref to $defs.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace s2a::test {

/// One line for each place where the document is not what the schema says; empty where it is. A keyword that is not known is an error too.
[[nodiscard]] std::string schema_errors(const nlohmann::json& schema, const nlohmann::json& document);

}  // namespace s2a::test
