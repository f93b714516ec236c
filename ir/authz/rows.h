// What the lowerings of AuthorizationPolicy have in common: fields to literals, policies to rows in the order in which every engine asks them.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ir/mesh/resource.h"
#include "ir/table/table.h"

namespace s2a {

using ToPattern = std::function<Pattern(const std::string&)>;

/// A field as literals: any of `values`, none of `not_values`; nothing for an empty list. authorization.md 1
void add_literals(Conjunction& out, const Attribute& attribute, const std::vector<std::string>& values, const std::vector<std::string>& not_values, const ToPattern& to_pattern);
void add_literals(Conjunction& out, const Attribute& attribute, const Match& match, const ToPattern& to_pattern);

/// A value of `ipBlocks` and its like; one that is no address matches nothing (admission refuses it before).
[[nodiscard]] Pattern address_block(const std::string& value);
/// A value of `ports`; one that is no port matches nothing (admission refuses it before). authorization.md 2.3
[[nodiscard]] Pattern destination_port(const std::string& value);

/// How one engine reads a rule; nothing where it drops the rule.
using LowerRule = std::function<std::optional<Guard>(const Rule&, AuthorizationAction, const std::string& policy_namespace)>;

/// One row for each rule of the policies with that action that the engine keeps; dry runs decide nothing.
[[nodiscard]] std::vector<Row> rows_of(std::span<const Resource* const> policies, AuthorizationAction action, Outcome outcome, const LowerRule& lower);

/// DENY rows, then ALLOW rows, then the default: `refusal` where any ALLOW policy exists, whatever became of its rules. authorization.md 2.2, 3.2
[[nodiscard]] Table policy_rows(std::span<const Resource* const> policies, Outcome refusal, const LowerRule& lower);

}  // namespace s2a
