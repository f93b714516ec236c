// Every workload, every class of client, every address; and where the routes of every Service lead.
#include "ir/verification.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "ir/passes/blockers.h"
#include "ir/passes/reconcile.h"
#include "ir/proof/both_sides.h"

namespace s2a {
namespace {

constexpr std::array kClients = {ClientClass::AmbientToService, ClientClass::AmbientToPod, ClientClass::Sidecar, ClientClass::Ingress, ClientClass::Plaintext};

/// What the models of the engines do not know. Routes, and PeerAuthentication DISABLE, which no plan moves, they do; policies for pods outside the input decide about none in it.
std::vector<Diagnostic> not_modelled(const MeshModel& mesh) {
  std::vector<Diagnostic> out;
  for (const auto find : {find_input_blockers, find_policy_blockers, find_traffic_blockers, find_proxy_blockers, find_workload_blockers}) find(mesh, out);
  constexpr std::array kModelled{Code::UnsupportedPeerAuthentication, Code::NothingToAssume, Code::UnsupportedVirtualService, Code::UnsupportedMeshRoute};
  std::erase_if(out, [&](const Diagnostic& d) { return std::ranges::find(kModelled, d.code) != kModelled.end(); });
  return out;
}

std::map<std::string, const Resource*> by_subject(const MeshModel& mesh) {
  std::map<std::string, const Resource*> out;
  for (auto kind = std::size_t{0}; kind <= static_cast<std::size_t>(Kind::Kustomization); ++kind)
    for (const auto* resource : mesh.all(static_cast<Kind>(kind))) out.emplace(resource->subject(), resource);
  return out;
}

struct Words {
  Code code{};
  std::string_view message;
  std::string_view help;
};

Words words(Verdict verdict, bool routes) {
  if (routes && verdict == Verdict::Wider)
    return {Code::GoesElsewhere, "requests to the Service go elsewhere, or something else becomes of them", "the notes show one for each class of client, and what differs"};
  switch (verdict) {
    case Verdict::Equal:
    case Verdict::Narrower:
      return {Code::DeniesMore, "requests that were let in before are refused after", "ask who sends such requests: the notes show one for each class of client"};
    case Verdict::Unknown: return {Code::NotVerified, "what is decided before and after cannot be compared", "the notes say what stands in the way"};
    case Verdict::Wider:
      return {Code::LetsInMore, "requests that were refused before are let in after", "the second tree has to refuse them too: the notes show one for each class of client"};
  }
  return {};
}

class Verifier {
 public:
  Verifier(const MeshModel& before, const MeshModel& after, const std::set<std::string, std::less<>>& unread, Presumed presumed)
      : before_(before), after_(after), unread_(unread), sides_(before, after, presumed), odd_before_(not_modelled(before)), odd_after_(not_modelled(after)) {
    was_ = by_subject(before);
    is_ = by_subject(after);
  }

  void compare(const MeshWorkload& workload) {
    const auto there = sides_.counterpart(workload.id);
    if (!there) return tell_one_side(before_, workload, "is not in the second tree");
    const auto obstacle = in_the_way(workload.ns, workload.dataplane == after_[*there].dataplane);
    Worst worst;
    std::vector<Finding> findings;
    for (const auto client : kClients) {
      const Finding about{
          .subject = workload.subject(before_.store()), .ns = workload.ns, .client = client, .verdict = Verdict::Unknown, .witness = obstacle, .assumed = workload.assumed};
      findings.push_back(obstacle.empty() ? compared(about, sides_.compare_all(workload.id, client), worst) : about);
    }
    tell(findings, worst, workload.resource);
  }

  /// Nothing is said of what has no routes on either side.
  void compare(const Dialled& to) {
    const auto obstacle = in_the_way(about_routes(before_, to, {}).ns, false);
    Worst worst;
    std::vector<Finding> findings;
    for (const auto client : kRoutedClients) {
      const auto ports = sides_.compare_routes(to, client);
      if (ports.empty()) continue;
      auto about = about_routes(before_, to, client);
      if (!obstacle.empty()) {
        about.verdict = Verdict::Unknown;
        about.witness = obstacle;
      }
      findings.push_back(obstacle.empty() ? compared(about, ports, worst) : about);
    }
    const auto* service = std::get_if<ServiceId>(&to);
    if (!findings.empty()) tell(findings, worst, service != nullptr ? before_[*service].resource : std::optional(std::get<ResourceId>(to)));
  }

