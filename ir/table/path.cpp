// The one evaluator: first match wins, every hop must allow.
#include "ir/table/path.h"

#include <algorithm>

namespace s2a {

std::string_view to_string(Engine engine) {
  switch (engine) {
    case Engine::Sidecar: return "sidecar";
    case Engine::Ztunnel: return "ztunnel";
    case Engine::Waypoint: return "waypoint";
  }
  return "";
}

bool holds(const Literal& literal, const Request& request) {
  const auto found = request.find(literal.attribute);
  const bool any = found != request.end() && std::ranges::any_of(found->second, [&](const std::string& value) { return literal.set.contains(value); });
  return any != literal.negated;
}

bool holds(const Guard& guard, const Request& request) {
  return std::ranges::all_of(guard.all_of, [&](const Clause& clause) {
    return std::ranges::any_of(clause.any_of,
                               [&](const Conjunction& conjunction) { return std::ranges::all_of(conjunction, [&](const Literal& literal) { return holds(literal, request); }); });
  });
}

Decision evaluate(const Path& path, const Request& request) {
  const auto row = std::ranges::find_if(path.table.rows, [&](const Row& r) { return holds(r.guard, request); });
  const bool matched = row != path.table.rows.end();
  Decision decision;
  decision.outcome = matched ? row->outcome : path.table.otherwise;
  decision.steps.push_back({.engine = path.engine, .outcome = decision.outcome, .origin = matched ? row->origin : path.table.otherwise_origin});
  if (!decision.allowed()) return decision;
  for (const auto& next : path.next) {
    const auto further = evaluate(next, request);
    decision.steps.insert(decision.steps.end(), further.steps.begin(), further.steps.end());
    decision.outcome = further.outcome;
    if (!decision.allowed()) break;
  }
  return decision;
}

}  // namespace s2a
