// The questions, and who is asked on either side.
#include "ir/proof/both_sides.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/authz/trust_domains.h"
#include "ir/mesh/well_known.h"
#include "ir/pattern/pattern.h"
#include "ir/proof/route_effect.h"
#include "ir/routing/gateway_targets.h"

namespace s2a {
namespace {

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
    for (const auto& rule : authorization_of(*resource).rules) {
      for (const auto& operation : rule.to) add(operation.ports);
      for (const auto& condition : rule.when)
        if (condition.reads && condition.reads->attribute == ConditionAttribute::DestinationPort) add(condition.match);
    }
  }
  const auto [of_namespace, of_pod] = mesh.mtls_policies(id);
  if (of_pod != nullptr)
    for (const auto& [port, mode] : std::get<PeerAuthentication>(of_pod->spec).port_modes) ports.insert(port);
  std::uint16_t undeclared = 65000;
  while (ports.contains(undeclared)) --undeclared;
  ports.insert(undeclared);
  return ports;
}

std::string in_words(const MeshModel& mesh, const Decision& decision) {
  const auto& last = decision.steps.back();
  const auto name = last.origin.resource ? mesh.store()[*last.origin.resource].subject() : std::string();
  const auto by = name.empty() ? last.origin.text : last.origin.text.empty() ? name : fmt::format("{}: {}", name, last.origin.text);
  return fmt::format("{} at the {}{}", decision.allowed() ? "allowed" : "denied", to_string(last.engine), by.empty() ? "" : fmt::format(" ({})", by));
}

/// Nobody but waypoints may hold their identities. authorization.md 8.6
Callers everyone(const MeshModel& before, const MeshModel& after) {
  Callers out{.identified = true, .http = true, .trust_domain = before.trust_domain(), .host = {}, .outside = {}};
  for (const auto* mesh : {&before, &after})
    for (const auto& waypoint : mesh->waypoints())
      for (const auto& principal : expand_principals({waypoint.principal}, trust_domains(*mesh))) out.outside.insert("spiffe://" + principal);
  std::set<std::string> known;
  for (const auto* mesh : {&before, &after})
    for (const auto& pod : mesh->workloads())
      if (pod.dataplane != Dataplane::Outside && !pod.waypoint) known.insert(fmt::format("spiffe://{}/ns/{}/sa/{}", mesh->trust_domain(), pod.ns, pod.service_account));
  out.known = std::make_shared<const std::set<std::string>>(std::move(known));
  return out;
}

/// Pods, or what is there before them: a waypoint, a namespace that is to be ambient.
bool shows_ambient(const MeshModel& mesh) {
  if (!mesh.waypoints().empty() || std::ranges::any_of(mesh.workloads(), [](const MeshWorkload& w) { return w.dataplane == Dataplane::Ambient; })) return true;
  return std::ranges::any_of(mesh.all(Kind::Namespace), [](const Resource* ns) { return value_of(ns->labels, kDataplaneMode) == "ambient"; });
}

}  // namespace

BothSides::BothSides(const MeshModel& before, const MeshModel& after, Presumed presumed)
    : before_(before), after_(after), presumed_(presumed), ways_before_(before), ways_after_(after), callers_(everyone(before, after)), proofs_(callers_) {
  for (const auto& workload : after.workloads()) workloads_.emplace(workload.subject(after.store()), workload.id);
  for (const auto& service : after.services()) services_.emplace(std::pair(service.ns, service.name), service.id);
  for (const auto* entry : after.all(Kind::ServiceEntry)) entries_.emplace(entry->subject(), entry->id);
  std::set<std::pair<std::string, std::string>> old_services;
  for (const auto& service : before.services()) old_services.emplace(service.ns, service.name);
  for (const auto& [name, id] : services_)
    if (!old_services.contains(name)) new_services_.insert(id);
  leaves_sidecars_ = shows_ambient(after);
  ambient_after_ = presumed.any_caller || std::ranges::any_of(after.workloads(), [](const MeshWorkload& w) { return w.dataplane == Dataplane::Ambient; });
  for (const auto& workload : before.workloads())
    if (const auto there = counterpart(workload.id)) numbers_.emplace(*there, workload.id);
  for (const auto& workload : after.workloads()) numbers_.emplace(workload.id, WorkloadId{static_cast<std::uint32_t>(before.workloads().size() + numbers_.size())});
  for (const auto& [name, host] : ways_before_.hosts().all()) hosts_[host.is].push_back(&host);
  gateway_targets_ = gateway_targets(before, Hosts(before));
  note_clients();
}

