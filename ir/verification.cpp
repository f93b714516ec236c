// Every workload, every class of client, every address.
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

/// What the models of the engines do not know. PeerAuthentication DISABLE, which no plan moves, they do; policies for pods outside the input decide about none in it.
std::vector<Diagnostic> not_modelled(const MeshModel& mesh) {
  std::vector<Diagnostic> out;
  for (const auto find : {find_input_blockers, find_policy_blockers, find_traffic_blockers, find_proxy_blockers, find_workload_blockers}) find(mesh, out);
  std::erase_if(out, [](const Diagnostic& d) { return d.code == Code::UnsupportedPeerAuthentication || d.code == Code::NothingToAssume; });
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

Words words(Verdict verdict) {
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
    const auto obstacle = in_the_way(workload, after_[*there]);
    Worst worst;
    std::vector<Finding> findings;
    for (const auto client : kClients) findings.push_back(obstacle.empty() ? compared(workload, client, worst) : finding(workload, client, Verdict::Unknown, obstacle));
    tell(workload, findings, worst);
    out.findings.insert(out.findings.end(), findings.begin(), findings.end());
  }

  void tell_new(const MeshWorkload& workload) { tell_one_side(after_, workload, "is not in the first tree"); }

  Verification out;

 private:
  /// The rules that decide about the first request that shows the worst, on both sides.
  struct Worst {
    Verdict verdict = Verdict::Equal;
    std::vector<Label> rules;
  };

  [[nodiscard]] Finding finding(const MeshWorkload& workload, ClientClass client, Verdict verdict, std::string witness) const {
    return {.workload = workload.subject(before_.store()), .ns = workload.ns, .client = client, .verdict = verdict, .witness = std::move(witness), .assumed = workload.assumed};
  }

  Finding compared(const MeshWorkload& workload, ClientClass client, Worst& worst) {
    auto out_of_all = finding(workload, client, Verdict::Equal, {});
    for (const auto& [question, comparison] : sides_.compare_all(workload.id, client)) {
      const auto verdict = comparison ? comparison->verdict : Verdict::Unknown;
      out.addresses.push_back({.workload = out_of_all.workload, .client = client, .address = sides_.address(question), .http = question.http, .verdict = verdict});
      if (verdict <= out_of_all.verdict) continue;
      out_of_all.verdict = verdict;
      const auto* difference = comparison && comparison->difference ? &*comparison->difference : nullptr;
      out_of_all.witness = difference != nullptr ? sides_.witness(question, *difference)
                           : comparison          ? fmt::format("{}: {}", sides_.address(question), comparison->unknown)
                                                 : fmt::format("what the pod's port {} speaks is not known", question.container_port);
      if (difference != nullptr && verdict > worst.verdict) worst = {.verdict = verdict, .rules = rules(*difference)};
    }
    return out_of_all;
  }

  [[nodiscard]] std::vector<Label> rules(const Difference& difference) const {
    std::vector<Label> labels;
    const auto add = [&](const Decision& decision, std::string_view when) {
      const auto& origin = decision.steps.back().origin;
      if (!origin.resource) return;
      const auto& store = before_.store();
      labels.push_back(store.label(store[*origin.resource], origin.node, fmt::format("{} by this {}", decision.allowed() ? "allowed" : "denied", when),
                                   labels.empty() ? LabelKind::Primary : LabelKind::Info));
    };
    add(difference.before, "before");
    add(difference.after, "after");
    return labels;
  }

  /// What keeps us from saying anything of the workload. Where it has a sidecar on both sides, what is not modelled and has not changed does the same on both.
  [[nodiscard]] std::string in_the_way(const MeshWorkload& was, const MeshWorkload& is) const {
    if (unread_.contains(was.ns)) return fmt::format("not all of what may be in {} could be read", was.ns);
    const bool stays = was.dataplane == is.dataplane;
    for (const auto* odd : {&odd_before_, &odd_after_})
      for (const auto& diagnostic : *odd)
        if (std::ranges::find(diagnostic.keeps, was.ns) != diagnostic.keeps.end() && !(stays && unchanged(diagnostic.subject)))
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

  void tell(const MeshWorkload& workload, const std::vector<Finding>& findings, Worst& worst) {
    const auto verdict = std::ranges::max(findings, {}, &Finding::verdict).verdict;
    if (verdict == Verdict::Equal) return;
    const auto [code, message, help] = words(verdict);
    Diagnostic diagnostic{
        .code = code, .subject = findings.front().workload, .message = std::string(message), .labels = std::move(worst.rules), .help = std::string(help), .notes = {}};
    if (diagnostic.labels.empty()) add_place(diagnostic, before_, workload);
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
    add_place(diagnostic, mesh, workload);
    out.diagnostics.add(std::move(diagnostic));
  }

  static void add_place(Diagnostic& diagnostic, const MeshModel& mesh, const MeshWorkload& workload) {
    if (!workload.resource) return;
    const auto& resource = mesh.store()[*workload.resource];
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
  for (const auto& workload : after.workloads())
    if (counts(workload) && !known.contains(workload.subject(after.store()))) verifier.tell_new(workload);
  if (verifier.out.findings.empty())
    verifier.out.diagnostics.add({.code = Code::NotVerified,
                                  .subject = {},
                                  .message = "no workload is in both trees, so nothing is compared",
                                  .labels = {},
                                  .help = "verify compares what Pods and Deployments, or the selectors of policies, show; routes are not compared yet",
                                  .notes = {}});
  return std::move(verifier.out);
}

}  // namespace s2a
