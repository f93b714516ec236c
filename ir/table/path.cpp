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

std::vector<const Path*> Path::after(const std::optional<std::uint32_t>& action) const {
  std::vector<const Path*> out;
  if (action && *action < hops.size())
    for (const auto hop : hops[*action]) out.push_back(&next[hop]);
  else
    for (const auto& path : next) out.push_back(&path);
  return out;
}

void each_literal(const Path& path, const std::function<void(const Literal&)>& use) {
  for (const auto& row : path.table.rows)
    for (const auto& clause : row.guard.all_of)
      for (const auto& conjunction : clause.any_of) std::ranges::for_each(conjunction, use);
  for (const auto& next : path.next) each_literal(next, use);
}

std::uint32_t Table::add(RouteAction action) {
  const auto known = std::ranges::find(actions, action);
  const auto index = static_cast<std::uint32_t>(known - actions.begin());
  if (known == actions.end()) actions.push_back(std::move(action));
  return index;
}

namespace {

/// The first row that holds; nullptr: the table's default decides.
const Row* first_row(const Table& table, const Request& request) {
  const auto row = std::ranges::find_if(table.rows, [&](const Row& r) { return holds(r.guard, request); });
  return row == table.rows.end() ? nullptr : &*row;
}

std::optional<std::uint32_t> action_of(const Table& table, const Row* row) { return row != nullptr ? row->action : table.otherwise_action; }

Step step_of(Engine engine, const Table& table, const Row* row) {
  const auto action = action_of(table, row);
  return {.engine = engine,
          .outcome = row != nullptr ? row->outcome : table.otherwise,
          .origin = row != nullptr ? row->origin : table.otherwise_origin,
          .action = action ? std::optional(table.actions[*action]) : std::nullopt};
}

}  // namespace

Step evaluate(Engine engine, const Table& table, const Request& request) { return step_of(engine, table, first_row(table, request)); }

Decision evaluate(const Path& path, const Request& request) {
  const auto* row = first_row(path.table, request);
  Decision decision;
  decision.steps.push_back(step_of(path.engine, path.table, row));
  decision.outcome = decision.steps.back().outcome;
  if (!decision.allowed()) return decision;
  for (const auto* next : path.after(action_of(path.table, row))) {
    const auto further = evaluate(*next, request);
    decision.steps.insert(decision.steps.end(), further.steps.begin(), further.steps.end());
    decision.outcome = further.outcome;
    if (!decision.allowed()) break;
  }
  return decision;
}

}  // namespace s2a
