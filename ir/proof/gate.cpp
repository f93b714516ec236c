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

/// What happened, and what to do; `routes`: it is about where requests go.
std::pair<std::string_view, std::string_view> words(Code code, bool routes) {
  switch (code) {
    case Code::Narrower:
      return {"some requests that sidecars allow are denied in ambient mode",
              "past a waypoint only layer 4 is judged: call by the Service, from ambient pods; what the waypoint denies it cannot tell apart, or not see"};
    case Code::Wider: return {"the translation would allow requests that sidecars deny, so it is not written", "the namespace stays on sidecars"};
    case Code::WiderAccepted:
      return {routes ? "requests go elsewhere then, and this is written because it was accepted"
                     : "requests that are denied now are allowed then, and this is written because it was accepted",
              "the notes show one for each class of client"};
    case Code::RoutesDiffer:
      return {"requests to the Service would go elsewhere, or be judged by another path than sidecars see, so its namespace, and whoever calls it, cannot move",
              "the notes show what differs; what neither a route nor the VirtualService does at a waypoint has to go, or to be written otherwise"};
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
    if (verdicts.worst != Verdict::Equal) {
      const auto code = verdicts.accepted ? Code::WiderAccepted : code_of(verdicts.worst);
      tell(verdicts, code, place_of(id), code == Code::Wider || code == Code::NotComparable ? std::set{before_[id].ns} : std::set<std::string>());
    }
    out.findings.insert(out.findings.end(), verdicts.findings.begin(), verdicts.findings.end());
  }

  /// Where requests to a Service or ServiceEntry go, whoever sends them. routing.md 7.0
  void judge_routes(const Dialled& to) {
    Verdicts verdicts;
    for (const auto client : kRoutedClients) {
      const auto ports = sides_.compare_routes(to, client);
      if (ports.empty()) continue;
      verdicts.findings.push_back(judged(about_routes(before_, to, client), sides_, ports, verdicts));
    }
    if (verdicts.findings.empty()) return;
    settle(verdicts, Code::RoutesDiffer);
    verdicts.refused = verdicts.refused || verdicts.rewritten;
    const auto ns = verdicts.findings.front().ns;
    if (verdicts.refused && moving_.contains(ns)) out.refused.insert(ns);
    if (verdicts.refused && !moving_.contains(ns)) out.holds_back = true;
    out.findings.insert(out.findings.end(), verdicts.findings.begin(), verdicts.findings.end());
    if (verdicts.worst == Verdict::Equal) return;
    const auto code = verdicts.accepted ? Code::WiderAccepted : verdicts.worst == Verdict::Wider || verdicts.rewritten ? Code::RoutesDiffer : code_of(verdicts.worst);
    tell(verdicts, code, place_of(to), verdicts.refused ? moving_ : std::set<std::string>());
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
    bool unknown = false;    ///< somewhere, whatever else is worse
    bool rewritten = false;  ///< a request that is refused then is rewritten on the way: policies at the waypoint see what it was before. authorization.md 9.12
    bool accepted = false;   ///< it is wider, and may be
    bool refused = false;
  };

  Verdicts judge(BothSides& sides, WorkloadId id, std::span<const ClientClass> clients, Code wider) {
    Verdicts out_of_all;
    const auto& workload = before_[id];
    for (const auto client : clients) {
      const Finding about{.subject = workload.subject(before_.store()), .ns = workload.ns, .client = client, .verdict = Verdict::Equal, .witness = {}, .assumed = assumed(id)};
      out_of_all.findings.push_back(judged(about, sides, sides.compare_all(id, client), out_of_all));
    }
    settle(out_of_all, wider);
    return out_of_all;
  }

  /// From what was found to what follows from it.
  void settle(Verdicts& verdicts, Code wider) {
    verdicts.worst = std::ranges::max(verdicts.findings, {}, &Finding::verdict).verdict;
    const auto& subject = verdicts.findings.front().subject;
    verdicts.accepted = verdicts.worst == Verdict::Wider && !verdicts.unknown && accepts(accepted_, wider, subject);
    verdicts.refused = verdicts.worst > Verdict::Narrower && !verdicts.accepted;
    if (!verdicts.accepted) return;
    AcceptedWider told{.code = wider, .subject = subject, .witnesses = {}};
    for (auto& finding : verdicts.findings) {
      if (finding.verdict != Verdict::Wider) continue;
      finding.accepted = true;
      told.witnesses.push_back(fmt::format("{}: {}", to_string(finding.client), finding.witness));
    }
    out.accepted.push_back(std::move(told));
  }

  void judge_others(BothSides& sides, WorkloadId id, std::span<const ClientClass> clients) {
    const auto verdicts = judge(sides, id, clients, Code::StaysOnSidecars);
    if (verdicts.refused) out.holds_back = true;
    if (verdicts.worst == Verdict::Equal) return;
    const auto code = verdicts.accepted ? Code::WiderAccepted : verdicts.refused ? Code::StaysOnSidecars : Code::Narrower;
    std::vector<std::string> more;
    if (code == Code::StaysOnSidecars && before_[id].dataplane == Dataplane::Sidecar)
      more.emplace_back("over HBONE a sidecar does not see the caller's address, and behind a waypoint not the caller");
    tell(verdicts, code, place_of(id), code == Code::StaysOnSidecars ? moving_ : std::set<std::string>(), std::move(more));
  }

  /// The worst of all addresses, on `finding`, which says whom it is about.
  Finding judged(Finding finding, BothSides& sides, const std::vector<AddressCompared>& addresses, Verdicts& all) {
    for (const auto& compared : addresses) {
      const auto& [question, address, labels, comparison] = compared;
      if (!comparison) {
        all.unknown = true;
        note_unknown(finding, finding.routes ? fmt::format("{}: what the port of a pod behind it speaks is not known", address)
                                             : fmt::format("what the pod's port {} speaks is not known", question.container_port));
        continue;
      }
      all.unknown = all.unknown || comparison->verdict == Verdict::Unknown;
      all.rewritten = all.rewritten || (comparison->changed && finding.client == ClientClass::AmbientToService);
      if (comparison->verdict == Verdict::Unknown) note_unknown(finding, fmt::format("{}: {}", address, comparison->unknown));
      if (!comparison->difference || comparison->verdict <= finding.verdict) continue;
      finding.verdict = comparison->verdict;
      finding.witness = sides.witness(compared);
      const auto& steps = comparison->difference->before.steps;
      const auto& origin = (comparison->elsewhere ? steps.front() : steps.back()).origin;
      if (!all.place && origin.resource)
        all.place = before_.store().label(before_.store()[*origin.resource], origin.node,
                                          comparison->elsewhere                      ? "routed by this"
                                          : comparison->verdict == Verdict::Narrower ? "allowed by this"
                                                                                     : "denied by this");
    }
    return finding;
  }

  [[nodiscard]] bool assumed(WorkloadId id) const {
    return before_[id].assumed || std::ranges::any_of(before_.services_of(id), [&](ServiceId service) { return before_[service].assumed; });
  }

  /// Where a Service or ServiceEntry is written.
  [[nodiscard]] std::optional<Label> place_of(const Dialled& to) const {
    const auto* service = std::get_if<ServiceId>(&to);
    const auto id = service != nullptr ? before_[*service].resource : std::optional(std::get<ResourceId>(to));
    return id ? std::optional(before_.store().label(before_.store()[*id], before_.store()[*id].name.node)) : std::nullopt;
  }

  /// Where a workload is written, or a policy for it.
  [[nodiscard]] std::optional<Label> place_of(WorkloadId id) const {
    const auto policies = before_.policies_at_sidecar(id);
    const auto* resource = !policies.empty() ? policies.front() : before_[id].resource ? &before_.store()[*before_[id].resource] : nullptr;
    return resource != nullptr ? std::optional(before_.store().label(*resource, resource->name.node)) : std::nullopt;
  }

  /// One diagnostic a workload or Service: the rule that decided before, else `place`, and a witness for each class of client, then `more` notes.
  void tell(const Verdicts& verdicts, Code code, std::optional<Label> place, const std::set<std::string>& keeps, std::vector<std::string> more = {}) {
    const auto [message, help] = words(code, verdicts.findings.front().routes);
    Diagnostic diagnostic{.code = code,
                          .subject = verdicts.findings.front().subject,
                          .message = std::string(message),
                          .labels = {},
                          .help = std::string(help),
                          .notes = {},
                          .keeps = {keeps.begin(), keeps.end()}};
    if (verdicts.place) place = verdicts.place;
    if (place) diagnostic.labels.push_back(*std::move(place));
    for (const auto& finding : verdicts.findings) {
      if (!finding.witness.empty()) diagnostic.notes.push_back(fmt::format("{}, {}: {}", to_string(finding.client), to_string(finding.verdict), finding.witness));
    }
    std::ranges::move(more, std::back_inserter(diagnostic.notes));
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
  static constexpr std::array<std::string_view, 7> kOutside = {"callers in the host network",
                                                               "callers with a waypoint's identity",
                                                               "requests that a sidecar answers with 400",
                                                               "TLS without Istio's ALPN",
                                                               "bytes that are not HTTP on an HTTP port",
                                                               "a foreign Host, and header lines that are not UTF-8, where routes decide",
                                                               "gateways whose routes the input does not show"};
  return kOutside;
}

Judgement judge(const MeshModel& before, const MeshModel& after, const std::vector<WorkloadId>& moving, const std::vector<WorkloadId>& staying,
                const std::vector<Acceptance>& accepted) {
  const auto judge_all = [&](const MeshModel& then) {
    Gate gate(before, then, moving, accepted);
    for (const auto id : moving) gate.judge(id);
    for (const auto id : staying) before[id].dataplane == Dataplane::Ambient ? gate.judge_settled(id) : gate.judge_staying(id);
    if (!moving.empty())
      for (const auto& to : routable(before)) gate.judge_routes(to);
    return std::move(gate.out);
  };
  auto out = judge_all(after);
  if (std::ranges::all_of(after.waypoints(), &Waypoint::ready)) return out;
  auto later = judge_all(after.with_ready_waypoints());  // a waypoint that is not ready will be
  if (later.refused.empty() && !later.holds_back && later.accepted.size() == out.accepted.size()) return out;
  return later;
}

}  // namespace s2a