std::optional<WorkloadId> BothSides::counterpart(WorkloadId before) const {
  const auto found = workloads_.find(before_[before].subject(before_.store()));
  return found == workloads_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<AddressCompared> BothSides::compare_all(WorkloadId id, ClientClass client) {
  std::vector<AddressCompared> out;
  for (const auto& question : questions(id, client)) {
    const auto there = after(question);
    if (!there || (question.by_canary && after_.canary_of(*there->service) == nullptr) || routed(before(question), *there)) continue;
    const auto was = enforcement(before_, before(question));
    const auto is = enforcement(after_, *there);
    const bool identified = question.client != ClientClass::Plaintext;
    out.push_back({.question = question,
                   .address = address(question),
                   .comparison = was && is ? std::optional(proofs_.compare(*was, *is, identified, question.http, host(question))) : std::nullopt});
  }
  if (client == ClientClass::AmbientToService && ambient_after_) compare_new_services(id, out);
  return out;
}

/// Nobody called them before, so that what they refuse is nobody's loss.
void BothSides::compare_new_services(WorkloadId id, std::vector<AddressCompared>& out) {
  const auto there = *counterpart(id);
  for (const auto& way : after_.fronts(there)) {
    if (!new_services_.contains(way.service)) continue;
    const auto& service = after_[way.service];
    for (const bool http : {true, false}) {
      Question question{.client = ClientClass::AmbientToPod, .workload = id, .container_port = way.container_port, .http = http, .tunnel_taken = presumed_.tunnel_taken};
      const auto was = enforcement(before_, before(question));
      const auto is = enforcement(after_, {.client = ClientClass::AmbientToService,
                                           .workload = there,
                                           .service = way.service,
                                           .service_port = way.service_port,
                                           .container_port = way.container_port,
                                           .http = http,
                                           .tunnel_taken = presumed_.tunnel_taken});
      if (!was || !is) continue;
      auto comparison = proofs_.compare(*was, *is, true, http, fmt::format("{}.{}", service.name, service.ns));
      if (comparison.verdict > Verdict::Narrower)
        out.push_back(
            {.question = question, .address = fmt::format("the new Service {}/{} port {}", service.ns, service.name, way.service_port), .comparison = std::move(comparison)});
    }
  }
}

Callers BothSides::callers(const Question& question) const {
  auto out = callers_;
  out.identified = question.client != ClientClass::Plaintext;
  out.http = question.http;
  out.host = host(question);
  return out;
}

std::string BothSides::address(const Question& question) const {
  if (question.entry) return fmt::format("{} ({}) port {}", before_.store()[*question.entry].subject(), question.entry_host, question.service_port);
  if (!question.service) return fmt::format("the pod's port {}", question.container_port);
  const auto& service = before_[*question.service];
  return fmt::format("Service {}/{} port {}", service.ns, service.name, question.service_port);
}

std::string BothSides::witness(const AddressCompared& compared) const {
  const auto& [request, was, is] = *compared.comparison->difference;
  const auto asked = fmt::format("{}{}{} to {}", describe(request), compared.labels.empty() ? "" : " with ", compared.labels, compared.address);
  if (!compared.comparison->elsewhere) return fmt::format("{}: {}, then {}", asked, in_words(before_, was), in_words(after_, is));
  const auto [before, after] = differences(action_of(was), action_of(is), request);
  const auto by = [](const MeshModel& mesh, const Decision& decision) {
    for (const auto& step : decision.steps)
      if ((step.action || step.outcome == Outcome::NotFound) && step.origin.resource) return fmt::format(" ({})", mesh.store()[*step.origin.resource].subject());
    return std::string();
  };
  return fmt::format("{}: {}{}, then {}{}", asked, before, by(before_, was), after, by(after_, is));
}

Question BothSides::by_sidecar(Question question) {
  if (question.client == ClientClass::AmbientToService || question.client == ClientClass::AmbientToPod) question.client = ClientClass::Sidecar;
  return question;
}

/// Nothing where the Service no longer leads there.
std::optional<Question> BothSides::after(Question question) const {
  question.workload = *counterpart(question.workload);
  if (question.service) {
    const auto& service = before_[*question.service];
    const auto found = services_.find({service.ns, service.name});
    if (found == services_.end()) return std::nullopt;
    question.service = found->second;
    const auto leads = [&](const Delivery& way) { return way.service == found->second && way.service_port == question.service_port; };
    const auto& ways = after_.fronts(question.workload);
    const auto same = std::ranges::find_if(ways, [&](const Delivery& way) { return leads(way) && way.container_port == question.container_port; });
    const auto way = same != ways.end() ? same : std::ranges::find_if(ways, leads);
    if (way == ways.end()) return std::nullopt;
    question.container_port = way->container_port;
  }
  return ambient_after_ ? question : by_sidecar(question);
}

Question BothSides::before(const Question& question) const { return presumed_.callers_move || !ambient_after_ ? by_sidecar(question) : question; }

/// Bytes that are not HTTP on an HTTP port are outside the comparison; HTTP on a TCP port is not.
std::vector<Question> BothSides::questions(WorkloadId id, ClientClass client) const {
  std::vector<Question> out;
  const auto ask = [&](std::optional<ServiceId> service, std::uint16_t service_port, std::uint16_t port, bool by_canary = false) {
    const auto protocol = before_.protocol_at_sidecar(id, port).value_or(AppProtocol::Auto);
    for (const bool http : {true, false}) {
      if (http || protocol != AppProtocol::Http)
        out.push_back({.client = client,
                       .workload = id,
                       .service = service,
                       .service_port = service_port,
                       .container_port = port,
                       .http = http,
                       .by_canary = by_canary,
                       .tunnel_taken = presumed_.tunnel_taken});
    }
  };
  if (client == ClientClass::AmbientToService || client == ClientClass::Ingress) {
    for (const auto& way : before_.fronts(id)) {
      ask(way.service, way.service_port, way.container_port);
      ask(way.service, way.service_port, way.container_port, true);
    }
  }
  if ((client != ClientClass::AmbientToService && client != ClientClass::Ingress) || (client == ClientClass::Ingress && presumed_.any_caller)) {
    auto ports = pod_ports(before_, id);
    ports.merge(pod_ports(after_, *counterpart(id)));
    if (presumed_.any_caller)  // sidecars let everybody pass there, of any trust domain
      for (const auto port : before_.uncaptured_ports(id)) ports.insert(port);
    for (const auto port : ports) ask(std::nullopt, 0, port);
  }
  return out;
}

std::string BothSides::host(const Question& question) const {
  if (question.entry) return question.entry_host;
  const auto services = question.service ? std::vector<ServiceId>() : before_.services_of(question.workload);
  const auto service = question.service ? question.service : services.empty() ? std::nullopt : std::optional(services.front());
  return service ? fmt::format("{}.{}", before_[*service].name, before_[*service].ns) : "pod." + before_[question.workload].ns;
}

}  // namespace s2a
