// Rules that are written: what they say field by field, and the small edits that every rewriting needs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "ir/mesh/authorization_policy.h"
#include "ir/source/document.h"
#include "ir/value.h"

namespace s2a {

using Values = std::vector<Spanned<std::string>>;

/// Values that no text holds yet.
[[nodiscard]] Values spanned(const std::vector<std::string>& texts);
[[nodiscard]] std::vector<std::string> port_texts(const std::vector<std::uint16_t>& ports);

/// Makes `values` these; where they already are, in whatever order, the text stays as it is.
void assign(Values& values, const std::vector<std::string>& wanted);

/// An alternative that holds for every request.
[[nodiscard]] bool says_nothing(const Source& source);
[[nodiscard]] bool says_nothing(const Operation& operation);

/// Removes what exists on HTTP only. authorization.md 2.5
void strip_http(Rule& rule);
/// Removes a clause in which an alternative always holds.
template <class Alternatives>
void drop_if_always(Alternatives& alternatives) {
  if (std::ranges::any_of(alternatives, [](const auto& a) { return says_nothing(a); })) alternatives.clear();
}

[[nodiscard]] Condition condition(ConditionAttribute attribute, const std::vector<std::string>& values, const std::vector<std::string>& not_values);

/// `from: [{source: {principals: [...]}}]`: lets the waypoints in.
[[nodiscard]] Rule admit_waypoints(const std::vector<std::string>& principals);
/// Adds `when: source.principal notValues` for those of the waypoints that ztunnel would find in the rule: what they bring has been judged by them. False: there are none.
bool exempt_waypoints(Rule& rule, const std::vector<std::string>& principals);
/// `to: [{operation: {ports: [...]}}]`
[[nodiscard]] Rule for_ports(const std::vector<std::uint16_t>& ports);
/// Adds `when: destination.port notValues`, unless the rule names other ports anyway.
void exempt_ports(Rule& rule, const std::vector<std::uint16_t>& ports);
/// Whether every operation of the rule names ports, and none of these.
[[nodiscard]] bool avoids(const Rule& rule, const std::vector<std::uint16_t>& ports);
/// Whether every operation of the rule names some of these ports, and no others.
[[nodiscard]] bool keeps_to(const Rule& rule, const std::vector<std::uint16_t>& ports);
/// Service accounts without a namespace mean the policy's own: written out for a copy in another namespace. authorization.md 8.1
void qualify_service_accounts(Rule& rule, const std::string& policy_namespace);

/// `rules:` as they are written. `source`: the document that they, or what they were made from, were read from; nullptr where it does not matter.
[[nodiscard]] Value to_value(const std::vector<Rule>& rules, const Document* source = nullptr);

}  // namespace s2a
