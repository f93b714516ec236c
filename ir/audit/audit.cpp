// Putting it together: who needs what, policy by policy, and what the survey keeps on sidecars.
#include "ir/audit/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "ir/audit/guide.h"
#include "ir/passes/survey.h"

namespace s2a {
namespace {

class Auditor {
 public:
  Auditor(const MeshModel& mesh, const PassOptions& options, const Diagnostics& reading)
      : mesh_(mesh), options_(options), who_(survey(mesh, options, options.left_out)), needs_(waypoint_needs(mesh)) {
    out_.diagnostics.append(reading);
    out_.diagnostics.append(who_.diagnostics);
  }

  Audit audit() {
    add_workloads();
    add_policies();
    out_.others = impacts(mesh_, out_.diagnostics);
    add_blockers();
    return std::move(out_);
  }

 private:
  void add_workloads() {
    std::map<std::string, AuditNamespace> namespaces;
    std::map<std::string, std::set<std::size_t>> asked;
    for (const auto& pod : mesh_.workloads()) {
      if (pod.dataplane != Dataplane::Sidecar || pod.ns == kAnyNamespace) continue;
      auto& ns = namespaces[pod.ns];
      auto& workload = ns.workloads.emplace_back(AuditWorkload{.subject = pod.subject(mesh_.store()), .needs = {}, .in_reach_of_waypoint = can_have_waypoint(mesh_, pod.id)});
      for (std::size_t i = 0; i < needs_.size(); ++i) {
        if (!std::ranges::binary_search(needs_[i].workloads, pod.id)) continue;
        workload.needs.push_back(needs_[i].subject);
        asked[pod.ns].insert(i);
        ns.needs_waypoint = ns.needs_waypoint || workload.in_reach_of_waypoint;
      }
    }
    for (auto& [name, ns] : namespaces) {
      ns.name = name;
      for (const auto i : asked[name]) ns.needs.push_back(needs_[i]);
      for (const auto& diagnostic : out_.diagnostics.all())
        if (std::ranges::find(diagnostic.keeps, name) != diagnostic.keeps.end()) ns.kept_by.insert(diagnostic.code);
      out_.namespaces.push_back(std::move(ns));
    }
  }

  void add_policies() {
    const auto pods_of = policy_pods(mesh_);
    for (const auto* resource : mesh_.all(Kind::AuthorizationPolicy)) {
      const auto* policy = std::get_if<AuthorizationPolicy>(&resource->spec);
      const auto found = pods_of.find(resource->id);
      if (policy == nullptr || (policy->target_refs.empty() && found == pods_of.end())) continue;
      const auto pods = found == pods_of.end() ? std::vector<PolicyPod>() : found->second;
      AuditPolicy entry{.subject = resource->subject(),
                        .place = mesh_.store().label(*resource, resource->name.node),
                        .action = fmt::format("{}{}", to_string(policy->action), policy->dry_run ? ", dry run" : ""),
                        .layer_7 = policy->target_refs.empty() ? layer_7_of(mesh_, *resource) : std::vector<Reason>(),
                        .prospect = prospect_of(mesh_, *resource, pods, waypoints_before(pods)),
                        .sentence = {},
                        .behind_waypoint = {}};
      entry.missed_by_guide = !entry.layer_7.empty() && !found_by_guide(mesh_.store(), *resource);
      entry.sentence = in_words(entry.prospect, *policy);
      entry.behind_waypoint = behind_waypoint_in_words(entry.prospect);
      out_.policies.push_back(std::move(entry));
    }
  }

  /// The principals of the waypoints that stand, or would stand, in front of pods of the policy.
  [[nodiscard]] std::vector<std::string> waypoints_before(const std::vector<PolicyPod>& pods) const {
    std::set<std::string> out;
    for (const auto& pod : pods) {
      if (!can_have_waypoint(mesh_, pod.workload)) continue;
      const auto& name = mesh_[pod.workload].ns;
      const auto ns = std::ranges::find(out_.namespaces, name, &AuditNamespace::name);
      if (ns != out_.namespaces.end() && ns->needs_waypoint) out.insert(own_waypoint(name));
      for (const auto& way : mesh_.fronts(pod.workload))
        if (const auto* waypoint = mesh_.waypoint_of(way.service)) out.insert(waypoint->principal);
    }
    return {out.begin(), out.end()};
  }

  /// The one that the namespace has, or the one that it would get.
  [[nodiscard]] std::string own_waypoint(const std::string& ns) const {
    const auto there = std::ranges::find(mesh_.waypoints(), ns, &Waypoint::ns);
    if (there != mesh_.waypoints().end()) return there->principal;
    const auto moving = who_.moving.find(ns);
    const auto& name = moving == who_.moving.end() || moving->second.waypoint.empty() ? options_.waypoint_name : moving->second.waypoint;
    return fmt::format("{}/ns/{}/sa/{}", mesh_.trust_domain(), ns, name);
  }

  void add_blockers() {
    std::map<Code, std::vector<Diagnostic>> by_code;
    for (auto& diagnostic : out_.diagnostics.sorted())
      if (!diagnostic.keeps.empty()) by_code[diagnostic.code].push_back(std::move(diagnostic));
    for (auto& [code, found] : by_code) out_.blockers.push_back({.code = code, .found = std::move(found)});
  }

  const MeshModel& mesh_;
  const PassOptions& options_;
  Survey who_;
  std::vector<Need> needs_;
  Audit out_;
};

}  // namespace

Audit audit(const MeshModel& mesh, const PassOptions& options, const Diagnostics& reading) { return Auditor(mesh, options, reading).audit(); }

}  // namespace s2a
