// Asking every question about every workload that moves.
#include "ir/proof/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "ir/proof/both_sides.h"

namespace s2a {
namespace {

constexpr std::array kClients = {ClientClass::AmbientToService, ClientClass::AmbientToPod, ClientClass::Sidecar, ClientClass::Ingress, ClientClass::Plaintext};
constexpr std::array kAmbientClients = {ClientClass::AmbientToService, ClientClass::AmbientToPod};

Code code_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Equal:
    case Verdict::Narrower: return Code::Narrower;
    case Verdict::Wider: return Code::Wider;
    case Verdict::Unknown: return Code::NotComparable;
  }
  return Code::InternalError;
}

/// What happened, and what to do.
std::pair<std::string_view, std::string_view> words(Code code) {
  switch (code) {
    case Code::Narrower:
      return {"some requests that sidecars allow are denied in ambient mode",
              "past a waypoint only layer 4 is judged: call by the Service, from ambient pods; what the waypoint denies it cannot tell apart, or not see"};
    case Code::Wider: return {"the translation would allow requests that sidecars deny, so it is not written", "the namespace stays on sidecars"};
    case Code::WiderAccepted: return {"requests that are denied now are allowed then, and this is written because it was accepted", "the notes show one for each class of client"};
    case Code::StaysOnSidecars: return {"its pods stay as they are, and would or might let in callers that they refuse now", "no namespace moves before this one does"};
    default: return {"the translation cannot be compared with what sidecars do, so it is not written", "the namespace stays on sidecars"};
  }
}

void note_unknown(Finding& finding, std::string why) {
  if (finding.verdict >= Verdict::Unknown) return;
  finding.verdict = Verdict::Unknown;
  finding.witness = std::move(why);
}

class Gate {
 public:
  Gate(const MeshModel& before, const MeshModel& after, const std::vector<WorkloadId>& moving, const std::vector<Acceptance>& accepted)
      : before_(before), accepted_(accepted), sides_(before, after, {}), settled_(before, after, {.callers_move = false}) {
    for (const auto id : moving) moving_.insert(before[id].ns);
  }

  void judge(WorkloadId id) {
    const auto verdicts = judge(sides_, id, kClients, Code::Wider);
    if (verdicts.refused) out.refused.insert(before_[id].ns);
    if (verdicts.worst != Verdict::Equal) tell(before_[id], verdicts, verdicts.accepted ? Code::WiderAccepted : code_of(verdicts.worst));
    out.findings.insert(out.findings.end(), verdicts.findings.begin(), verdicts.findings.end());
  }

  /// A pod that keeps its sidecar meets callers that have none any more. 2.10, 8.8
  void judge_staying(WorkloadId id) { judge_others(sides_, id, kAmbientClients); }

  /// A pod that is ambient already is compared with itself: what changes for others must not open it. product.md 4
  void judge_settled(WorkloadId id) { judge_others(settled_, id, kClients); }

  Judgement out;

 private:
  /// What was found of one workload.
  struct Verdicts {
    std::vector<Finding> findings;
    std::optional<Label> place;
    Verdict worst = Verdict::Equal;
    bool unknown = false;   ///< somewhere, whatever else is worse
    bool accepted = false;  ///< it is wider, and may be
    bool refused = false;
  };

  Verdicts judge(BothSides& sides, WorkloadId id, std::span<const ClientClass> clients, Code wider) {
    Verdicts out_of_all;
    for (const auto client : clients) out_of_all.findings.push_back(judge(sides, id, client, out_of_all));
    out_of_all.worst = std::ranges::max(out_of_all.findings, {}, &Finding::verdict).verdict;
    const auto subject = before_[id].subject(before_.store());
    out_of_all.accepted = out_of_all.worst == Verdict::Wider && !out_of_all.unknown && accepts(accepted_, wider, subject);
    out_of_all.refused = out_of_all.worst > Verdict::Narrower && !out_of_all.accepted;
    if (!out_of_all.accepted) return out_of_all;
    AcceptedWider told{.code = wider, .subject = subject, .witnesses = {}};
    for (auto& finding : out_of_all.findings) {
      if (finding.verdict != Verdict::Wider) continue;
      finding.accepted = true;
      told.witnesses.push_back(fmt::format("{}: {}", to_string(finding.client), finding.witness));
    }
    out.accepted.push_back(std::move(told));
    return out_of_all;
  }

  void judge_others(BothSides& sides, WorkloadId id, std::span<const ClientClass> clients) {
    const auto verdicts = judge(sides, id, clients, Code::StaysOnSidecars);
    if (verdicts.refused) out.holds_back = true;
    if (verdicts.worst == Verdict::Equal) return;
    tell(before_[id], verdicts, verdicts.accepted ? Code::WiderAccepted : verdicts.refused ? Code::StaysOnSidecars : Code::Narrower);
  }

