// Choosing the way in which matches are written: Exact and PathPrefix where these keep the meaning, else regular expressions. routing.md 7
//
//   http:                                                             rules:
//   - match: [{headers: {x-canary: {exact: "true"}}}]                 - matches: [{path: {type: PathPrefix, value: /}, headers: [{name: x-canary ...}]}]
//     route: [{destination: {host: reviews, subset: v2}}]      ->       backendRefs: [{name: reviews-v2 ...}]
//   - route: [{destination: {host: reviews, subset: v1}}]             - matches: [{path: {type: PathPrefix, value: /}}]
//                                                                       backendRefs: [{name: reviews-v1 ...}]
#include "ir/conversion/http_routes.h"

#include <algorithm>

#include "ir/conversion/segments.h"
#include "ir/conversion/texts.h"

namespace s2a {
namespace {

class Writer {
 public:
  Writer(Projection projection, const ConversionOptions& options, Relations& relations) : projection_(std::move(projection)), options_(options), relations_(relations) {}

  PortRoutes write() {
    candidates_ = projection_.candidates;
    prefer_segments(candidates_, relations_);
    for (const auto i : changed_by_segments(projection_.candidates, relations_)) note(projection_.candidates[i]);
    for (const auto& candidate : candidates_) note_losses(candidate);
    if (by_prefixes() || (!replaces_prefixes() && by_expressions())) return std::move(out_);
    out_.notes.clear();  // nothing is written
    out_.refusals.push_back(refusal_.value_or(order_of_rewrites()));
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool replaces_prefixes() const {
    return std::ranges::any_of(projection_.candidates, [&](const Candidate& c) { return action(c).path && !action(c).path->whole; });
  }

  [[nodiscard]] const RuleAction& action(const Candidate& candidate) const { return projection_.actions[candidate.action]; }

  /// Exact and PathPrefix.
  bool by_prefixes() {
    if (!fit_path_prefix(candidates_)) return false;
    const auto choices = expanded(candidates_, true, relations_);
    if (!choices) return fail(choices.error());
    const auto fixed = repaired(*choices, relations_);
    if (!fixed) return false;
    out_.order = fixed->size() > choices->size() ? OrderKept::Repaired : plain_order(*choices);
    std::vector<PathText> texts;
    for (const auto& choice : *fixed) texts.push_back(prefix_text(choice.region.path));
    return emit(*fixed, texts);
  }

  /// Exact and RegularExpression.
  bool by_expressions() {
    candidates_ = projection_.candidates;
    const auto choices = expanded(candidates_, false, relations_);
    if (!choices) return fail(choices.error());
    const auto texts = plain_texts(*choices);
    out_.order = plain_order(*choices);
    if (Sorted(*choices, texts, relations_).keeps_order() && emit(*choices, texts)) return true;
    out_.order = OrderKept::Padded;
    const auto longer = ladder(*choices, relations_);
    if (longer) return emit(*choices, *longer);
    return fail(at(choices->front(), Obstacle::PathLength));
  }

  [[nodiscard]] static OrderKept plain_order(const std::vector<Choice>& choices) {
    const bool complements = std::ranges::any_of(choices, [](const Choice& choice) { return choice.action != choice.from->action; });
    return complements ? OrderKept::Complements : OrderKept::AsWritten;
  }

  bool emit(const std::vector<Choice>& choices, const std::vector<PathText>& texts) {
    auto rules = rules_of(choices, texts, projection_.actions);
    if (!rules) return fail(rules.error());
    auto routes = divided(*std::move(rules), choices, relations_);
    if (!routes || !keeps_order(*routes, choices, relations_)) return fail(at(choices.front(), Obstacle::ObjectTie));
    for (auto& route : *routes) {
      if (options_.gateway_api.rule_names()) name_rules(route, choices);
      auto& values = out_.routes.emplace_back();
      auto& origins = out_.origins.emplace_back();
      for (const auto& rule : route) {
        values.push_back(rule_value(rule, projection_.actions[rule.action]));
        origins.push_back(origins_of(rule, choices));
      }
    }
    return true;
  }

  [[nodiscard]] static RouteOrigins origins_of(const WrittenRule& rule, const std::vector<Choice>& choices) {
    const auto match_of = [](const Candidate& from) { return RouteOrigin{.resource = &from.rule->holder_of("match"), .node = from.node}; };
    RouteOrigins out{.match = match_of(*choices[rule.choices.front()].from), .stands_for = {}};
    for (const auto i : rule.choices) {
      const auto& from = *choices[i].from;
      if (choices[i].action != from.action) continue;  // what the match leaves to others
      out.stands_for.push_back(match_of(from));
      out.stands_for.push_back({.resource = from.rule->holder, .node = from.rule->rule.node});
      out.stands_for.push_back({.resource = from.rule->root, .node = from.rule->root_node});
    }
    return out;
  }

  bool fail(RouteRefusal refusal) {
    if (!refusal_) refusal_ = std::move(refusal);
    return false;
  }

  [[nodiscard]] static RouteRefusal at(const Choice& choice, Obstacle obstacle) {
    return {.obstacle = obstacle, .resource = choice.from->rule->root, .node = choice.from->rule->root_node};
  }

  /// Of the rule that replaces a prefix: its own prefix, or another match that only a regular expression can say.
  [[nodiscard]] RouteRefusal order_of_rewrites() const {
    const auto replacing = std::ranges::find_if(candidates_, [&](const Candidate& c) { return action(c).path && !action(c).path->whole; });
    if (replacing == candidates_.end()) return {.obstacle = Obstacle::ObjectTie};
    const auto& rule = *replacing->rule;
    const bool own = !fit_path_prefix({*replacing});
    RouteRefusal out{.obstacle = own ? Obstacle::PrefixRewrite : Obstacle::OrderOfRewrites, .resource = &rule.holder_of("rewrite"), .node = rule.rule.rewrite->node};
    out.detail = action(*replacing).path->matched + " to " + action(*replacing).path->text;
    if (own) out.witness = "GET " + action(*replacing).path->matched + "bar";
    return out;
  }

  void note(const Candidate& candidate) {
    auto written = candidate.region;
    written.path = Prefix{*segment_of(candidate.region.path)};
    out_.notes.push_back({.code = Code::PrefixTakenAsSegment, .resource = &candidate.rule->holder_of("match"), .node = candidate.node, .what = to_string(written)});
  }

  void note_losses(const Candidate& candidate) {
    const auto& rule = *candidate.rule;
    for (const auto& match : rule.rule.matches)
      if (match.node == candidate.node && !match.stat_prefix.empty())
        out_.notes.push_back({.code = Code::StatPrefixDropped, .resource = &rule.holder_of("match"), .node = match.node, .what = match.stat_prefix});
    const auto& path = action(candidate).path;
    if (path && !path->whole && path->matched == "/" && !path->text.ends_with('/'))
      out_.notes.push_back({.code = Code::RewriteOfIstioAlone, .resource = &rule.holder_of("rewrite"), .node = rule.rule.rewrite->node, .what = path->text});
  }

  Projection projection_;
  const ConversionOptions& options_;
  Relations& relations_;
  std::vector<Candidate> candidates_;
  std::optional<RouteRefusal> refusal_;
  PortRoutes out_;
};

}  // namespace

PortRoutes http_routes(std::span<const FlatRule> rules, const ConversionPlace& place, Needs& needs) {
  auto projection = project(rules, place, needs);
  PortRoutes out{.refusals = std::move(projection.refusals)};
  if (!out.refusals.empty() || !projection.applies) return out;
  if (!projection.candidates.empty()) return Writer(std::move(projection), place.options, place.relations).write();
  out.refusals.push_back({.obstacle = Obstacle::NeverMatches, .resource = rules.front().root, .node = rules.front().root_node});
  return out;
}

}  // namespace s2a
