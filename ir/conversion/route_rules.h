// Choices as rules of HTTPRoutes, and as many HTTPRoutes as the limits of the CRD ask for. routing.md 1.6, 3.2, 7
#pragma once

#include <string>
#include <vector>

#include "ir/conversion/choices.h"

namespace s2a {

/// A rule of an HTTPRoute that will be written, and the candidates that it comes from.
struct WrittenRule {
  std::vector<RouteMatch> matches;
  std::vector<std::size_t> choices;  ///< of each match
  std::size_t action = 0;
  Value::Map url_rewrite;  ///< empty: none
  std::string name;        ///< empty: none
};

/// The rules of one HTTPRoute.
using WrittenRoute = std::vector<WrittenRule>;

/// Neighbours that do the same share a rule. The error names the first choice that goes beyond what a route can say.
[[nodiscard]] OrRefused<std::vector<WrittenRule>> rules_of(const std::vector<Choice>& choices, const std::vector<PathText>& texts, const std::vector<RuleAction>& actions);

/// 16 rules and 128 matches a route; nothing where the age of two routes would decide between matches that overlap. routing.md 2.7
[[nodiscard]] std::optional<std::vector<WrittenRoute>> divided(std::vector<WrittenRule> rules, const std::vector<Choice>& choices, Relations& relations);

/// Gives the rules of a route the names that theirs had, where the CRD takes them: each once, and none to a rule that is made of several. routing.md 1.3, 1.6
void name_rules(WrittenRoute& route, const std::vector<Choice>& choices);

/// Whether the matches as they are written, sorted as istiod sorts them, decide every request as the choices do. routing.md 7.6
[[nodiscard]] bool keeps_order(const std::vector<WrittenRoute>& routes, const std::vector<Choice>& choices, Relations& relations);

/// The filter that changes path and Host on the way, for a match whose path is written like this; empty: none. routing.md 3.2
[[nodiscard]] OrRefused<Value::Map> url_rewrite(const RuleAction& action, const Pattern& path, const PathText& text);

/// `rules[]` of an HTTPRoute.
[[nodiscard]] Value rule_value(const WrittenRule& rule, const RuleAction& action);

}  // namespace s2a
