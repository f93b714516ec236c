// Paths -> plans -> fates; the changed files -> the checker; the changed tree -> another plan.
#include "tests/support/corpus.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <set>

#include "backend/edit/emit.h"
#include "ir/source/to_value.h"
#include "tests/support/admission.h"
#include "tests/support/files.h"

namespace fs = std::filesystem;

namespace s2a::test {
namespace {

/// A kind that is counted, and what several of it are called.
struct Counted {
  Kind kind{};
  std::string_view plural;
};

constexpr std::array kCounted{Counted{Kind::AuthorizationPolicy, "AuthorizationPolicies"}, Counted{Kind::VirtualService, "VirtualServices"}};

fs::path corpus_root() { return fs::weakly_canonical(shared_files() / "corpus/files"); }

bool is_manifest(const fs::directory_entry& entry) {
  const auto extension = entry.path().extension();
  return entry.is_regular_file() && (extension == ".yaml" || extension == ".yml" || extension == ".json");
}

std::size_t found_in(const std::string& text, Kind kind) {
  const RE2 pattern(fmt::format(R"((?m)^[ \t]*(?:-[ \t]+)?"?kind"?:[ \t]*"?{}"?[ \t]*,?\r?$)", to_string(kind)));
  std::size_t out = 0;
  for (re2::StringPiece rest(text); RE2::FindAndConsume(&rest, pattern);) ++out;
  return out;
}

/// The changed files, for the checker.
ChangedManifests changed_manifests(const MeshReport& report) {
  ChangedManifests out{.name = report.changes.front().path, .before = {}, .after = {}};
  for (const auto& change : report.changes) {
    if (change.original) out.before += report.store->sources[*change.original].text + "\n---\n";
    out.after += change.text + "\n---\n";
  }
  return out;
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
  const auto root = fs::is_directory(path) ? path : path.parent_path();
  const TempTree tree;
  for (const auto& file : manifests_in(path)) tree.write(file.lexically_relative(root).string(), bytes_of(file));
  for (const auto& change : report.changes) tree.write(fs::path(change.path).lexically_relative(root).string(), change.text);
  const auto again = plan_input(read_input({tree.root().string()}, {}), {}, false);
  for (const auto& action : again.plan.actions) tally.unfinished.push_back(fmt::format("{}: {} {}", path.string(), action.subject, action.what));
}

/// Whether the VirtualService includes others.
bool includes(const Resource& resource) {
  return std::ranges::any_of(std::get<VirtualService>(resource.spec).http, [](const HttpRule& rule) { return rule.delegate.has_value(); });
}

/// A VirtualService that routes in the mesh.
bool routes_in_mesh(const Resource& resource) {
  const auto* spec = std::get_if<VirtualService>(&resource.spec);
  return spec != nullptr && spec->in_mesh() && !spec->delegate();
}

}  // namespace

CorpusMeshes corpus_repositories() {
  CorpusMeshes out{.root = corpus_root(), .paths = {}};
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(out.root, error)) out.paths.push_back(entry.path());
  std::ranges::sort(out.paths);
  return out;
}

CorpusMeshes corpus_files() {
  CorpusMeshes out{.root = corpus_root(), .paths = {}};
  for (const auto& repository : corpus_repositories().paths)
    for (const auto& file : manifests_in(repository))
      if (std::ranges::any_of(kCounted, [text = bytes_of(file)](const Counted& counted) { return found_in(text, counted.kind) != 0; })) out.paths.push_back(file);
  std::ranges::sort(out.paths);
  return out;
}

CorpusMeshes corpus_folders() {
  std::set<fs::path> folders;
  for (const auto& file : corpus_files().paths) folders.insert(file.parent_path());
  return {.root = corpus_root(), .paths = {folders.begin(), folders.end()}};
}

CorpusMeshes corpus_virtual_services(const TempTree& tree) {
  CorpusMeshes out{.root = tree.root(), .paths = {}};
  for (const auto& file : corpus_files().paths) {
    const auto input = read_input({file.string()}, {});
    const auto& store = input.mesh.store();
    for (const auto chosen : input.reading.snapshot) {
      if (!routes_in_mesh(store[chosen])) continue;
      std::string text;
      for (const auto id : input.reading.snapshot) {
        const auto& resource = store[id];
        const auto* spec = std::get_if<VirtualService>(&resource.spec);
        if (id == chosen || resource.kind != Kind::VirtualService || (spec != nullptr && spec->delegate() && includes(store[chosen])))
          text += "---\n" + to_yaml(to_value(store[resource.document], resource.node));
      }
      const auto name = fmt::format("{}/{}.yaml", file.lexically_relative(corpus_root()).string(), out.paths.size());
      tree.write(name, text);
      out.paths.push_back(tree.root() / name);
    }
  }
  return out;
}

CorpusTally plan_corpus(const CorpusMeshes& meshes) {
  CorpusTally out;
  std::vector<ChangedManifests> written;
  for (const auto& path : meshes.paths) {
    ++out.meshes;
    for (const auto& file : manifests_in(path))
      for (const auto& counted : kCounted) out.kinds[counted.kind].in_text += found_in(bytes_of(file), counted.kind);
    auto input = read_input({path.string()}, {});
    const auto subjects = subjects_of(input);
    const auto report = plan_input(std::move(input), {}, false);
    out.written += report.changes.size();
    for (const auto& subject : subjects) {
      ++out.kinds[subject.kind].read;
      count(subject, report, meshes.root.string(), out.kinds[subject.kind]);
    }
    if (report.changes.empty()) continue;
    written.push_back(changed_manifests(report));
    check_rest(path, report, out);
  }
  out.rejected = newly_rejected(written);
  return out;
}

std::string to_string(const CorpusTally& tally) {
  auto out = fmt::format("{} meshes\n", tally.meshes);
  for (const auto& counted : kCounted)
    if (const auto kind = tally.kinds.find(counted.kind); kind != tally.kinds.end() && kind->second.read != 0) out += to_string(counted.plural, kind->second);
  out += fmt::format("  {} files written; {} objects that an API server would not take; {} steps left to do\n", tally.written, tally.rejected.size(), tally.unfinished.size());
  for (const auto* lines : {&tally.rejected, &tally.unfinished})
    for (const auto& line : *lines) out += "    " + line + "\n";
  return out;
}

}  // namespace s2a::test
