// What `s2a audit` has to show: one AuditMesh a mesh, and the numbers of its last line.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "ir/audit/audit.h"

namespace s2a {

struct AuditMesh {
  std::string name;  ///< the PATH with --each, else empty
  std::unique_ptr<const Store> store;
  std::size_t files = 0;  ///< that were read
  std::size_t resources = 0;
  Audit audit;
};

struct AuditReport {
  std::vector<AuditMesh> meshes;
  bool brief = false;  ///< text: errors and the sum
};

struct AuditTally {
  std::size_t namespaces = 0;  ///< with sidecars
  std::size_t need_waypoint = 0;
  std::size_t stay = 0;  ///< on sidecars, because of a blocker
  std::size_t workloads = 0;
  std::size_t policies = 0;
  std::size_t as_before = 0;  ///< of the policies: neither a hole nor an outage, with a waypoint or without
  std::size_t holes = 0;      ///< of the policies
  std::size_t outages = 0;    ///< of the policies; some are both
  std::size_t unknown = 0;    ///< of the policies: nothing found, and not all compared
  std::size_t missed_by_guide = 0;
  std::array<std::size_t, 3> others{};  ///< by ImpactKind
  std::size_t blockers = 0;
};

[[nodiscard]] AuditTally tally(const std::vector<AuditMesh>& meshes);

/// What was found beside the blockers, as Diagnostics::listed().
[[nodiscard]] std::vector<Diagnostic> keeping_nobody(const Diagnostics& found);

/// The last line of the text and of the Markdown, without a line end.
[[nodiscard]] std::string sum(const AuditTally& tally);

}  // namespace s2a
