// `s2a apply`: in place, as a copy of the tree, or from standard input to standard output.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <ostream>
#include <vector>

#include "backend/render/typography.h"
#include "cli/copy_tree.h"
#include "cli/outcome.h"

namespace fs = std::filesystem;

namespace s2a {
namespace {

constexpr const char* kStandardInput = "-";

std::optional<UsageError> wrong_use(const Session& session) {
  const auto& options = session.options();
  const bool stream = std::ranges::find(session.arguments, kStandardInput) != session.arguments.end();
  if (session.arguments.empty()) return UsageError{.message = "which files?", .help = "`s2a apply . -w` changes the working directory"};
  if (stream && session.arguments.size() > 1) return UsageError{.message = "`-` stands alone: its result goes to standard output", .help = {}};
  if (stream && (options.write || !options.out_dir.empty())) return UsageError{.message = "the result of `-` goes to standard output", .help = "leave out -w and --out-dir"};
  if (stream) return std::nullopt;
  if (options.write && !options.out_dir.empty()) return UsageError{.message = "-w and --out-dir exclude each other", .help = {}};
  if (!options.write && options.out_dir.empty())
    return UsageError{.message = "apply writes only where it is told to", .help = "-w in place, or --out-dir DIR for a copy of the tree"};
  std::error_code error;
  if (!options.out_dir.empty() && fs::exists(options.out_dir, error) && !fs::is_empty(options.out_dir, error)) {
    return UsageError{.message = fmt::format("`{}` is not an empty directory", options.out_dir), .help = "name a new one, or empty it"};
  }
  return std::nullopt;
}

bool broken(const MeshReport& mesh) {
  return std::ranges::any_of(mesh.plan.diagnostics.all(), [](const Diagnostic& d) { return is_our_bug(d.code); });
}

Diagnostic not_written(const WriteError& error, std::string help) {
  return {.code = error.code, .subject = {}, .message = fmt::format("`{}`: {}", error.path, error.message), .labels = {}, .help = std::move(help), .notes = {}};
}

/// One file, forwards or back.
tl::expected<void, WriteError> put(const MeshReport& mesh, const FileChange& change) {
  if (!change.original) return create_file(change.path, change.text);
  if (change.deletes()) return delete_file(change.path, mesh.store->sources[*change.original].text);
  return replace_file(change.path, mesh.store->sources[*change.original].text, change.text);
}

/// A file that was written or deleted, and the mode that it had.
struct Done {
  const FileChange* change = nullptr;
  fs::perms mode{};
};

/// Whether the file is again what it was.
bool take_back(const MeshReport& mesh, const Done& done) {
  const auto& change = *done.change;
  std::error_code error;
  if (change.deletes()) return create_file(change.path, mesh.store->sources[*change.original].text, done.mode).has_value();
  if (change.original) return replace_file(change.path, change.text, mesh.store->sources[*change.original].text).has_value();
  return fs::remove(change.path, error);
}

std::string_view verb_of(const FileChange& change) {
  if (change.deletes()) return "deleted";
  return change.original ? "changed" : "made";
}

/// All files of a mesh or none; the lines for people. Files are deleted last, once all that they held stands elsewhere.
std::string write_in_place(MeshReport& mesh) {
  std::string out;
  std::vector<Done> all;
  std::ranges::transform(mesh.changes, std::back_inserter(all), [](const FileChange& change) { return Done{.change = &change}; });
  std::stable_partition(all.begin(), all.end(), [](const Done& step) { return !step.change->deletes(); });
  for (auto step = all.begin(); step != all.end(); ++step) {
    std::error_code ignored;
    step->mode = fs::status(step->change->path, ignored).permissions();
    if (const auto done = put(mesh, *step->change); !done) {
      std::vector<std::string> lost;
      while (step != all.begin()) {
        if (!take_back(mesh, *--step)) lost.push_back(step->change->path);
      }
      mesh.plan.diagnostics.add(
          not_written(done.error(), lost.empty() ? "nothing of this mesh was changed" : fmt::format("restore these files by hand: {}", fmt::join(lost, ", "))));
      return {};
    }
    out += fmt::format("{} {}\n", verb_of(*step->change), tame(step->change->path));
  }
  return out;
}

std::string write_copy(Report& report, const Session& session) {
  const auto& directory = session.options().out_dir;
  const auto copied = copy_tree(session.arguments, report.meshes, directory);
  if (!copied) {
    report.meshes.front().plan.diagnostics.add(not_written(copied.error(), "the copy is not complete"));
    return {};
  }
  return fmt::format("wrote {} files to {}, {} of them changed or new{}\n", copied->files, tame(directory), copied->changed,
                     copied->deleted == 0 ? std::string() : fmt::format("; {} deleted", copied->deleted));
}

void put_stream(const Session& session, const MeshReport& mesh) {
  for (const auto& file : mesh.store->sources) {
    if (file.access != Access::Edit) continue;
    const auto change = std::ranges::find(mesh.changes, file.path, &FileChange::path);
    session.out << (change == mesh.changes.end() ? file.text : change->text);
    return;
  }
}

}  // namespace

Exit run_apply(const Session& session) {
  if (const auto wrong = wrong_use(session)) return refuse(session, *wrong);
  if (const auto unfit = unfit_format(session)) return refuse(session, *unfit);
  auto report = make_report(session, !session.options().assume);
  report.brief = true;
  std::string written;
  const bool stream = session.arguments.front() == kStandardInput;
  for (auto& mesh : report.meshes) {
    if (broken(mesh)) mesh.changes.clear();
    if (session.options().write) written += write_in_place(mesh);
  }
  if (!session.options().out_dir.empty()) written += write_copy(report, session);
  if (stream) put_stream(session, report.meshes.front());

  auto& talk = stream ? session.err : session.out;
  const auto& text = *find_renderer("text");
  const bool shown = show(session, report, text, talk);
  if (session.options().output == nullptr || session.options().output == &text) talk << written;
  const bool held_back = std::ranges::any_of(report.meshes, [](const MeshReport& mesh) { return !mesh.held_back.empty(); });
  if (held_back) session.err << "note: namespaces that rest on assumptions are left as they are; `s2a plan` shows them, --assume writes them, --context gives the facts\n";
  return std::max({held_back ? Exit::Pending : Exit::Done, exit_by_findings(report, session.options().fail_on), shown ? Exit::Done : Exit::Invalid});
}

}  // namespace s2a
