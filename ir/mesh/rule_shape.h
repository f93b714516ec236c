// What a rule reads: its values, and which of its fields exist on HTTP only. authorization.md 1, 2.5
#pragma once

#include <string>
#include <vector>

#include "ir/mesh/authorization_policy.h"

namespace s2a {

/// The values alone.
[[nodiscard]] std::vector<std::string> texts(const std::vector<Spanned<std::string>>& values);
/// Whether the field says anything.
[[nodiscard]] bool constrains(const Match& match);
[[nodiscard]] bool reads(const Condition& condition, ConditionAttribute attribute);
/// Whether the rule reads the address that X-Forwarded-For may name. authorization.md 2.4
[[nodiscard]] bool reads_remote_address(const Rule& rule);
/// Whether the condition reads what exists on HTTP only.
[[nodiscard]] bool reads_http(const Condition& condition);
/// Whether any field of the rule exists on HTTP only: hosts, methods, paths, requestPrincipals, request.*. authorization.md 2.5
[[nodiscard]] bool reads_http(const Rule& rule);

}  // namespace s2a
