// Both ways as decision diagrams; what one allows and the other does not is a diagram too.
#include "ir/proof/compare.h"

#include <fmt/format.h>

#include <algorithm>

namespace s2a {
namespace {

using Node = Diagrams::Node;

void collect(const Path& path, Questions& out) {
  for (const auto& row : path.table.rows)
    for (const auto& clause : row.guard.all_of)
      for (const auto& conjunction : clause.any_of)
        for (const auto& literal : conjunction) out[literal.attribute].try_emplace(literal.set);
  for (const auto& next : path.next) collect(next, out);
}

/// From rules to the requests for which they hold.
class Lowering {
 public:
  Lowering(const Questions& questions, Diagrams& diagrams) : questions_(questions), diagrams_(diagrams) {}

  /// Every hop must allow.
  Node allowed(const Path& path) {
    std::vector<Node> hops{allowed(path.table)};
    for (const auto& next : path.next) hops.push_back(allowed(next));
    return diagrams_.all_of(hops);
  }

 private:
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
  const auto same = [](const Row& x, const Row& y) { return x.guard == y.guard && x.outcome == y.outcome; };
  return a.table.otherwise == b.table.otherwise && std::ranges::equal(a.table.rows, b.table.rows, same) && std::ranges::equal(a.next, b.next, same_rows);
}

}  // namespace

Comparison compare(const Path& before, const Path& after, const Callers& callers) {
  if (same_rows(before, after)) return {};
  Questions questions;
  collect(before, questions);
  collect(after, questions);
  Diagrams diagrams;
  const auto axes = make_axes(questions, callers, diagrams);
  Lowering lowering(questions, diagrams);
  const auto was = lowering.allowed(before);
  const auto is = lowering.allowed(after);
  const auto wider = diagrams.without(is, was);
  const auto narrower = diagrams.without(was, is);
  if (diagrams.exhausted())
    return unknown(fmt::format("the rules combine the {} with others in more ways than can be compared", to_string(axes.all[diagrams.busiest()].attribute)));
  if (axes.incomplete && wider == Diagrams::kNever) return unknown(fmt::format("the rules tell more values of the {} apart than can be listed", to_string(*axes.incomplete)));
  if (wider == Diagrams::kNever && narrower == Diagrams::kNever) return {};
  if (axes.loose) return unknown(fmt::format("what the proxies make of the {} is not modelled", to_string(*axes.loose)));

  const auto verdict = wider != Diagrams::kNever ? Verdict::Wider : Verdict::Narrower;
  const auto request = axes.request(diagrams.lightest(verdict == Verdict::Wider ? wider : narrower));
  Difference found{.request = request, .before = evaluate(before, request), .after = evaluate(after, request)};
  if (found.before.allowed() == found.after.allowed() || found.after.allowed() != (verdict == Verdict::Wider))
    return unknown(fmt::format("a difference was found that could not be confirmed: {}", describe(request)));
  return {.verdict = verdict, .difference = std::move(found), .unknown = {}};
}

}  // namespace s2a
