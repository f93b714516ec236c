// The one form of everything that decides: ordered rows `guard -> outcome`, the first that holds wins. architecture.md 2
#pragma once

#include <string>
#include <vector>

#include "ir/mesh/resource.h"
#include "ir/pattern/pattern.h"
#include "ir/table/request.h"

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

/// Forbidden is HTTP 403, Unauthorized 401; Reset is what a refused connection gets.
enum class Outcome : std::uint8_t { Allow, Forbidden, Unauthorized, Reset };

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
};

struct Table {
  std::vector<Row> rows;
  Outcome otherwise = Outcome::Allow;
  Origin otherwise_origin;
};

[[nodiscard]] bool holds(const Literal& literal, const Request& request);
[[nodiscard]] bool holds(const Guard& guard, const Request& request);

}  // namespace s2a
