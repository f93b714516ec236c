// Matches into rules, rules into routes.
#include "ir/conversion/route_rules.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ir/conversion/texts.h"

namespace s2a {
namespace {

constexpr std::size_t kMostMatches = 64;  // of a rule
constexpr std::size_t kMostRules = 16;    // of a route
constexpr std::size_t kMostInRoute = 128;
constexpr std::size_t kMostConditions = 16;
constexpr std::size_t kMostFilters = 16;
constexpr std::size_t kLongestHeader = 4096;
constexpr std::size_t kLongestQuery = 1024;

/// Presence is `.*`, and an empty text cannot be written as it is. routing.md 3.3
ValueMatch value_match(const std::string& name, const Pattern& value) {
  const auto* exact = std::get_if<Exact>(&value);
  if (exact != nullptr && !exact->text.empty()) return {.name = name, .value = exact->text};
  return {.name = name, .value = exact != nullptr ? "^$" : regex_of(value, ".*"), .regex = true};
}

RouteMatch match_of(const Region& region, const PathText& text) {
  RouteMatch out{.path_type = text.type, .path = text.text, .method = region.method};
  for (const auto& [key, test] : region.headers) out.headers.push_back(value_match(test.spelling, test.value));
  for (const auto& [name, value] : region.query) out.query_params.push_back(value_match(name, value));
  return out;
}

/// What of the match the CRD does not take; empty: nothing. routing.md 1.6
std::string beyond_limits(const RouteMatch& match) {
  if (match.path.size() > kLongestPath) return fmt::format("a path of {} characters", match.path.size());
  for (const auto& [values, longest] : {std::pair(&match.headers, kLongestHeader), std::pair(&match.query_params, kLongestQuery)}) {
    if (values->size() > kMostConditions) return fmt::format("{} conditions", values->size());
    for (const auto& value : *values)
      if (!is_header_name(value.name) || value.value.empty() || value.value.size() > longest) return value.name;
  }
  return {};
}

RouteRefusal at(RouteRefusal refusal, const Choice& choice, std::string_view field) {
  refusal.resource = &choice.from->rule->holder_of(field);
  refusal.node = field == "match" ? choice.from->node : choice.from->rule->rule.node;
  if (field == "rewrite" && choice.from->rule->rule.rewrite) refusal.node = choice.from->rule->rule.rewrite->node;
  return refusal;
}

/// A replaced prefix belongs to one match. routing.md 1.6
bool alone(const WrittenRule& rule) {
  const auto path = std::ranges::find(rule.url_rewrite, "path", &std::pair<std::string, Value>::first);
  return path != rule.url_rewrite.end() && std::get<Value::Map>(path->second.content).front().second == Value("ReplacePrefixMatch");
}

bool joins(const WrittenRule& last, const WrittenRule& next) {
  return last.action == next.action && last.url_rewrite == next.url_rewrite && last.matches.size() < kMostMatches && !alone(next);
}

struct Placed {
  std::size_t route = 0;
  std::size_t choice = 0;
  SortKey key{};
};

std::vector<Placed> placed(const std::vector<WrittenRoute>& routes, const std::vector<Choice>& choices) {
  std::vector<Placed> out;
  for (std::size_t route = 0; route < routes.size(); ++route)
    for (const auto& rule : routes[route])
      for (std::size_t i = 0; i < rule.matches.size(); ++i) {
        const PathText text{.type = rule.matches[i].path_type, .text = rule.matches[i].path};
        out.push_back({.route = route, .choice = rule.choices[i], .key = sort_key(text, choices[rule.choices[i]].region)});
      }
  return out;
}

Value value_match_value(const ValueMatch& match) { return Value::Map{{"type", match.regex ? "RegularExpression" : "Exact"}, {"name", match.name}, {"value", match.value}}; }

std::string_view name_of(PathMatchType type) {
  switch (type) {
    case PathMatchType::Exact: return "Exact";
    case PathMatchType::PathPrefix: return "PathPrefix";
    case PathMatchType::RegularExpression: return "RegularExpression";
  }
  return "";
}

Value match_value(const RouteMatch& match) {
  Value::Map out{{"path", Value::Map{{"type", name_of(match.path_type)}, {"value", match.path}}}};
  if (!match.method.empty()) out.emplace_back("method", match.method);
  for (const auto& [name, values] : {std::pair("headers", &match.headers), std::pair("queryParams", &match.query_params)}) {
    if (values->empty()) continue;
    Value::Sequence items;
    std::ranges::transform(*values, std::back_inserter(items), value_match_value);
    out.emplace_back(name, std::move(items));
  }
  return out;
}

}  // namespace

OrRefused<std::vector<WrittenRule>> rules_of(const std::vector<Choice>& choices, const std::vector<PathText>& texts, const std::vector<RuleAction>& actions) {
  std::vector<WrittenRule> out;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const auto& choice = choices[i];
    const auto& action = actions[choice.action];
    auto rewrite = url_rewrite(action, choice.region.path, texts[i]);
    if (!rewrite) return tl::make_unexpected(at(rewrite.error(), choice, "rewrite"));
    WrittenRule rule{.matches = {match_of(choice.region, texts[i])}, .choices = {i}, .action = choice.action, .url_rewrite = *std::move(rewrite)};
    auto limit = beyond_limits(rule.matches.front());
    if (action.filters.size() + (rule.url_rewrite.empty() ? 0 : 1) > kMostFilters) limit = fmt::format("{} filters", action.filters.size());
    if (!limit.empty()) return tl::make_unexpected(at({.obstacle = Obstacle::MatchLimit, .detail = limit}, choice, "match"));
    if (!out.empty() && joins(out.back(), rule)) {
      out.back().matches.push_back(std::move(rule.matches.front()));
      out.back().choices.push_back(i);
    } else {
      out.push_back(std::move(rule));
    }
  }
  return out;
}

