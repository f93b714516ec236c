// The one form of everything that decides: ordered rows `guard -> outcome`, the first that holds wins. architecture.md 2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ir/mesh/resource.h"
#include "ir/pattern/pattern.h"
#include "ir/table/request.h"
#include "ir/table/route_action.h"

namespace s2a {

/// Holds when some value of the attribute is in the set; negated: when none is, so also where the attribute is absent.
struct Literal {
  Attribute attribute{};
  Set set;
  bool negated = false;
  bool operator==(const Literal&) const = default;
};

using Conjunction = std::vector<Literal>;

/// One of the conjunctions holds: a rule's `from`, its `to`, one of its `when`. Never multiplied out; without conjunctions it never holds.
struct Clause {
  std::vector<Conjunction> any_of;
  bool operator==(const Clause&) const = default;
};

/// All clauses hold; without clauses it always holds.
struct Guard {
  std::vector<Clause> all_of;
  bool operator==(const Guard&) const = default;
};

/// Forbidden is HTTP 403, Unauthorized 401; Reset is what a refused connection gets. NotFound is 404: there are routes, and none matches. Answered: by the proxy itself, as the
/// action says. Unreachable is 503, or what the action says: nothing stands behind any destination.
enum class Outcome : std::uint8_t { Allow, Forbidden, Unauthorized, Reset, NotFound, Answered, Unreachable };

/// The resource and the node that a row comes from; `text` names a row that no resource wrote.
struct Origin {
  std::optional<ResourceId> resource;
  NodeId node = kNoNode;
  std::string text;
};

struct Row {
  Guard guard;
  Outcome outcome{};
  Origin origin;
  std::optional<std::uint32_t> action;  ///< of Table::actions; nothing: the row only judges
};

struct Table {
  std::vector<Row> rows;
  Outcome otherwise = Outcome::Allow;
  Origin otherwise_origin;
  std::vector<RouteAction> actions;
  std::optional<std::uint32_t> otherwise_action;

  /// The same action once.
  [[nodiscard]] std::uint32_t add(RouteAction action);
};

[[nodiscard]] bool holds(const Literal& literal, const Request& request);
[[nodiscard]] bool holds(const Guard& guard, const Request& request);

}  // namespace s2a
