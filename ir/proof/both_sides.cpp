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

Question by_sidecar(Question question) {
  if (question.client == ClientClass::AmbientToService || question.client == ClientClass::AmbientToPod) question.client = ClientClass::Sidecar;
  return question;
}

/// Makes the question one about this Service or ServiceEntry.
void call(Question& question, const Dialled& to) {
  if (const auto* service = std::get_if<ServiceId>(&to)) question.service = *service;
  if (const auto* entry = std::get_if<ResourceId>(&to)) question.entry = *entry;
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

/// The pods of one mesh by the numbers that they have in another.
void renumber(Path& path, const std::map<WorkloadId, WorkloadId>& numbers) {
  const auto change = [&](Endpoints& endpoints) {
    for (auto& pod : endpoints.pods) pod.first = numbers.at(pod.first);
    std::ranges::sort(endpoints.pods);
  };
  for (auto& action : path.table.actions) {
    for (auto& destination : action.destinations) change(destination.endpoints);
    for (auto& mirror : action.mirrors) change(mirror.endpoints);
  }
  for (auto& next : path.next) renumber(next, numbers);
}

}  // namespace

Finding about_routes(const MeshModel& mesh, const Dialled& to, ClientClass client) {
  Finding out{.subject = {}, .ns = {}, .client = client, .verdict = Verdict::Equal, .witness = {}, .routes = true};
  if (const auto* id = std::get_if<ServiceId>(&to)) {
    const auto& service = mesh[*id];
    out.subject = service.subject();
    out.ns = service.ns;
    out.assumed = service.assumed;
  } else {
    const auto& entry = mesh.store()[std::get<ResourceId>(to)];
    out.subject = entry.subject();
    out.ns = entry.ns.value;
  }
  return out;
}

std::vector<Dialled> routable(const MeshModel& mesh) {
  std::vector<Dialled> out;
  for (const auto& service : mesh.services()) out.emplace_back(service.id);
  for (const auto* entry : mesh.all(Kind::ServiceEntry)) out.emplace_back(entry->id);
  return out;
}

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

/// Labels count where a VirtualService asks for them; of one namespace those without any stand for all others. Whom a VirtualService asks for may be there. routing.md 1.2
void BothSides::note_clients() {
  std::set<std::string> asked;
  std::vector<std::pair<std::string, Labels>> wanted;
  const auto note = [&](const Resource& resource, const Labels& labels, const std::string& ns) {
    for (const auto& [key, value] : labels) asked.insert(key);
    if (!labels.empty() || !ns.empty()) wanted.emplace_back(ns.empty() ? resource.ns.value : ns, labels);
  };
  for (const auto* mesh : {&before_, &after_})
    for (const auto* resource : mesh->all(Kind::VirtualService)) {
      const auto note_all = [&](const auto& rules) {
        for (const auto& rule : rules)
          for (const auto& match : rule.matches) note(*resource, match.source_labels, match.source_namespace);
      };
      const auto& spec = std::get<VirtualService>(resource->spec);
      note_all(spec.http);
      note_all(spec.tls);
      note_all(spec.tcp);
    }
  std::set<std::pair<std::string, std::string>> known;
  const auto add = [&](const std::string& ns, Labels labels) {
    std::erase_if(labels, [&](const auto& label) { return !asked.contains(label.first); });
    if (known.emplace(ns, selector_text(labels)).second) clients_.push_back({.ns = ns, .labels = std::move(labels), .waypoint = false});
  };
  for (const auto& workload : before_.workloads())
    if (workload.dataplane != Dataplane::Outside && !workload.waypoint) add(workload.ns, workload.labels);
  for (const auto& ns : before_.namespaces()) add(ns, {});
  for (auto& [ns, labels] : wanted) add(ns, std::move(labels));
  add("anywhere", {});
}