  void tell_new(const MeshWorkload& workload) { tell_one_side(after_, workload, "is not in the first tree"); }

  Verification out;

 private:
  /// The rules that decide about the first request that shows the worst, on both sides.
  struct Worst {
    Verdict verdict = Verdict::Equal;
    std::vector<Label> rules;
  };

  /// The worst of all addresses.
  Finding compared(Finding out_of_all, const std::vector<AddressCompared>& addresses, Worst& worst) {
    out_of_all.verdict = Verdict::Equal;
    for (const auto& one : addresses) {
      const auto& [question, address, labels, comparison] = one;
      const auto verdict = comparison ? comparison->verdict : Verdict::Unknown;
      out.addresses.push_back({.subject = out_of_all.subject, .client = out_of_all.client, .address = address, .http = question.http, .verdict = verdict});
      if (verdict <= out_of_all.verdict) continue;
      out_of_all.verdict = verdict;
      const auto* difference = comparison && comparison->difference ? &*comparison->difference : nullptr;
      out_of_all.witness = difference != nullptr ? sides_.witness(one)
                           : comparison          ? fmt::format("{}: {}", address, comparison->unknown)
                           : out_of_all.routes   ? fmt::format("{}: what the port of a pod behind it speaks is not known", address)
                                                 : fmt::format("what the pod's port {} speaks is not known", question.container_port);
      if (difference != nullptr && verdict > worst.verdict) worst = {.verdict = verdict, .rules = rules(*difference, comparison->elsewhere)};
    }
    return out_of_all;
  }

  /// The row that shows the difference: the one that routes, where requests go elsewhere.
  static std::pair<Origin, std::string_view> decider(const Decision& decision, bool elsewhere) {
    for (const auto& step : decision.steps)
      if (elsewhere && step.action && step.origin.resource) return {step.origin, "routed"};
    return {decision.steps.back().origin, decision.allowed() ? "allowed" : decision.outcome == Outcome::Answered ? "answered" : "denied"};
  }

  [[nodiscard]] std::vector<Label> rules(const Difference& difference, bool elsewhere) const {
    std::vector<Label> labels;
    const auto add = [&](const Decision& decision, std::string_view when) {
      const auto& [origin, verb] = decider(decision, elsewhere);
      if (!origin.resource) return;
      const auto& store = before_.store();
      labels.push_back(store.label(store[*origin.resource], origin.node, fmt::format("{} by this {}", verb, when), labels.empty() ? LabelKind::Primary : LabelKind::Info));
    };
    add(difference.before, "before");
    add(difference.after, "after");
    return labels;
  }

  /// What keeps us from saying anything of a namespace. Where a workload has a sidecar on both sides, it stays, and what is not modelled and has not changed does the same on both.
  [[nodiscard]] std::string in_the_way(const std::string& ns, bool stays) const {
    if (unread_.contains(ns)) return fmt::format("not all of what may be in {} could be read", ns);
    for (const auto* odd : {&odd_before_, &odd_after_})
      for (const auto& diagnostic : *odd)
        if (std::ranges::find(diagnostic.keeps, ns) != diagnostic.keeps.end() && !(stays && unchanged(diagnostic.subject)))
          return fmt::format("{} is not part of the models: {}", diagnostic.subject, diagnostic.message);
    return {};
  }

  [[nodiscard]] bool unchanged(const std::string& subject) const {
    const auto was = was_.find(subject);
    const auto is = is_.find(subject);
    if (was == was_.end() || is == is_.end()) return false;
    const auto& store = before_.store();
    return to_value(store[was->second->document], was->second->node) == to_value(store[is->second->document], is->second->node);
  }

