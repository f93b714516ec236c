// Pulling a table back through a view.
#include "ir/table/view.h"

#include <algorithm>
#include <optional>

namespace s2a {
namespace {

/// The conjunction without its decided literals; nothing where one of them fails.
std::optional<Conjunction> preimage(const Conjunction& conjunction, const View& view) {
  Conjunction open;
  for (const auto& literal : conjunction) {
    if (!view.fixed.contains(literal.attribute))
      open.push_back(literal);
    else if (!holds(literal, view.fixed))
      return std::nullopt;
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
