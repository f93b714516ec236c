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
  std::set<Attribute::Kind> hidden;            ///< never there, whatever their names
  std::map<Attribute, Attribute> stands_for;   ///< what the engine sees as the first is the second as it was sent
  PathRewrite path;                            ///< Path and Target are seen after it: None or Prefix
  std::map<Attribute, AttributeValues> added;  ///< values that are there besides those that were sent: header lines that a route appends

  /// The table over what the sender sees: literals on fixed attributes are decided here and now, rows that can never hold are left out.
  [[nodiscard]] Table preimage(const Table& table) const;
};

/// How the hop behind a route sees the request: as `applied` makes it. routing.md 6
/// What no literal over the sent request can say (a path after a regex, a value made of other headers) is an attribute of its own: the same one wherever the same is done to it.
[[nodiscard]] View behind(const Transform& transform);

}  // namespace s2a
