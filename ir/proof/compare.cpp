// Both ways as decision diagrams; what one allows and the other does not is a diagram too.
#include "ir/proof/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ir/proof/route_effect.h"

namespace s2a {
namespace {

using Node = Diagrams::Node;

void collect(const Path& path, Questions& out) {
  each_literal(path, [&](const Literal& literal) { out[literal.attribute].try_emplace(literal.set); });
}

/// From rules to the requests for which they hold.
class Lowering {
 public:
  Lowering(const Questions& questions, Diagrams& diagrams) : questions_(questions), diagrams_(diagrams) {}

  /// Every hop must allow.
  Node allowed(const Path& path) {
    if (path.hops.empty()) return through(allowed(path.table), path.after({}));
    std::vector<Node> out;
    for (const auto& [action, requests] : effects(path)) out.push_back(requests);
    return diagrams_.any_of(out);
  }

  /// Requests that get through, or are answered, by what the row that routes them says; nullptr where none does.
  using Effects = std::vector<std::pair<const RouteAction*, Node>>;

  /// No two share a request.
  Effects effects(const Path& path) {
    if (path.table.actions.empty()) return effects_behind(path);
    std::vector<std::vector<Node>> found(path.table.actions.size() + 1);  // the last for rows that only judge
    auto open = Diagrams::kAlways;
    const auto add = [&](Outcome outcome, const std::optional<std::uint32_t>& action, Node requests) {
      if (outcome == Outcome::Answered || outcome == Outcome::Allow)
        found[action.value_or(path.table.actions.size())].push_back(outcome == Outcome::Allow ? through(requests, path.after(action)) : requests);
    };
    for (const auto& row : path.table.rows) {
      const auto guard = holds(row.guard);
      add(row.outcome, row.action, diagrams_.both(open, guard));
      open = diagrams_.without(open, guard);
    }
    add(path.table.otherwise, path.table.otherwise_action, open);
    Effects out;
    for (std::size_t action = 0; action < found.size(); ++action)
      if (const auto requests = diagrams_.any_of(found[action]); requests != Diagrams::kNever)
        out.emplace_back(action < path.table.actions.size() ? &path.table.actions[action] : nullptr, requests);
    return out;
  }

 private:
  /// What is left of them where every one of the hops allows.
  Node through(Node requests, const std::vector<const Path*>& hops) {
    std::vector<Node> all{requests};
    for (const auto* hop : hops) all.push_back(allowed(*hop));
    return diagrams_.all_of(all);
  }

  /// A table that only judges: the hop behind it may route. Behind several hops, as those of several destinations, nothing more is routed.
  Effects effects_behind(const Path& path) {
    const auto requests = allowed(path.table);
    if (path.next.size() != 1) return {{nullptr, through(requests, path.after({}))}};
    auto out = effects(path.next.front());
    for (auto& [action, behind] : out) behind = diagrams_.both(behind, requests);
    return out;
  }

  /// The first row that holds wins, so the last one comes first; rows in a run that decide alike are one.
  Node allowed(const Table& table) {
    auto out = table.otherwise == Outcome::Allow ? Diagrams::kAlways : Diagrams::kNever;
    for (auto end = table.rows.rbegin(); end != table.rows.rend();) {
      const bool allows = end->outcome == Outcome::Allow;
      std::vector<Node> run;
      for (; end != table.rows.rend() && (end->outcome == Outcome::Allow) == allows; ++end) run.push_back(holds(end->guard));
      const auto any = diagrams_.any_of(run);
      out = allows ? diagrams_.either(out, any) : diagrams_.without(out, any);
    }
    return out;
  }

  Node holds(const Guard& guard) {
    std::vector<Node> clauses;
    for (const auto& clause : guard.all_of) {
      std::vector<Node> conjunctions;
      for (const auto& conjunction : clause.any_of) {
        std::vector<Node> literals;
        for (const auto& literal : conjunction) literals.push_back(holds(literal));
        conjunctions.push_back(diagrams_.all_of(literals));
      }
      clauses.push_back(diagrams_.any_of(conjunctions));
    }
    return diagrams_.all_of(clauses);
  }

  Node holds(const Literal& literal) {
    const auto node = questions_.at(literal.attribute).at(literal.set);
    return literal.negated ? diagrams_.negation(node) : node;
  }