  Finding judge(BothSides& sides, WorkloadId id, ClientClass client, Verdicts& all) {
    const auto& workload = before_[id];
    Finding finding{.workload = workload.subject(before_.store()), .ns = workload.ns, .client = client, .verdict = Verdict::Equal, .witness = {}, .assumed = assumed(id)};
    for (const auto& [question, comparison] : sides.compare_all(id, client)) {
      if (!comparison) {
        all.unknown = true;
        note_unknown(finding, fmt::format("what the pod's port {} speaks is not known", question.container_port));
        continue;
      }
      all.unknown = all.unknown || comparison->verdict == Verdict::Unknown;
      if (comparison->verdict == Verdict::Unknown) note_unknown(finding, fmt::format("{}: {}", sides.address(question), comparison->unknown));
      if (!comparison->difference || comparison->verdict <= finding.verdict) continue;
      finding.verdict = comparison->verdict;
      finding.witness = sides.witness(question, *comparison->difference);
      const auto& origin = comparison->difference->before.steps.back().origin;
      if (!all.place && origin.resource)
        all.place = before_.store().label(before_.store()[*origin.resource], origin.node, comparison->verdict == Verdict::Narrower ? "allowed by this" : "denied by this");
    }
    return finding;
  }

  [[nodiscard]] bool assumed(WorkloadId id) const {
    return before_[id].assumed || std::ranges::any_of(before_.services_of(id), [&](ServiceId service) { return before_[service].assumed; });
  }

  /// One diagnostic a workload: the rule that decided before, and a witness for each class of client.
  void tell(const MeshWorkload& workload, const Verdicts& verdicts, Code code) {
    const auto [message, help] = words(code);
    Diagnostic diagnostic{.code = code, .subject = workload.subject(before_.store()), .message = std::string(message), .labels = {}, .help = std::string(help), .notes = {}};
    const auto policies = before_.policies_at_sidecar(workload.id);
    if (verdicts.place)
      diagnostic.labels.push_back(*verdicts.place);
    else if (!policies.empty())
      diagnostic.labels.push_back(before_.store().label(*policies.front(), policies.front()->name.node));
    else if (workload.resource)
      diagnostic.labels.push_back(before_.store().label(before_.store()[*workload.resource], before_.store()[*workload.resource].name.node));
    for (const auto& finding : verdicts.findings) {
      if (!finding.witness.empty()) diagnostic.notes.push_back(fmt::format("{}, {}: {}", to_string(finding.client), to_string(finding.verdict), finding.witness));
    }
    if (code == Code::Wider || code == Code::NotComparable) diagnostic.keeps = {workload.ns};
    if (code == Code::StaysOnSidecars) {
      diagnostic.keeps.assign(moving_.begin(), moving_.end());
      if (workload.dataplane == Dataplane::Sidecar) diagnostic.notes.emplace_back("over HBONE a sidecar does not see the caller's address, and behind a waypoint not the caller");
    }
    out.diagnostics.add(std::move(diagnostic));
  }

  const MeshModel& before_;
  const std::vector<Acceptance>& accepted_;
  BothSides sides_;
  BothSides settled_;             ///< for callers that were ambient before
  std::set<std::string> moving_;  ///< namespaces
};

}  // namespace

std::span<const std::string_view> outside_the_comparison() {
  static constexpr std::array<std::string_view, 5> kOutside = {"callers in the host network", "callers with a waypoint's identity", "requests that a sidecar answers with 400",
                                                               "TLS without Istio's ALPN", "bytes that are not HTTP on an HTTP port"};
  return kOutside;
}

Judgement judge(const MeshModel& before, const MeshModel& after, const std::vector<WorkloadId>& moving, const std::vector<WorkloadId>& staying,
                const std::vector<Acceptance>& accepted) {
  const auto judge_all = [&](const MeshModel& then) {
    Gate gate(before, then, moving, accepted);
    for (const auto id : moving) gate.judge(id);
    for (const auto id : staying) before[id].dataplane == Dataplane::Ambient ? gate.judge_settled(id) : gate.judge_staying(id);
    return std::move(gate.out);
  };
  auto out = judge_all(after);
  if (std::ranges::all_of(after.waypoints(), &Waypoint::ready)) return out;
  auto later = judge_all(after.with_ready_waypoints());  // a waypoint that is not ready will be
  if (later.refused.empty() && !later.holds_back && later.accepted.size() == out.accepted.size()) return out;
  return later;
}

}  // namespace s2a