std::optional<std::vector<WrittenRoute>> divided(std::vector<WrittenRule> rules, const std::vector<Choice>& choices, Relations& relations) {
  std::vector<WrittenRoute> out(1);
  std::size_t matches = 0;
  for (auto& rule : rules) {
    if (out.back().size() == kMostRules || matches + rule.matches.size() > kMostInRoute) {
      out.emplace_back();
      matches = 0;
    }
    matches += rule.matches.size();
    out.back().push_back(std::move(rule));
  }
  const auto all = out.size() > 1 ? placed(out, choices) : std::vector<Placed>();
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (auto j = i + 1; j < all.size(); ++j) {
      const auto& a = choices[all[i].choice];
      const auto& b = choices[all[j].choice];
      if (all[i].route != all[j].route && all[i].key == all[j].key && a.action != b.action && !disjoint(a.region, b.region, relations)) return std::nullopt;
    }
  }
  return out;
}

void name_rules(WrittenRoute& route, const std::vector<Choice>& choices) {
  std::set<std::string_view> taken;
  for (auto& rule : route) {
    const auto& name = choices[rule.choices.front()].from->rule->rule.name.value;
    const bool one = std::ranges::all_of(rule.choices, [&](std::size_t i) {
      const auto& from = *choices[i].from;
      return choices[i].action == from.action && from.rule->rule.name.value == name;
    });
    if (one && is_hostname(name) && taken.insert(name).second) rule.name = name;
  }
}

bool keeps_order(const std::vector<WrittenRoute>& routes, const std::vector<Choice>& choices, Relations& relations) {
  std::vector<Choice> written;
  std::vector<PathText> texts;
  for (const auto& route : routes)
    for (const auto& rule : route)
      for (std::size_t i = 0; i < rule.matches.size(); ++i) {
        written.push_back(choices[rule.choices[i]]);
        texts.push_back({.type = rule.matches[i].path_type, .text = rule.matches[i].path});
      }
  return written.size() == choices.size() && Sorted(written, texts, relations).keeps_order();
}

Value rule_value(const WrittenRule& rule, const RuleAction& action) {
  Value::Sequence matches;
  std::ranges::transform(rule.matches, std::back_inserter(matches), match_value);
  Value::Map out;
  if (!rule.name.empty()) out.emplace_back("name", rule.name);
  out.emplace_back("matches", std::move(matches));
  auto filters = action.filters;
  if (!rule.url_rewrite.empty()) filters.emplace_back(Value::Map{{"type", "URLRewrite"}, {"urlRewrite", rule.url_rewrite}});
  if (!filters.empty()) out.emplace_back("filters", std::move(filters));
  if (!action.backends.empty()) out.emplace_back("backendRefs", action.backends);
  if (!action.timeouts.empty()) out.emplace_back("timeouts", action.timeouts);
  if (!action.retry.empty()) out.emplace_back("retry", action.retry);
  return out;
}

}  // namespace s2a
