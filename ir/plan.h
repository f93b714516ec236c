// What is to be done and why: the actions that the passes propose, the verdicts on them, and what the input did not say.
#pragma once

#include <string>
#include <vector>

#include "ir/change.h"
#include "ir/mesh/mesh_model.h"
#include "ir/proof/verdict.h"
#include "ir/source/diagnostic.h"
#include "ir/table/client.h"

namespace s2a {

/// Printed as `+`, `~`, `-`.
enum class ActionKind : std::uint8_t { Create, Update, Delete };

/// One step on one resource. Its changes speak of the nodes of the snapshot that its pass saw.
struct Action {
  ActionKind kind = ActionKind::Update;
  Code code{};          ///< the reason, reachable by `s2a explain`
  std::string unit;     ///< the namespace that is kept or dropped whole
  std::string subject;  ///< `AuthorizationPolicy shop/cart-viewer`
  Label place;          ///< in the input as it was read: the resource, or for a new one what caused it
  std::string file;     ///< the file that changes or is made
  std::string what;     ///< `selector -> targetRefs[Service/cart]`
  std::string why;      ///< `HTTP methods need a waypoint`
  std::string pass;
  std::vector<Change> changes;
};

/// The verdict on who gets through to a workload, or on where the routes of a Service lead, for one class of client, with a request that shows it where it is Narrower or Wider.
struct Finding {
  std::string subject;  ///< `Deployment shop/cart`; for routes `Service shop/cart`
  std::string ns;
  ClientClass client{};
  Verdict verdict{};
  std::string witness;    ///< that request in words; for Unknown why nothing can be said; empty for Equal
  bool routes = false;    ///< about routes
  bool assumed = false;   ///< rests on assumptions about Services or workloads
  bool accepted = false;  ///< Wider, and written because the user said so
};

/// A Wider that is written all the same. product.md 2
struct AcceptedWider {
  Code code{};                         ///< what it would have been told as
  std::string subject;                 ///< the workload or Service
  std::vector<std::string> witnesses;  ///< `ambient to pod IP: GET ...`
};

/// Everything that `plan` shows. A value: the same input gives the same Plan.
struct Plan {
  std::vector<Action> actions;
  std::vector<Finding> findings;
  std::vector<AcceptedWider> accepted;
  std::vector<Assumption> assumptions;
  Diagnostics diagnostics;
  std::vector<std::string> left_alone;  ///< namespaces that stay on sidecars, sorted
};

}  // namespace s2a
