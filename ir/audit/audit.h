// What `s2a audit` says: what a mesh uses, who needs a waypoint and exactly why, what happens to each policy that is left as it is, and what keeps namespaces on sidecars.
// Nothing is translated for it. It is a value: renderers read it and nothing else.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ir/audit/fate.h"
#include "ir/audit/impact.h"
#include "ir/audit/needs.h"
#include "ir/passes/pass.h"

namespace s2a {

struct AuditWorkload {
  std::string subject;               ///< `Deployment shop/cart`
  std::vector<std::string> needs;    ///< subjects of what asks for a waypoint here
  bool in_reach_of_waypoint = true;  ///< false: no Service leads to it that could have a waypoint
};

/// A namespace with sidecars.
struct AuditNamespace {
  std::string name;
  bool needs_waypoint = false;
  std::vector<AuditWorkload> workloads;
  std::vector<Need> needs;  ///< each once, in order of kind, file and place
  std::set<Code> kept_by;   ///< why it stays on sidecars; empty: it can move
};

struct AuditPolicy {
  std::string subject;
  Label place;
  std::string action;            ///< `DENY`, `ALLOW, dry run`
  std::vector<Reason> layer_7;   ///< what of it ztunnel cannot be told
  bool missed_by_guide = false;  ///< it needs a waypoint, and the words that the official guide searches for do not find it. F13
  Prospect prospect;
  std::string sentence;         ///< the prospect in words
  std::string behind_waypoint;  ///< the same behind a waypoint; empty: there is none
};

/// What keeps namespaces on sidecars, by code.
struct AuditBlocker {
  Code code{};
  std::vector<Diagnostic> found;
};

struct Audit {
  std::vector<AuditNamespace> namespaces;  ///< by name
  std::vector<AuditPolicy> policies;       ///< those that a sidecar enforces, and those that wait for a waypoint; in order of file and place
  std::vector<Impact> others;              ///< every other resource that touches sidecars
  std::vector<AuditBlocker> blockers;      ///< by code
  Diagnostics diagnostics;                 ///< all that was found, blockers included
};

/// `reading`: what reading the input had to say.
[[nodiscard]] Audit audit(const MeshModel& mesh, const PassOptions& options, const Diagnostics& reading);

}  // namespace s2a
