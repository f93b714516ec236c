// Asking every question about every workload that moves.
#include "ir/proof/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "ir/authz/enforcement.h"
#include "ir/authz/trust_domains.h"
#include "ir/pattern/pattern.h"
#include "ir/proof/compare.h"

namespace s2a {
namespace {

constexpr std::array kClients = {ClientClass::AmbientToService, ClientClass::AmbientToPod, ClientClass::Sidecar, ClientClass::Ingress, ClientClass::Plaintext};
constexpr std::array kAmbientClients = {ClientClass::AmbientToService, ClientClass::AmbientToPod};

/// The ports of a pod, those that its policies name, and one that nobody names: sidecars and ztunnel enforce undeclared ports too. 2.5
std::set<std::uint16_t> pod_ports(const MeshModel& mesh, WorkloadId id) {
  const auto declared = mesh.ports_of(id);
  std::set<std::uint16_t> ports(declared.begin(), declared.end());
  const auto add = [&](const Match& match) {
    for (const auto* values : {&match.values, &match.not_values})
      for (const auto& value : *values)
        if (const auto number = port_number(value.value)) ports.insert(*number);
  };
  for (const auto* resource : mesh.policies_at_sidecar(id)) {
    for (const auto& rule : std::get<AuthorizationPolicy>(resource->spec).rules) {
      for (const auto& operation : rule.to) add(operation.ports);
      for (const auto& condition : rule.when)
        if (condition.reads && condition.reads->attribute == ConditionAttribute::DestinationPort) add(condition.match);
    }
  }
  std::uint16_t undeclared = 65000;
  while (ports.contains(undeclared)) --undeclared;
  ports.insert(undeclared);
  return ports;
}

/// Every address by which this class of client can send to the pod.
std::vector<Question> questions(const MeshModel& mesh, WorkloadId id, ClientClass client) {
  std::vector<Question> out;
  const auto ask = [&](std::optional<ServiceId> service, std::uint16_t service_port, std::uint16_t port) {
    const auto protocol = mesh.protocol_at_sidecar(id, port).value_or(AppProtocol::Auto);
    for (const bool http : {true, false}) {
      if (http || protocol != AppProtocol::Http)  // bytes that are not HTTP on an HTTP port are outside the comparison; HTTP on a TCP port is not
        out.push_back({.client = client, .workload = id, .service = service, .service_port = service_port, .container_port = port, .http = http, .tunnel_taken = true});
    }
  };
  if (client == ClientClass::AmbientToService || client == ClientClass::Ingress) {
    for (const auto& way : mesh.fronts(id)) ask(way.service, way.service_port, way.container_port);
  } else {
    for (const auto port : pod_ports(mesh, id)) ask(std::nullopt, 0, port);
  }
  return out;
}

/// Before the change nobody is an ambient caller: the same caller has a sidecar.
Question as_before(Question question) {
  if (question.client == ClientClass::AmbientToService || question.client == ClientClass::AmbientToPod) question.client = ClientClass::Sidecar;
  return question;
}

std::string address(const MeshModel& mesh, const Question& question) {
  if (!question.service) return fmt::format("the pod's port {}", question.container_port);
  const auto& service = mesh[*question.service];
  return fmt::format("Service {}/{} port {}", service.ns, service.name, question.service_port);
}

std::string in_words(const MeshModel& mesh, const Decision& decision) {
  const auto& last = decision.steps.back();
  const auto name = last.origin.resource ? mesh.store()[*last.origin.resource].subject() : std::string();
  const auto by = name.empty() ? last.origin.text : last.origin.text.empty() ? name : fmt::format("{}: {}", name, last.origin.text);
  return fmt::format("{} at the {}{}", decision.allowed() ? "allowed" : "denied", to_string(last.engine), by.empty() ? "" : fmt::format(" ({})", by));
}

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
    case Code::StaysOnSidecars: return {"its pods stay on sidecars, and would or might let in ambient callers that they refuse now", "no namespace moves before this one does"};
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
  Gate(const MeshModel& before, const MeshModel& after, const std::vector<WorkloadId>& moving) : before_(before), after_(after) {
    for (const auto id : moving) moving_.insert(before[id].ns);
  }

  void judge(WorkloadId id) {
    const auto& workload = before_[id];
    std::vector<Finding> findings;
    std::optional<Label> place;
    for (const auto client : kClients) findings.push_back(judge(id, client, place));
    const auto worst = std::ranges::max(findings, {}, &Finding::verdict).verdict;
    if (worst > Verdict::Narrower) out.refused.insert(workload.ns);
    if (worst != Verdict::Equal) tell(workload, findings, code_of(worst), place);
    out.findings.insert(out.findings.end(), findings.begin(), findings.end());
  }

  /// A pod that keeps its sidecar meets callers that have none any more. 2.10, 8.8
  void judge_staying(WorkloadId id) {
    std::vector<Finding> findings;
    std::optional<Label> place;
    for (const auto client : kAmbientClients) findings.push_back(judge(id, client, place));
    const auto worst = std::ranges::max(findings, {}, &Finding::verdict).verdict;
    if (worst > Verdict::Narrower) out.holds_back = true;
    if (worst != Verdict::Equal) tell(before_[id], findings, worst > Verdict::Narrower ? Code::StaysOnSidecars : Code::Narrower, place);
  }

