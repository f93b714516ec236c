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
    const auto& prospect = policy.prospect;
    ++out.policies;
    out.holes += prospect.lets_in() ? 1 : 0;
    out.outages += prospect.keeps_out() ? 1 : 0;
    if (!prospect.lets_in() && !prospect.keeps_out()) ++(prospect.fate == Fate::Unknown ? out.unknown : out.as_before);
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

std::vector<Diagnostic> keeping_nobody(const Diagnostics& found) {
  auto out = found.listed();
  std::erase_if(out, [](const Diagnostic& diagnostic) { return !diagnostic.keeps.empty(); });
  return out;
}

std::string sum(const AuditTally& t) {
  auto out = fmt::format("Audit: {} with sidecars, {} to get a waypoint, {} kept on sidecars. {} left as they are: {} as before, {} open a hole, {} cause an outage",
                         counted(t.namespaces, "namespace"), t.need_waypoint, t.stay, t.policies == 1 ? "1 policy" : fmt::format("{} policies", t.policies), t.as_before, t.holes,
                         t.outages);
  if (t.unknown > 0) out += fmt::format(", {} unknown", t.unknown);
  return out + fmt::format("; {} not found by the guide's search. Found: {}.", t.missed_by_guide, counted(t.blockers, "blocker"));
}

}  // namespace s2a
