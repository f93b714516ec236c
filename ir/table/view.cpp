// Pulling a table back through a view.
#include "ir/table/view.h"

#include <algorithm>
#include <optional>

namespace s2a {
namespace {

/// The conjunction without its decided literals; nothing where one of them fails.
std::optional<Conjunction> preimage(const Conjunction& conjunction, const View& view) {
  Conjunction open;
  for (auto literal : conjunction) {
    const bool decided = view.hidden.contains(literal.attribute.kind) || view.fixed.contains(literal.attribute);
    if (decided && !holds(literal, view.hidden.contains(literal.attribute.kind) ? Request{} : view.fixed)) return std::nullopt;
    if (decided) continue;
    if (const auto sent = view.stands_for.find(literal.attribute); sent != view.stands_for.end()) literal.attribute = sent->second;
    open.push_back(std::move(literal));
  }
  return open;
}

/// The guard without its decided clauses; nothing where it can never hold.
std::optional<Guard> preimage(const Guard& guard, const View& view) {
  Guard out;
  for (const auto& clause : guard.all_of) {
    Clause open;
    for (const auto& conjunction : clause.any_of) {
      if (auto kept = preimage(conjunction, view)) open.any_of.push_back(std::move(*kept));
    }
    if (open.any_of.empty()) return std::nullopt;
    if (std::ranges::none_of(open.any_of, &Conjunction::empty)) out.all_of.push_back(std::move(open));
  }
  return out;
}

}  // namespace

Table View::preimage(const Table& table) const {
  Table out{.rows = {}, .otherwise = table.otherwise, .otherwise_origin = table.otherwise_origin};
  for (const auto& row : table.rows) {
    if (auto guard = s2a::preimage(row.guard, *this)) out.rows.push_back({.guard = std::move(*guard), .outcome = row.outcome, .origin = row.origin});
  }
  return out;
}

}  // namespace s2a
