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

/// In the order of the rules, `asked` counts them.
void collect(const Path& path, Questions& out, std::size_t& asked) {
  each_literal(path, [&](const Literal& literal) { out[literal.attribute].try_emplace(literal.set, Answer{.first = asked++}); });
}

/// From rules to the requests for which they hold.
class Lowering {
 public:
  Lowering(const Questions& questions, Diagrams& diagrams) : questions_(questions), diagrams_(diagrams) {}

  /// Requests that get through.
  Node allowed(const Path& path) { return path.hops.empty() ? diagrams_.both(allowed(path.table), allowed(path.after({}))) : decided(path, Compared::Admission); }

  /// What becomes of requests. Of admission: kAlways for those that get through, or are answered; of routes: an end for each thing that a row does with them. Where routes are
  /// compared, to find no route, or nobody behind it, is an answer, too; kNever: refused.
  Node decided(const Path& path, Compared what) {
    if (path.table.actions.empty()) return decided_behind(path, what);
    const auto result = [&](Outcome outcome, const std::optional<std::uint32_t>& action) {
      const bool no_destination = outcome == Outcome::NotFound || outcome == Outcome::Unreachable;
      if (outcome != Outcome::Allow && outcome != Outcome::Answered && !(no_destination && what == Compared::Routes)) return Diagrams::kNever;
      const auto end = what == Compared::Admission ? Diagrams::kAlways : end_of(outcome == Outcome::NotFound ? &no_route() : action ? &path.table.actions[*action] : nullptr);
      return outcome == Outcome::Allow ? diagrams_.choose(allowed(path.after(action)), end, Diagrams::kNever) : end;
    };
    // The first row that holds wins, so the last one comes first.
    auto out = result(path.table.otherwise, path.table.otherwise_action);
    for (auto row = path.table.rows.rbegin(); row != path.table.rows.rend(); ++row) out = diagrams_.choose(holds(row->guard), result(row->outcome, row->action), out);
    return out;
  }

  /// One for each effect.
  struct End {
    std::optional<RouteAction> effect;  ///< comparable(); nothing for what no row routes
    Node node = Diagrams::kNever;
  };
  [[nodiscard]] const std::vector<End>& ends() const { return ends_; }

 private:
  Node allowed(const std::vector<const Path*>& hops) {
    std::vector<Node> all;
    for (const auto* hop : hops) all.push_back(allowed(*hop));
    return diagrams_.all_of(all);
  }

  /// A table that only judges: the hop behind it may route. Behind several hops, as those of several destinations, nothing more is routed.
  Node decided_behind(const Path& path, Compared what) {
    const auto requests = allowed(path.table);
    if (path.next.size() == 1) return diagrams_.choose(requests, decided(path.next.front(), what), Diagrams::kNever);
    const auto end = what == Compared::Admission ? Diagrams::kAlways : end_of(nullptr);
    return diagrams_.choose(diagrams_.both(requests, allowed(path.after({}))), end, Diagrams::kNever);
  }

  Node end_of(const RouteAction* action) {
    auto effect = action != nullptr ? std::optional(comparable(*action)) : std::nullopt;
    const auto known = std::ranges::find(ends_, effect, &End::effect);
    if (known != ends_.end()) return known->node;
    return ends_.emplace_back(End{.effect = std::move(effect), .node = diagrams_.add_end()}).node;
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
    const auto node = questions_.at(literal.attribute).at(literal.set).requests;
    return literal.negated ? diagrams_.negation(node) : node;
  }

  const Questions& questions_;
  Diagrams& diagrams_;
  std::vector<End> ends_;
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
  for (const auto& [set, answer] : paths->second) {
    const auto* exact = set.any_of.size() == 1 ? std::get_if<Exact>(&set.any_of.front()) : nullptr;
    if (exact == nullptr || exact->ignore_case) continue;
    const auto become = [&](const PathRewrite& rewrite) { return applied(rewrite, exact->text); };
    if (std::ranges::equal(rewrites, others, {}, become, become)) out.push_back(answer.requests);
  }
  return diagrams.any_of(out);
}

/// Where routes are compared: a node for each end.
using ByEnd = std::vector<Node>;

ByEnd by_end(Node decided, const Lowering& lowering, Diagrams& diagrams) {
  ByEnd out;
  for (const auto& end : lowering.ends()) out.push_back(diagrams.where_it_ends(decided, end.node));
  return out;
}

/// Requests that both ways let through, and of which something else becomes: a node for each thing that becomes of them before.
std::vector<Node> elsewhere(const ByEnd& before, const ByEnd& after, const Lowering& lowering, const Questions& questions, Diagrams& diagrams) {
  const auto let_through = diagrams.any_of(after);
  std::vector<Node> out;
  for (std::size_t i = 0; i < before.size(); ++i) {
    auto other = diagrams.without(diagrams.both(before[i], let_through), after[i]);
    for (std::size_t j = 0; j < after.size() && other != Diagrams::kNever; ++j) {
      const auto& effect = lowering.ends()[i].effect;
      const auto& its = lowering.ends()[j].effect;
      if (i == j || !effect || !its) continue;
      if (const auto shared = diagrams.both(other, after[j]); shared != Diagrams::kNever)
        other = diagrams.without(other, diagrams.both(shared, alike(*effect, *its, questions, diagrams)));
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
  std::size_t asked = 0;
  collect(before, questions, asked);
  collect(after, questions, asked);
  Diagrams diagrams;
  const auto axes = make_axes(questions, callers, diagrams);
  Lowering lowering(questions, diagrams);
  const auto decided = [&](const Path& path) { return what == Compared::Routes ? lowering.decided(path, what) : lowering.allowed(path); };
  auto was = decided(before);
  auto is = decided(after);
  auto changed = Diagrams::kNever;  // on the way, before
  std::vector<Diagrams::Node> others;
  if (what == Compared::Routes && was != is) {
    const auto ends_before = by_end(was, lowering, diagrams);
    const auto ends_after = by_end(is, lowering, diagrams);
    for (std::size_t i = 0; i < ends_before.size(); ++i) {
      const auto& effect = lowering.ends()[i].effect;
      if (effect && changes_requests(*effect)) changed = diagrams.either(changed, ends_before[i]);
    }
    others = elsewhere(ends_before, ends_after, lowering, questions, diagrams);
    was = diagrams.any_of(ends_before);
    is = diagrams.any_of(ends_after);
  }
  const auto wider = was == is ? Diagrams::kNever : diagrams.without(is, was);
  const auto all_narrower = was == is ? Diagrams::kNever : diagrams.without(was, is);
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
