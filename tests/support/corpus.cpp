// Paths -> plans -> fates of policies; the changed files -> the checker; the changed tree -> another plan.
#include "tests/support/corpus.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "cli/engine.h"
#include "tests/support/admission.h"
#include "tests/support/files.h"
#include "tests/support/temp_tree.h"

namespace fs = std::filesystem;

namespace s2a::test {
namespace {

bool is_manifest(const fs::directory_entry& entry) {
  const auto extension = entry.path().extension();
  return entry.is_regular_file() && (extension == ".yaml" || extension == ".yml" || extension == ".json");
}

std::size_t policies_in(const std::string& text) {
  static const RE2 kKind(R"((?m)^[ \t]*(?:-[ \t]+)?"?kind"?:[ \t]*"?AuthorizationPolicy"?[ \t]*,?\r?$)");
  std::size_t out = 0;
  for (re2::StringPiece rest(text); RE2::FindAndConsume(&rest, kKind);) ++out;
  return out;
}

/// The message without the names that it quotes.
std::string wording(std::string message) {
  static const RE2 kQuoted("`[^`]*`");
  RE2::GlobalReplace(&message, kQuoted, "`...`");
  return message;
}

/// A policy of the mesh before it is planned.
struct Policy {
  std::string subject;
  Label name;
  std::set<std::string> namespaces;  ///< of the pods with sidecars that it decides about; its own where none are known
};

std::vector<Policy> policies_of(const Snapshot& snapshot, const MeshModel& mesh) {
  std::vector<Policy> out;
  for (const auto id : snapshot) {
    const auto* resource = &mesh.store()[id];
    if (resource->kind != Kind::AuthorizationPolicy) continue;
    auto& policy = out.emplace_back(Policy{.subject = resource->subject(), .name = mesh.store().label(*resource, resource->name.node), .namespaces = {}});
    const auto pods = mesh.selected_by(*resource);
    for (const auto pod : pods)
      if (mesh[pod].dataplane == Dataplane::Sidecar) policy.namespaces.insert(mesh[pod].ns);
    const auto* spec = std::get_if<AuthorizationPolicy>(&resource->spec);
    if (pods.empty() && (spec == nullptr || !spec->has_target_refs)) policy.namespaces.insert(resource->ns.value);
  }
  return out;
}

class Counter {
 public:
  Counter(const MeshReport& report, CorpusTally& tally) : report_(report), plan_(report.plan), tally_(tally) {}

  void count(const Policy& policy) {
    const auto fate = fate_of(policy);
    ++tally_.fates.at(static_cast<std::size_t>(fate));
    if (fate != Fate::Refused) return;
    std::set<std::string> codes;
    std::set<std::string> reasons;
    for (const auto& diagnostic : plan_.diagnostics.sorted()) {
      if (std::ranges::none_of(diagnostic.keeps, [&](const std::string& ns) { return stays(policy, ns); })) continue;
      codes.insert(to_string(diagnostic.code));
      const auto reason = fmt::format("{} {}", to_string(diagnostic.code), wording(diagnostic.message));
      if (!reasons.insert(reason).second) continue;
      auto& counted = tally_.reasons[reason];
      if (counted.policies++ == 0 && !diagnostic.labels.empty()) counted.example = place(diagnostic);
    }
    if (codes.empty()) codes.insert("none");
    for (const auto& code : codes) ++tally_.codes[code];
  }

 private:
  [[nodiscard]] bool stays(const Policy& policy, const std::string& ns) const {
    return policy.namespaces.contains(ns) && std::ranges::find(plan_.left_alone, ns) != plan_.left_alone.end();
  }

  [[nodiscard]] Fate fate_of(const Policy& policy) const {
    const auto changes = [&](const Action& action) { return action.subject.starts_with("AuthorizationPolicy ") && action.place == policy.name; };
    if (std::ranges::any_of(plan_.actions, changes)) return Fate::Translated;
    if (std::ranges::any_of(policy.namespaces, [&](const std::string& ns) { return stays(policy, ns); })) return Fate::Refused;
    const auto moves = [&](const std::string& ns) { return std::ranges::find(plan_.actions, ns, &Action::unit) != plan_.actions.end(); };
    return std::ranges::any_of(policy.namespaces, moves) ? Fate::Kept : Fate::NoSidecar;
  }

  [[nodiscard]] std::string place(const Diagnostic& diagnostic) const {
    const auto path = report_.store->sources[diagnostic.labels.front().file].path;
    return fmt::format("{} in {}", diagnostic.subject, fs::path(path).lexically_relative(fs::weakly_canonical(shared_files() / "corpus/files")).string());
  }

