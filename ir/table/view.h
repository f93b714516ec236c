// How one engine sees a request: which attributes it knows as the sender does, and which it sees as something else.
#pragma once

#include <map>
#include <set>

#include "ir/table/table.h"

namespace s2a {

/// An attribute that is not listed is seen as it was sent. A fixed one is always those values, whatever was sent: the port behind a Service, the waypoint's identity
/// at ztunnel. Hidden is what does not reach the engine: the parts of HTTP on a TCP chain.
struct View {
  std::map<Attribute, AttributeValues> fixed;
  std::set<Attribute::Kind> hidden;           ///< never there, whatever their names
  std::map<Attribute, Attribute> stands_for;  ///< what the engine sees as the first is the second as it was sent

  /// The table over what the sender sees: literals on fixed attributes are decided here and now, rows that can never hold are left out.
  [[nodiscard]] Table preimage(const Table& table) const;
};

}  // namespace s2a
