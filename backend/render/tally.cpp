// Counting.
#include "backend/render/tally.h"

#include <algorithm>

namespace s2a {
Verdict SubjectVerdicts::worst() const {
  auto out = Verdict::Equal;
  for (const auto& [client, finding] : clients) out = std::max(out, finding.verdict);
  return out;
}

std::vector<SubjectVerdicts> by_subject(const std::vector<Finding>& findings) {
  std::vector<SubjectVerdicts> out;
  for (const auto& finding : findings) {
    auto at = std::ranges::find_if(out, [&](const SubjectVerdicts& s) { return s.subject == finding.subject && s.routes == finding.routes; });
    if (at == out.end()) at = out.insert(out.end(), {.subject = finding.subject, .routes = finding.routes, .clients = {}});
    const auto [known, added] = at->clients.emplace(finding.client, finding);
    if (!added && finding.verdict > known->second.verdict) known->second = finding;
  }
  return out;
}

std::set<std::string> codes_that_keep(const Diagnostics& diagnostics, std::string_view ns) {
  std::set<std::string> out;
  for (const auto& diagnostic : diagnostics.all())
    if (std::ranges::find(diagnostic.keeps, ns) != diagnostic.keeps.end()) out.insert(to_string(diagnostic.code));
  return out;
}

Tally tally(const std::vector<MeshReport>& meshes) {
  Tally out;
  for (const auto& mesh : meshes) {
    for (const auto& action : mesh.plan.actions) ++out.actions[static_cast<std::size_t>(action.kind)];
    for (const auto& subject : by_subject(mesh.plan.findings)) ++out.verdicts[static_cast<std::size_t>(subject.worst())];
    for (const auto& diagnostic : mesh.plan.diagnostics.sorted()) ++out.found[static_cast<std::size_t>(info(diagnostic.code).severity)];
  }
  return out;
}

}  // namespace s2a
