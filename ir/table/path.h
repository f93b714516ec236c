// The way of a request through the engines that decide about it, and the one evaluator.
#pragma once

#include <functional>
#include <vector>

#include "ir/table/table.h"

namespace s2a {

enum class Engine : std::uint8_t { Sidecar, Ztunnel, Waypoint };
[[nodiscard]] std::string_view to_string(Engine engine);

/// A tree of hops. Each table speaks of the request as it was sent (View::preimage), so a hop needs nothing of the hops before it.
/// A hop that allows hands the request to every path in `next`; all of them must let it pass. Where a row routes, its action says to which: `hops`.
struct Path {
  Engine engine{};
  Table table;
  std::vector<Path> next;
  std::vector<std::vector<std::uint32_t>> hops;  ///< by action of the table: of `next`, those that its destinations lead to

  /// The paths of `next` to which a row with this action hands the request.
  [[nodiscard]] std::vector<const Path*> after(const std::optional<std::uint32_t>& action) const;
};

/// Who decided, and by which row.
struct Step {
  Engine engine{};
  Outcome outcome{};
  Origin origin;
  std::optional<RouteAction> action;  ///< what becomes of the request, where the row routes
};

struct Decision {
  Outcome outcome = Outcome::Allow;
  std::vector<Step> steps;  ///< in the order of the hops; the last one is the refusal where there is one

  [[nodiscard]] bool allowed() const { return outcome == Outcome::Allow; }
};

/// Every literal that a row on the way has, hop by hop.
void each_literal(const Path& path, const std::function<void(const Literal&)>& use);

/// What one table decides.
[[nodiscard]] Step evaluate(Engine engine, const Table& table, const Request& request);
/// The rows that decide, hop by hop. architecture.md 2
[[nodiscard]] Decision evaluate(const Path& path, const Request& request);

}  // namespace s2a