  const MeshReport& report_;
  const Plan& plan_;
  CorpusTally& tally_;
};

/// What the checker says of the changed files and did not say before.
void check_admission(const MeshReport& report, CorpusTally& tally) {
  std::string before;
  std::string after;
  for (const auto& change : report.changes) {
    if (change.original) before += report.store->sources[*change.original].text + "\n---\n";
    after += change.text + "\n---\n";
  }
  if (report.changes.empty()) return;
  for (auto& words : newly_rejected(before, after)) tally.rejected.push_back(fmt::format("{}: {}", report.changes.front().path, words));
}

/// The files below a path that may be manifests.
std::vector<fs::path> manifests_in(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(path))
    if (is_manifest(entry)) out.push_back(entry.path());
  return out;
}

/// The path with the changes, planned again.
void check_rest(const fs::path& path, const MeshReport& report, CorpusTally& tally) {
  if (report.changes.empty()) return;
  const auto root = fs::is_directory(path) ? path : path.parent_path();
  const TempTree tree;
  for (const auto& file : manifests_in(path)) tree.write(file.lexically_relative(root).string(), bytes_of(file));
  for (const auto& change : report.changes) tree.write(fs::path(change.path).lexically_relative(root).string(), change.text);
  const auto again = plan_input(read_input({tree.root().string()}, {}), {}, false);
  for (const auto& action : again.plan.actions) tally.unfinished.push_back(fmt::format("{}: {} {}", path.string(), action.subject, action.what));
}

}  // namespace

std::vector<fs::path> corpus_repositories() {
  std::vector<fs::path> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(fs::weakly_canonical(shared_files() / "corpus/files"), error)) out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

std::vector<fs::path> corpus_policy_files() {
  std::vector<fs::path> out;
  for (const auto& repository : corpus_repositories())
    for (const auto& file : manifests_in(repository))
      if (policies_in(bytes_of(file)) != 0) out.push_back(file);
  std::ranges::sort(out);
  return out;
}

std::vector<fs::path> corpus_policy_folders() {
  std::set<fs::path> out;
  for (const auto& file : corpus_policy_files()) out.insert(file.parent_path());
  return {out.begin(), out.end()};
}

CorpusTally plan_corpus(const std::vector<fs::path>& paths) {
  CorpusTally out;
  for (const auto& path : paths) {
    ++out.meshes;
    for (const auto& file : manifests_in(path)) out.in_text += policies_in(bytes_of(file));
    auto input = read_input({path.string()}, {});
    const auto policies = policies_of(input.reading.snapshot, input.mesh);
    const auto report = plan_input(std::move(input), {}, false);
    out.read += policies.size();
    out.written += report.changes.size();
    for (const auto& policy : policies) Counter(report, out).count(policy);
    check_admission(report, out);
    check_rest(path, report, out);
  }
  return out;
}

std::string to_string(const CorpusTally& tally) {
  const auto fate = [&](Fate f) { return tally.fates.at(static_cast<std::size_t>(f)); };
  auto out = fmt::format("{} meshes; {} AuthorizationPolicies found by a search of their text, {} read as resources\n", tally.meshes, tally.in_text, tally.read);
  out += fmt::format("  translated {}, kept byte for byte {}, for no pod with a sidecar {}, refused {}\n", fate(Fate::Translated), fate(Fate::Kept), fate(Fate::NoSidecar),
                     fate(Fate::Refused));
  for (const auto& [code, policies] : tally.codes) out += fmt::format("  {:>6} policies refused by {}\n", policies, code);
  std::vector<std::pair<std::string, RefusalTally>> reasons(tally.reasons.begin(), tally.reasons.end());
  std::ranges::stable_sort(reasons, [](const auto& a, const auto& b) { return a.second.policies > b.second.policies; });
  if (reasons.size() > 10) reasons.resize(10);
  for (const auto& [reason, counted] : reasons) out += fmt::format("  {:>6} {}\n         {}\n", counted.policies, reason, counted.example);
  out += fmt::format("  {} files written; {} objects that an API server would not take; {} steps left to do\n", tally.written, tally.rejected.size(), tally.unfinished.size());
  for (const auto* lines : {&tally.rejected, &tally.unfinished})
    for (const auto& line : *lines) out += "    " + line + "\n";
  return out;
}

}  // namespace s2a::test
