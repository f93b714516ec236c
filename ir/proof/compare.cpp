// Both ways as decision diagrams; what one allows and the other does not is a diagram too.
#include "ir/proof/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "ir/proof/route_effect.h"
#include "ir/proof/route_witness.h"

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
    for (const auto& [action, requests] : effects(path, Compared::Admission)) out.push_back(requests);
    return diagrams_.any_of(out);
  }

  /// Requests that get through, or are answered, by what the row that routes them says; nullptr where none does.
  using Effects = std::vector<std::pair<const RouteAction*, Node>>;

  /// No two share a request. Where routes are compared, to find no route, or nobody behind it, is an answer, too.
  Effects effects(const Path& path, Compared what) {
    if (path.table.actions.empty()) return effects_behind(path, what);
    const auto count = path.table.actions.size();
    std::vector<std::vector<Node>> found(count + 2);  // then: rows that only judge, no route
    auto open = Diagrams::kAlways;
    const auto add = [&](Outcome outcome, const std::optional<std::uint32_t>& action, Node requests) {
      if (outcome == Outcome::Answered || outcome == Outcome::Allow)
        found[action.value_or(count)].push_back(outcome == Outcome::Allow ? through(requests, path.after(action)) : requests);
      else if (what == Compared::Routes && (outcome == Outcome::NotFound || outcome == Outcome::Unreachable))
        found[outcome == Outcome::NotFound ? count + 1 : action.value_or(count)].push_back(requests);
    };
    for (const auto& row : path.table.rows) {
      const auto guard = holds(row.guard);
      add(row.outcome, row.action, diagrams_.both(open, guard));
      open = diagrams_.without(open, guard);
    }
    add(path.table.otherwise, path.table.otherwise_action, open);
    Effects out;
    const auto effect = [&](std::size_t at) { return at < count ? &path.table.actions[at] : at == count ? nullptr : &no_route(); };
    for (std::size_t at = 0; at < found.size(); ++at)
      if (const auto requests = diagrams_.any_of(found[at]); requests != Diagrams::kNever) out.emplace_back(effect(at), requests);
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
  Effects effects_behind(const Path& path, Compared what) {
    const auto requests = allowed(path.table);
    if (path.next.size() != 1) return {{nullptr, through(requests, path.after({}))}};
    auto out = effects(path.next.front(), what);
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

bool changes_requests(const RouteAction& action) {
  return std::ranges::any_of(action.destinations, [](const Destination& d) { return d.transform != Transform{}; });
}

/// What the paths of an action become.
std::vector<PathRewrite> take_rewrites(RouteAction& action) {
  std::vector<PathRewrite> out;
  for (auto& destination : action.destinations) out.push_back(std::exchange(destination.transform.path, {}));
  if (action.redirect) out.push_back(std::exchange(action.redirect->path, {}));
  return out;
}

/// Requests for which two different actions do the same: a prefix and a whole path are rewritten to the same text where nothing follows the prefix.
Node alike(RouteAction one, RouteAction other, const Questions& questions, Diagrams& diagrams) {
  const auto paths = questions.find(Attribute::Path);
  const auto rewrites = take_rewrites(one);
  const auto others = take_rewrites(other);
  if (paths == questions.end() || one != other) return Diagrams::kNever;
  std::vector<Node> out;
  for (const auto& [set, requests] : paths->second) {
    const auto* exact = set.any_of.size() == 1 ? std::get_if<Exact>(&set.any_of.front()) : nullptr;
    if (exact == nullptr || exact->ignore_case) continue;
    const auto become = [&](const PathRewrite& rewrite) { return applied(rewrite, exact->text); };
    if (std::ranges::equal(rewrites, others, {}, become, become)) out.push_back(requests);
  }
  return diagrams.any_of(out);
}

/// Requests that both ways let through, and of which something else becomes: a node for each thing that becomes of them before.
std::vector<Node> elsewhere(const Lowering::Effects& before, const Lowering::Effects& after, const Questions& questions, Diagrams& diagrams) {
  using Effect = std::optional<RouteAction>;
  const auto does = [](const RouteAction* action) { return action != nullptr ? Effect(comparable(*action)) : std::nullopt; };
  std::vector<std::pair<Effect, std::vector<Node>>> by_effect;
  auto let_through = Diagrams::kNever;
  for (const auto& [action, requests] : after) {
    auto effect = does(action);
    auto same = std::ranges::find(by_effect, effect, &std::pair<Effect, std::vector<Node>>::first);
    if (same == by_effect.end()) same = by_effect.insert(by_effect.end(), {std::move(effect), {}});
    same->second.push_back(requests);
    let_through = diagrams.either(let_through, requests);
  }
  std::vector<Node> out;
  for (const auto& [action, requests] : before) {
    const auto effect = does(action);
    auto other = diagrams.both(requests, let_through);
    if (const auto same = std::ranges::find(by_effect, effect, &std::pair<Effect, std::vector<Node>>::first); same != by_effect.end())
      other = diagrams.without(other, diagrams.any_of(same->second));
    for (const auto& [its, nodes] : by_effect) {
      if (other == Diagrams::kNever) break;
      if (!its || !effect || its == effect) continue;
      if (const auto same = alike(*effect, *its, questions, diagrams); same != Diagrams::kNever) other = diagrams.without(other, diagrams.both(diagrams.any_of(nodes), same));
    }
    if (other != Diagrams::kNever) out.push_back(other);
  }
  return out;
}

}  // namespace

bool same_rows(const Path& a, const Path& b) {
  const auto same = [](const Row& x, const Row& y) { return x.guard == y.guard && x.outcome == y.outcome && x.action == y.action; };
  return a.table.otherwise == b.table.otherwise && a.table.otherwise_action == b.table.otherwise_action && std::ranges::equal(a.table.rows, b.table.rows, same) &&
         a.table.actions == b.table.actions && a.hops == b.hops && std::ranges::equal(a.next, b.next, same_rows);
}

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
  auto changed = Diagrams::kNever;  // on the way, before
  std::vector<Diagrams::Node> others;
  if (what == Compared::Admission) {
    was = lowering.allowed(before);
    is = lowering.allowed(after);
  } else {
    const auto effects_before = lowering.effects(before, what);
    const auto effects_after = lowering.effects(after, what);
    for (const auto& [action, requests] : effects_before) {
      was = diagrams.either(was, requests);
      if (action != nullptr && changes_requests(*action)) changed = diagrams.either(changed, requests);
    }
    for (const auto& [action, requests] : effects_after) is = diagrams.either(is, requests);
    others = elsewhere(effects_before, effects_after, questions, diagrams);
  }
  const auto wider = diagrams.without(is, was);
  const auto all_narrower = diagrams.without(was, is);
  const auto changed_then_refused = diagrams.both(all_narrower, changed);
  const auto narrower = changed_then_refused != Diagrams::kNever ? changed_then_refused : all_narrower;
  const bool differs = wider != Diagrams::kNever || !others.empty();
  if (diagrams.exhausted())
    return unknown(fmt::format("the rules combine the {} with others in more ways than can be compared", to_string(axes.all[diagrams.busiest()].attribute)));
  if (axes.incomplete && !differs) return unknown(fmt::format("the rules tell more values of the {} apart than can be listed", to_string(*axes.incomplete)));
  if (!differs && narrower == Diagrams::kNever) return {};
  if (axes.loose) return unknown(fmt::format("what the proxies make of the {} is not modelled", to_string(*axes.loose)));

  const auto least = [&](Diagrams::Node node) { return from_known_caller(axes.request(diagrams.lightest(node)), questions, callers); };
  const bool goes_elsewhere = wider == Diagrams::kNever && differs;
  if (goes_elsewhere) {
    others.insert(others.begin(), diagrams.any_of(others));
    for (const auto other : others)
      if (auto found = shown(least(other), before, after)) return {.verdict = Verdict::Wider, .difference = std::move(found), .unknown = {}, .elsewhere = true};
  }
  const auto request = least(goes_elsewhere ? others.front() : differs ? wider : narrower);
  Difference found{.request = request, .before = evaluate(before, request), .after = evaluate(after, request)};
  if (goes_elsewhere || gets_through(found.before, what) == gets_through(found.after, what) || gets_through(found.after, what) != differs)
    return unknown(fmt::format("a difference was found that could not be confirmed: {}", describe(request)));
  return {.verdict = differs ? Verdict::Wider : Verdict::Narrower, .difference = std::move(found), .unknown = {}, .changed = !differs && narrower == changed_then_refused};
}

}  // namespace s2a
