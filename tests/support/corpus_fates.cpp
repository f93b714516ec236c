// Actions, diagnostics and namespaces left alone -> the fate of each subject.
#include "tests/support/corpus_fates.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <filesystem>

#include "ir/passes/blockers.h"
#include "ir/routing/hosts.h"

namespace s2a::test {
namespace {

constexpr std::size_t kListed = 10;
constexpr std::array<std::string_view, 5> kFates{"translated", "kept", "refused", "no sidecar", "not of the mesh"};

Subject subject_of(const Resource& resource, const MeshModel& mesh) {
  return {.kind = resource.kind, .name = resource.subject(), .place = mesh.store().label(resource, resource.name.node), .namespaces = {}};
}

Subject policy(const Resource& resource, const MeshModel& mesh) {
  auto out = subject_of(resource, mesh);
  const auto pods = mesh.selected_by(resource);
  for (const auto pod : pods)
    if (mesh[pod].dataplane == Dataplane::Sidecar) out.namespaces.insert(mesh[pod].ns);
  const auto* spec = std::get_if<AuthorizationPolicy>(&resource.spec);
  if (pods.empty() && (spec == nullptr || !spec->has_target_refs)) out.namespaces.insert(resource.ns.value);
  return out;
}

/// The namespaces of its hosts; where these have no sidecars, those of everybody who may call them.
Subject virtual_service(const Resource& resource, const MeshModel& mesh, const Hosts& hosts) {
  auto out = subject_of(resource, mesh);
  const auto callers = sidecar_namespaces(mesh, mesh.root_namespace(), nullptr);
  const auto* spec = std::get_if<VirtualService>(&resource.spec);
  out.of_the_mesh = spec == nullptr || (spec->in_mesh() && !spec->delegate());
  if (spec == nullptr) out.namespaces = callers;
  if (spec == nullptr || !out.of_the_mesh) return out;
  for (const auto& host : spec->hosts) {
    const auto* known = hosts.find(hosts.resolved(host.value, resource.ns.value));
    if (known != nullptr && callers.contains(known->ns))
      out.namespaces.insert(known->ns);
    else
      out.namespaces.insert(callers.begin(), callers.end());
  }
  return out;
}

/// The text without the names that it quotes, and the details that it adds.
std::string wording(std::string text) {
  static const RE2 kQuoted("`[^`]*`");
  static const RE2 kDetails(R"( \(.*$|, e\.g\. .*$)");
  RE2::GlobalReplace(&text, kQuoted, "`...`");
  RE2::Replace(&text, kDetails, "");
  return text;
}

/// What a diagnostic gives as its reason: of a VirtualService that is kept, what stands in the way of routes.
std::set<std::string> reasons_of(const Diagnostic& diagnostic) {
  std::set<std::string> out;
  if (diagnostic.code == Code::VirtualServiceKept)
    for (const auto& note : diagnostic.notes) out.insert(fmt::format("{} {}", to_string(diagnostic.code), wording(note)));
  if (out.empty()) out.insert(fmt::format("{} {}", to_string(diagnostic.code), wording(diagnostic.message)));
  return out;
}

class Counter {
 public:
  Counter(const Subject& subject, const MeshReport& report, const std::string& root, FateTally& tally)
      : subject_(subject), plan_(report.plan), store_(*report.store), root_(root), tally_(tally) {}

  void count() {
    const auto fate = this->fate();
    count(fate);
    const auto file = std::filesystem::path(store_.sources[subject_.place.file].path).lexically_relative(root_).string();
    tally_.each.push_back(
        fmt::format("{:<15} {} in {}{}", kFates.at(static_cast<std::size_t>(fate)), subject_.name, file, told_.empty() ? "" : fmt::format(": {}", fmt::join(told_, "; "))));
  }

 private:
  void count(Fate fate) {
    ++tally_.fates.at(static_cast<std::size_t>(fate));
    if (fate != Fate::Refused && fate != Fate::Kept) return;
    std::set<std::string> codes;
    for (const auto& diagnostic : plan_.diagnostics.sorted()) {
      const bool about_it = diagnostic.code == Code::VirtualServiceKept && diagnostic.subject == subject_.name;
      const bool holds_it = std::ranges::any_of(diagnostic.keeps, [&](const std::string& ns) { return stays(ns); });
      if (!about_it && (fate == Fate::Kept || !holds_it)) continue;
      codes.insert(std::string(to_string(diagnostic.code)));
      add(diagnostic, fate == Fate::Kept ? tally_.kept_because : tally_.refusals);
    }
    if (fate == Fate::Kept) return;
    if (codes.empty()) codes.insert("none");
    for (const auto& code : codes) ++tally_.codes[code];
  }

