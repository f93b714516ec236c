// Where routes lead on either side, of each kind of client that they may lead elsewhere.
#include <fmt/format.h>

#include <algorithm>

#include "ir/mesh/selection.h"
#include "ir/proof/both_sides.h"

namespace s2a {
namespace {

/// Makes the question one about this Service or ServiceEntry.
void call(Question& question, const Dialled& to) {
  if (const auto* service = std::get_if<ServiceId>(&to)) question.service = *service;
  if (const auto* entry = std::get_if<ResourceId>(&to)) question.entry = *entry;
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

std::optional<Dialled> BothSides::counterpart(const Dialled& before) const {
  if (const auto* service = std::get_if<ServiceId>(&before)) {
    const auto found = services_.find({before_[*service].ns, before_[*service].name});
    return found == services_.end() ? std::nullopt : std::optional<Dialled>(found->second);
  }
  const auto found = entries_.find(before_.store()[std::get<ResourceId>(before)].subject());
  return found == entries_.end() ? std::nullopt : std::optional<Dialled>(found->second);
}

bool BothSides::routed(const Question& was, const Question& is) const {
  if (!ways_before_.may_be_routed(was) && !ways_after_.may_be_routed(is)) return false;
  return std::ranges::any_of(clients_, [&](const RoutingProxy& client) { return ways_before_.routed(was, client) || ways_after_.routed(is, client); });
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

}  // namespace s2a