std::optional<WorkloadId> BothSides::counterpart(WorkloadId before) const {
  const auto found = workloads_.find(before_[before].subject(before_.store()));
  return found == workloads_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Dialled> BothSides::counterpart(const Dialled& before) const {
  if (const auto* service = std::get_if<ServiceId>(&before)) {
    const auto found = services_.find({before_[*service].ns, before_[*service].name});
    return found == services_.end() ? std::nullopt : std::optional<Dialled>(found->second);
  }
  const auto found = entries_.find(before_.store()[std::get<ResourceId>(before)].subject());
  return found == entries_.end() ? std::nullopt : std::optional<Dialled>(found->second);
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

bool BothSides::routed(const Question& was, const Question& is) const {
  if (!ways_before_.may_be_routed(was) && !ways_after_.may_be_routed(is)) return false;
  return std::ranges::any_of(clients_, [&](const RoutingProxy& client) { return ways_before_.routed(was, client) || ways_after_.routed(is, client); });
}

Callers BothSides::callers(const Question& question) const {
  auto out = callers_;
  out.identified = question.client != ClientClass::Plaintext;
  out.http = question.http;
  out.host = host(question);
  return out;
}

std::vector<AddressCompared> BothSides::compare_routes(const Dialled& to, ClientClass client) {
  std::vector<AddressCompared> out;
  const auto there = counterpart(to);
  if (!there || (client == ClientClass::Ingress && !gateway_targets_.contains(to))) return out;
  if (const auto hosts = hosts_.find(to); hosts != hosts_.end())
    for (const auto* host : hosts->second) compare_host(*host, *there, client, out);
  return out;
}

void BothSides::compare_host(const RoutedHost& host, const Dialled& there, ClientClass client, std::vector<AddressCompared>& out) {
  Question question{.client = client, .tunnel_taken = presumed_.tunnel_taken};
  call(question, host.is);
  if (question.entry) question.entry_host = host.host;
  if (question.service && before_[*question.service].spec.headless()) return;
  for (const auto& port : ways_before_.hosts().ports(host)) {
    if (port.protocol != "TCP") continue;
    question.service_port = port.port;
    for (const auto& [http, by_canary] : {std::pair(true, false), {false, false}, {true, true}, {false, true}}) {
      question.http = http;
      question.by_canary = by_canary;
      auto asked_after = leaves_sidecars_ ? question : by_sidecar(question);
      call(asked_after, there);
      const bool has_canary = asked_after.service && after_.canary_of(*asked_after.service) != nullptr;
      if (MeshModel::protocol(port) == (http ? AppProtocol::Tcp : AppProtocol::Http) || (by_canary && !has_canary)) continue;
      const auto asked_before = before(question);
      if (!ways_before_.may_be_routed(asked_before) && !ways_after_.may_be_routed(asked_after)) continue;
      auto pods = callers(question);
      pods.foreign = false;                         // of the mesh: what their own sidecars answer nobody else gets
      std::vector<std::pair<Path, Path>> compared;  // most clients are led alike
      const auto first = static_cast<std::ptrdiff_t>(out.size());
      for (const auto& caller : clients_) {
        if (!ways_before_.routed(asked_before, caller) && !ways_after_.routed(asked_after, caller)) continue;
        const auto was = ways_before_.to_host(asked_before, caller);
        auto is = ways_after_.to_host(asked_after, caller);
        pods.hosts = ways_before_.names(asked_before, caller);
        pods.ns = caller.ns;
        if (is) renumber(*is, numbers_);
        if (was && is) {
          if (std::ranges::any_of(compared, [&](const auto& ways) { return same_rows(ways.first, *was) && same_rows(ways.second, *is); })) continue;
          compared.emplace_back(*was, *is);
        }
        out.push_back({.question = question,
                       .address = address(question),
                       .labels = caller.labels.empty() ? "" : selector_text(caller.labels),
                       .comparison = was && is ? std::optional(compare(*was, *is, pods, Compared::Routes)) : std::nullopt});
      }
      if (compared.size() < 2)
        for (auto one = out.begin() + first; one != out.end(); ++one) one->labels.clear();
    }
  }
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