  [[nodiscard]] bool stays(const std::string& ns) const { return subject_.namespaces.contains(ns) && std::ranges::find(plan_.left_alone, ns) != plan_.left_alone.end(); }
  [[nodiscard]] bool moves(const std::string& ns) const { return std::ranges::find(plan_.actions, ns, &Action::unit) != plan_.actions.end(); }

  [[nodiscard]] Fate fate() const {
    if (!subject_.of_the_mesh) return Fate::NotOfTheMesh;
    const auto kind = std::string(to_string(subject_.kind)) + " ";
    const auto changes = [&](const Action& action) { return action.subject.starts_with(kind) && action.place == subject_.place; };
    if (std::ranges::any_of(plan_.actions, changes)) return Fate::Translated;
    if (std::ranges::any_of(subject_.namespaces, [&](const std::string& ns) { return stays(ns); })) return Fate::Refused;
    return std::ranges::any_of(subject_.namespaces, [&](const std::string& ns) { return moves(ns); }) ? Fate::Kept : Fate::NoSidecar;
  }

  /// ` in FILE`; empty where the diagnostic has no place.
  [[nodiscard]] std::string place(const Diagnostic& diagnostic) const {
    if (diagnostic.labels.empty()) return {};
    return fmt::format(" in {}", std::filesystem::path(store_.sources[diagnostic.labels.front().file].path).lexically_relative(root_).string());
  }

  /// Each wording once a subject.
  void add(const Diagnostic& diagnostic, std::map<std::string, ReasonTally>& to) {
    for (const auto& reason : reasons_of(diagnostic)) {
      if (!told_.insert(reason).second) continue;
      auto& counted = to[reason];
      if (counted.subjects++ == 0) counted.example = diagnostic.subject + place(diagnostic);
    }
  }

  const Subject& subject_;
  const Plan& plan_;
  const Store& store_;
  const std::string& root_;
  FateTally& tally_;
  std::set<std::string> told_;
};

std::string most_frequent(const std::map<std::string, ReasonTally>& of) {
  std::vector<std::pair<std::string, ReasonTally>> reasons(of.begin(), of.end());
  std::ranges::stable_sort(reasons, [](const auto& a, const auto& b) { return a.second.subjects > b.second.subjects; });
  if (reasons.size() > kListed) reasons.resize(kListed);
  std::string out;
  for (const auto& [reason, counted] : reasons) out += fmt::format("  {:>6} {}\n         {}\n", counted.subjects, reason, counted.example);
  return out;
}

}  // namespace

std::vector<Subject> subjects_of(const Input& input) {
  const Hosts hosts(input.mesh);
  std::vector<Subject> out;
  for (const auto id : input.reading.snapshot) {
    const auto& resource = input.mesh.store()[id];
    if (resource.kind == Kind::AuthorizationPolicy) out.push_back(policy(resource, input.mesh));
    if (resource.kind == Kind::VirtualService) out.push_back(virtual_service(resource, input.mesh, hosts));
  }
  return out;
}

void count(const Subject& subject, const MeshReport& report, const std::string& root, FateTally& tally) { Counter(subject, report, root, tally).count(); }

std::string to_string(std::string_view kind, const FateTally& tally) {
  const auto fate = [&](Fate f) { return tally.fates.at(static_cast<std::size_t>(f)); };
  auto out = fmt::format("  {} {} found by a search of their text, {} read as resources\n", tally.in_text, kind, tally.read);
  out += fmt::format("  translated {}, kept byte for byte {}, refused {}, for no pod with a sidecar {}, not of the mesh {}\n", fate(Fate::Translated), fate(Fate::Kept),
                     fate(Fate::Refused), fate(Fate::NoSidecar), fate(Fate::NotOfTheMesh));
  for (const auto& [code, subjects] : tally.codes) out += fmt::format("  {:>6} refused by {}\n", subjects, code);
  out += most_frequent(tally.refusals);
  if (!tally.kept_because.empty()) out += "  kept because of\n" + most_frequent(tally.kept_because);
  return out;
}

}  // namespace s2a::test
