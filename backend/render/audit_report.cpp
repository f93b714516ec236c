// Counting an audit.
#include "backend/render/audit_report.h"

#include <fmt/format.h>

#include "backend/render/typography.h"

namespace s2a {
namespace {

void count(const Audit& audit, AuditTally& out) {
  for (const auto& ns : audit.namespaces) {
    ++out.namespaces;
    out.need_waypoint += ns.needs_waypoint ? 1 : 0;
    out.stay += ns.kept_by.empty() ? 0 : 1;
    out.workloads += ns.workloads.size();
  }
  for (const auto& policy : audit.policies) {
    const auto& [fate, direct, behind, because] = policy.prospect;
    const bool hole = direct.lets_in || (behind && behind->lets_in);
    const bool outage = direct.keeps_out || (behind && behind->keeps_out);
    ++out.policies;
    out.holes += hole ? 1 : 0;
    out.outages += outage ? 1 : 0;
    out.as_before += !hole && !outage && fate != Fate::Unknown ? 1 : 0;
    out.missed_by_guide += policy.missed_by_guide ? 1 : 0;
  }
  for (const auto& impact : audit.others) ++out.others[static_cast<std::size_t>(impact.kind)];
  for (const auto& blocker : audit.blockers) out.blockers += blocker.found.size();
}

}  // namespace

AuditTally tally(const std::vector<AuditMesh>& meshes) {
  AuditTally out;
  for (const auto& mesh : meshes) count(mesh.audit, out);
  return out;
}

std::string sum(const AuditTally& t) {
  return fmt::format("Audit: {} with sidecars, {} to get a waypoint, {} kept on sidecars. {} left as they are: {} as before, {}, {}; {} missed by the guide's search. {}.",
                     counted(t.namespaces, "namespace"), t.need_waypoint, t.stay, t.policies == 1 ? "1 policy" : fmt::format("{} policies", t.policies), t.as_before,
                     counted(t.holes, "hole"), counted(t.outages, "outage"), t.missed_by_guide, counted(t.blockers, "blocker"));
}

}  // namespace s2a