  /// `resource`: what the findings are about.
  void tell(const std::vector<Finding>& findings, Worst& worst, const std::optional<ResourceId>& resource) {
    out.findings.insert(out.findings.end(), findings.begin(), findings.end());
    const auto verdict = std::ranges::max(findings, {}, &Finding::verdict).verdict;
    if (verdict == Verdict::Equal) return;
    const auto [code, message, help] = words(verdict, findings.front().routes);
    Diagnostic diagnostic{
        .code = code, .subject = findings.front().subject, .message = std::string(message), .labels = std::move(worst.rules), .help = std::string(help), .notes = {}};
    if (diagnostic.labels.empty()) add_place(diagnostic, before_, resource);
    for (const auto& finding : findings)
      if (!finding.witness.empty()) diagnostic.notes.push_back(fmt::format("{}, {}: {}", to_string(finding.client), to_string(finding.verdict), finding.witness));
    if (const auto& notes = diagnostic.notes; std::ranges::all_of(findings, [&](const Finding& f) { return f.witness == findings.front().witness; }) && !notes.empty())
      diagnostic.notes = {findings.front().witness};
    out.diagnostics.add(std::move(diagnostic));
  }

  void tell_one_side(const MeshModel& mesh, const MeshWorkload& workload, std::string_view what) {
    Diagnostic diagnostic{.code = Code::OnOneSide,
                          .subject = workload.subject(mesh.store()),
                          .message = fmt::format("the workload {}", what),
                          .labels = {},
                          .help = "nothing is compared; its name, kind and namespace have to be the same on both sides",
                          .notes = {}};
    add_place(diagnostic, mesh, workload.resource);
    out.diagnostics.add(std::move(diagnostic));
  }

  static void add_place(Diagnostic& diagnostic, const MeshModel& mesh, const std::optional<ResourceId>& of) {
    if (!of) return;
    const auto& resource = mesh.store()[*of];
    diagnostic.labels.push_back(mesh.store().label(resource, resource.name.node));
  }

  const MeshModel& before_;
  const MeshModel& after_;
  const std::set<std::string, std::less<>>& unread_;
  BothSides sides_;
  std::vector<Diagnostic> odd_before_;
  std::vector<Diagnostic> odd_after_;
  std::map<std::string, const Resource*> was_;
  std::map<std::string, const Resource*> is_;
};

/// Nobody calls a waypoint as a workload.
bool counts(const MeshWorkload& workload) { return !workload.waypoint && workload.ns != kAnyNamespace; }

}  // namespace

Verification verify(const MeshModel& before, const MeshModel& after, const std::set<std::string, std::less<>>& unread) {
  const bool callers_move = std::ranges::none_of(before.workloads(), [](const MeshWorkload& w) { return w.dataplane == Dataplane::Ambient; });
  Verifier verifier(before, after, unread, {.callers_move = callers_move, .any_caller = true});
  std::set<std::string> known;
  for (const auto& workload : before.workloads()) {
    known.insert(workload.subject(before.store()));
    if (counts(workload)) verifier.compare(workload);
  }
  for (const auto& to : routable(before)) verifier.compare(to);
  for (const auto& workload : after.workloads())
    if (counts(workload) && !known.contains(workload.subject(after.store()))) verifier.tell_new(workload);
  if (verifier.out.findings.empty())
    verifier.out.diagnostics.add({.code = Code::NotVerified,
                                  .subject = {},
                                  .message = "no workload, and no Service with routes, is in both trees, so nothing is compared",
                                  .labels = {},
                                  .help = "verify compares what Pods and Deployments, or the selectors of policies, show, and the routes of Services",
                                  .notes = {}});
  if (before.segment_prefixes() && std::ranges::any_of(verifier.out.findings, &Finding::routes))
    verifier.out.diagnostics.add({.code = Code::PrefixTakenAsSegment,
                                  .subject = {},
                                  .message = "a prefix of a VirtualService is taken not to take what goes on without a slash, so where that goes is not compared",
                                  .labels = {},
                                  .help = "compare without `--path-prefix segment` where that matters",
                                  .notes = {}});
  return std::move(verifier.out);
}

}  // namespace s2a