  Judgement out;

 private:
  Finding judge(WorkloadId id, ClientClass client, std::optional<Label>& place) {
    const auto& workload = before_[id];
    Finding finding{.workload = workload.subject(before_.store()), .ns = workload.ns, .client = client, .verdict = Verdict::Equal, .witness = {}, .assumed = assumed(id)};
    for (const auto& question : questions(before_, id, client)) {
      const auto was = enforcement(before_, as_before(question));
      const auto is = enforcement(after_, question);
      if (!was || !is) {
        note_unknown(finding, fmt::format("what the pod's port {} speaks is not known", question.container_port));
        continue;
      }
      const Callers callers{
          .identified = client != ClientClass::Plaintext, .http = question.http, .trust_domain = before_.trust_domain(), .host = host(workload, question), .outside = waypoints()};
      const auto comparison = compare(*was, *is, callers);
      if (comparison.verdict == Verdict::Unknown) note_unknown(finding, fmt::format("{}: {}", address(before_, question), comparison.unknown));
      if (!comparison.difference || comparison.verdict <= finding.verdict) continue;
      finding.verdict = comparison.verdict;
      const auto& difference = *comparison.difference;
      finding.witness =
          fmt::format("{} to {}: {}, then {}", describe(difference.request), address(before_, question), in_words(before_, difference.before), in_words(after_, difference.after));
      const auto& origin = difference.before.steps.back().origin;
      if (!place && origin.resource)
        place = before_.store().label(before_.store()[*origin.resource], origin.node, comparison.verdict == Verdict::Narrower ? "allowed by this" : "denied by this");
    }
    return finding;
  }

  /// Nobody but a waypoint may hold its identity, by whatever name of the mesh's trust domain. authorization.md 8.6
  [[nodiscard]] std::set<std::string> waypoints() const {
    std::set<std::string> identities;
    for (const auto& waypoint : after_.waypoints())
      for (const auto& principal : expand_principals({waypoint.principal}, trust_domains(after_))) identities.insert("spiffe://" + principal);
    return identities;
  }

  [[nodiscard]] std::string host(const MeshWorkload& workload, const Question& question) const {
    const auto services = before_.services_of(workload.id);
    const auto service = question.service ? question.service : services.empty() ? std::nullopt : std::optional(services.front());
    return service ? fmt::format("{}.{}", before_[*service].name, before_[*service].ns) : "pod." + workload.ns;
  }

  [[nodiscard]] bool assumed(WorkloadId id) const {
    return before_[id].assumed || std::ranges::any_of(before_.services_of(id), [&](ServiceId service) { return before_[service].assumed; });
  }

  /// One diagnostic a workload: the rule that decided before, and a witness for each class of client.
  void tell(const MeshWorkload& workload, const std::vector<Finding>& findings, Code code, const std::optional<Label>& place) {
    const auto [message, help] = words(code);
    Diagnostic diagnostic{.code = code, .subject = workload.subject(before_.store()), .message = std::string(message), .labels = {}, .help = std::string(help), .notes = {}};
    const auto policies = before_.policies_at_sidecar(workload.id);
    if (place)
      diagnostic.labels.push_back(*place);
    else if (!policies.empty())
      diagnostic.labels.push_back(before_.store().label(*policies.front(), policies.front()->name.node));
    else if (workload.resource)
      diagnostic.labels.push_back(before_.store().label(before_.store()[*workload.resource], before_.store()[*workload.resource].name.node));
    for (const auto& finding : findings) {
      if (!finding.witness.empty()) diagnostic.notes.push_back(fmt::format("{}, {}: {}", to_string(finding.client), to_string(finding.verdict), finding.witness));
    }
    if (code == Code::Wider || code == Code::NotComparable) diagnostic.keeps = {workload.ns};
    if (code == Code::StaysOnSidecars) {
      diagnostic.keeps.assign(moving_.begin(), moving_.end());
      diagnostic.notes.emplace_back("over HBONE a sidecar does not see the caller's address, and behind a waypoint not the caller");
    }
    out.diagnostics.add(std::move(diagnostic));
  }

  const MeshModel& before_;
  const MeshModel& after_;
  std::set<std::string> moving_;  ///< namespaces
};

}  // namespace

std::span<const std::string_view> outside_the_comparison() {
  static constexpr std::array<std::string_view, 5> kOutside = {"callers in the host network", "callers with a waypoint's identity", "requests that a sidecar answers with 400",
                                                               "TLS without Istio's ALPN", "bytes that are not HTTP on an HTTP port"};
  return kOutside;
}

Judgement judge(const MeshModel& before, const MeshModel& after, const std::vector<WorkloadId>& moving, const std::vector<WorkloadId>& staying) {
  Gate gate(before, after, moving);
  for (const auto id : moving) gate.judge(id);
  for (const auto id : staying) gate.judge_staying(id);
  return std::move(gate.out);
}

}  // namespace s2a