  const Questions& questions_;
  Diagrams& diagrams_;
};

Comparison unknown(std::string why) { return {.verdict = Verdict::Unknown, .difference = std::nullopt, .unknown = std::move(why)}; }

/// Whether both ask the same in the same order, whoever wrote it.
bool same_rows(const Path& a, const Path& b) {
  const auto same = [](const Row& x, const Row& y) { return x.guard == y.guard && x.outcome == y.outcome && x.action == y.action; };
  return a.table.otherwise == b.table.otherwise && a.table.otherwise_action == b.table.otherwise_action && std::ranges::equal(a.table.rows, b.table.rows, same) &&
         a.table.actions == b.table.actions && a.hops == b.hops && std::ranges::equal(a.next, b.next, same_rows);
}

/// Requests that both ways let through, and of which something else becomes.
Diagrams::Node elsewhere(const Lowering::Effects& before, const Lowering::Effects& after, Diagrams& diagrams) {
  const auto does = [](const Lowering::Effects& effects) {
    std::vector<std::optional<RouteAction>> out;
    for (const auto& [action, requests] : effects) out.push_back(action != nullptr ? std::optional(comparable(*action)) : std::nullopt);
    return out;
  };
  const auto was = does(before);
  const auto is = does(after);
  std::vector<Node> out;
  for (std::size_t i = 0; i < was.size(); ++i)
    for (std::size_t j = 0; j < is.size(); ++j)
      if (was[i] != is[j]) out.push_back(diagrams.both(before[i].second, after[j].second));
  return diagrams.any_of(out);
}

/// What becomes of one request, to confirm that two ways differ.
std::optional<RouteAction> effect(const Decision& decision, const Request& request) {
  for (const auto& step : decision.steps)
    if (step.action) return effect_on(*step.action, request);
  return std::nullopt;
}

bool gets_through(const Decision& decision) { return decision.allowed() || decision.outcome == Outcome::Answered; }

}  // namespace

Comparison compare(const Path& before, const Path& after, const Callers& callers, Compared what) {
  if (same_rows(before, after)) return {};
  Questions questions;
  collect(before, questions);
  collect(after, questions);
  Diagrams diagrams;
  const auto axes = make_axes(questions, callers, diagrams);
  Lowering lowering(questions, diagrams);
  auto was = Diagrams::kNever;
  auto is = Diagrams::kNever;
  auto other = Diagrams::kNever;
  if (what == Compared::Admission) {
    was = lowering.allowed(before);
    is = lowering.allowed(after);
  } else {
    const auto effects_before = lowering.effects(before);
    const auto effects_after = lowering.effects(after);
    for (const auto& [action, requests] : effects_before) was = diagrams.either(was, requests);
    for (const auto& [action, requests] : effects_after) is = diagrams.either(is, requests);
    other = elsewhere(effects_before, effects_after, diagrams);
  }
  const auto wider = diagrams.without(is, was);
  const auto narrower = diagrams.without(was, is);
  const bool differs = wider != Diagrams::kNever || other != Diagrams::kNever;
  if (diagrams.exhausted())
    return unknown(fmt::format("the rules combine the {} with others in more ways than can be compared", to_string(axes.all[diagrams.busiest()].attribute)));
  if (axes.incomplete && !differs) return unknown(fmt::format("the rules tell more values of the {} apart than can be listed", to_string(*axes.incomplete)));
  if (!differs && narrower == Diagrams::kNever) return {};
  if (axes.loose) return unknown(fmt::format("what the proxies make of the {} is not modelled", to_string(*axes.loose)));

  const auto verdict = differs ? Verdict::Wider : Verdict::Narrower;
  const auto request = axes.request(diagrams.lightest(wider != Diagrams::kNever ? wider : differs ? other : narrower));
  Difference found{.request = request, .before = evaluate(before, request), .after = evaluate(after, request)};
  const bool goes_elsewhere = wider == Diagrams::kNever && differs;
  const bool confirmed = goes_elsewhere ? effect(found.before, request) != effect(found.after, request)
                                        : gets_through(found.before) != gets_through(found.after) && gets_through(found.after) == differs;
  if (!confirmed) return unknown(fmt::format("a difference was found that could not be confirmed: {}", describe(request)));
  return {.verdict = verdict, .difference = std::move(found), .unknown = {}, .elsewhere = goes_elsewhere};
}

}  // namespace s2a
