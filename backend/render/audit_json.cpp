// The audit for programs, as audit.schema.json has it: keys stand in the order in which the schema lists them.
#include "backend/render/json_parts.h"
#include "backend/render/renderer.h"

namespace s2a {
namespace {

class AuditJson {
 public:
  explicit AuditJson(const AuditMesh& mesh) : mesh_(mesh), sources_(mesh.store->sources) {}

  [[nodiscard]] Json json() const {
    const auto& audit = mesh_.audit;
    return {{"name", mesh_.name},
            {"files", mesh_.files},
            {"resources", mesh_.resources},
            {"namespaces", list(audit.namespaces, [&](const AuditNamespace& ns) { return of(ns); })},
            {"policies", list(audit.policies, [&](const AuditPolicy& policy) { return of(policy); })},
            {"others", list(audit.others, [&](const Impact& impact) { return of(impact); })},
            {"blockers", list(audit.blockers, [&](const AuditBlocker& blocker) { return of(blocker); })},
            {"diagnostics", of(keeping_nobody(audit.diagnostics))}};
  }

 private:
  [[nodiscard]] Json of(const Reason& reason) const { return {{"path", reason.path}, {"what", reason.what}, {"place", to_json(sources_, reason.place)}}; }
  [[nodiscard]] Json of(const std::vector<Reason>& reasons) const {
    return list(reasons, [&](const Reason& reason) { return of(reason); });
  }

  static Json of(const AuditWorkload& workload) { return {{"subject", workload.subject}, {"needs", workload.needs}, {"inReachOfWaypoint", workload.in_reach_of_waypoint}}; }

  [[nodiscard]] Json of(const Need& need) const { return {{"subject", need.subject}, {"place", to_json(sources_, need.place)}, {"reasons", of(need.reasons)}}; }

  [[nodiscard]] Json of(const AuditNamespace& ns) const {
    return {{"name", ns.name},
            {"needsWaypoint", ns.needs_waypoint},
            {"keptBy", list(ns.kept_by, [](Code code) { return to_string(code); })},
            {"workloads", list(ns.workloads, [](const AuditWorkload& workload) { return of(workload); })},
            {"needs", list(ns.needs, [&](const Need& need) { return of(need); })}};
  }

  static Json of(const Effect& effect, const std::string& sentence) {
    return {{"sentence", sentence},   {"letsIn", effect.lets_in},   {"keepsOut", effect.keeps_out},
            {"letIn", effect.let_in}, {"keptOut", effect.kept_out}, {"notCompared", effect.unknown}};
  }

  [[nodiscard]] Json of(const AuditPolicy& policy) const {
    const auto& prospect = policy.prospect;
    Json out{{"subject", policy.subject},       {"place", to_json(sources_, policy.place)},      {"action", policy.action},
             {"layer7", of(policy.layer_7)},    {"missedByGuide", policy.missed_by_guide},       {"fate", to_string(prospect.fate)},
             {"because", of(prospect.because)}, {"direct", of(prospect.direct, policy.sentence)}};
    if (prospect.behind_waypoint) out["behindWaypoint"] = of(*prospect.behind_waypoint, policy.behind_waypoint);
    return out;
  }

  [[nodiscard]] Json of(const std::vector<Diagnostic>& diagnostics) const {
    return list(diagnostics, [&](const Diagnostic& diagnostic) { return to_json(sources_, diagnostic); });
  }

  [[nodiscard]] Json of(const Impact& impact) const {
    return {{"impact", to_string(impact.kind)}, {"subject", impact.subject}, {"place", to_json(sources_, impact.place)}, {"sentence", impact.sentence}};
  }

  [[nodiscard]] Json of(const AuditBlocker& blocker) const {
    return {{"code", to_string(blocker.code)}, {"title", info(blocker.code).title}, {"count", blocker.found.size()}, {"found", of(blocker.found)}};
  }

  const AuditMesh& mesh_;
  const SourceSet& sources_;
};

Json summary(const AuditTally& t) {
  const auto others = [&](ImpactKind kind) { return t.others[static_cast<std::size_t>(kind)]; };
  return {{"namespaces", t.namespaces},
          {"needWaypoint", t.need_waypoint},
          {"stayOnSidecars", t.stay},
          {"workloads", t.workloads},
          {"policies", t.policies},
          {"asBefore", t.as_before},
          {"holes", t.holes},
          {"outages", t.outages},
          {"unknown", t.unknown},
          {"missedByGuide", t.missed_by_guide},
          {"harmless", others(ImpactKind::Harmless)},
          {"changes", others(ImpactKind::Changes)},
          {"inTheWay", others(ImpactKind::Blocker)},
          {"blockers", t.blockers}};
}

}  // namespace

std::string render_audit_json(const AuditReport& report, const Look& /*look*/) {
  return text_of({{"schemaVersion", kSchemaVersion}, {"summary", summary(tally(report.meshes))}, {"meshes", list(report.meshes, [](const AuditMesh& mesh) {
                                                                                                    return AuditJson(mesh).json();
                                                                                                  })}});
}

}  // namespace s2a
