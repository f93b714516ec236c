// The steps of a run, in order.
#include "cli/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "frontend/load/load.h"
#include "frontend/read.h"
#include "ir/pipeline.h"

namespace s2a {
namespace {

using Namespaces = std::set<std::string, std::less<>>;

/// The namespaces that a Plan changes on the strength of assumptions about the input.
Namespaces assumed_units(const Plan& plan) {
  Namespaces out;
  for (const auto& assumption : plan.assumptions) {
    const bool changed = std::ranges::find(plan.actions, assumption.ns, &Action::unit) != plan.actions.end();
    if (assumption.about_input && changed) out.insert(assumption.ns);
  }
  return out;
}

/// New resources that went into the stream are not in the file that the pass named.
void name_stream(Plan& plan, const std::string& stream) {
  for (auto& action : plan.actions) {
    if (std::ranges::any_of(action.changes, [](const Change& change) { return std::holds_alternative<CreateFile>(change); })) action.file = stream;
  }
}

/// What the Plan leaves to do in its own result, which has to be nothing.
std::vector<Action> left_to_do(const Input& input, const Snapshot& result, const Options& options, const PassOptions& passes) {
  const auto mesh = MeshModel::build(*input.store, result, options.mesh);
  const Reading reading{.store = *input.store, .snapshot = result, .diagnostics = input.reading.diagnostics, .options = input.reading.options};
  Rewrites rewrites(reading, mesh);
  return make_plan(mesh, passes, rewrites.rewriter()).actions;
}

Diagnostic not_done(const Action& action) {
  return {.code = Code::RoundTrip,
          .subject = action.subject,
          .message = fmt::format("the result still asks for a change: {}", action.what),
          .labels = {},
          .help = "nothing of this mesh is written; please report it",
          .notes = {}};
}

}  // namespace

std::vector<std::vector<std::string>> meshes_of(const std::vector<std::string>& paths, bool each) {
  if (!each) return {paths};
  std::vector<std::vector<std::string>> out;
  for (const auto& path : paths) out.push_back({path});
  return out;
}

Input read_input(const std::vector<std::string>& paths, const Options& options) {
  auto store = std::make_unique<Store>();
  Reading reading{.store = *store, .snapshot = {}, .diagnostics = {}, .options = {.default_namespace = options.default_namespace, .threads = options.jobs}};
  load({.paths = paths, .context = options.context, .excludes = options.exclude, .stdin_name = options.stdin_filename}, store->sources, reading.diagnostics);
  std::vector<FileId> files;
  for (const auto& file : store->sources) files.push_back(file.id);
  reading.snapshot = read_all(*store, files, reading.options, reading.diagnostics);
  auto mesh = MeshModel::build(*store, reading.snapshot, options.mesh);
  return {.name = options.each ? paths.front() : std::string(), .store = std::move(store), .reading = std::move(reading), .mesh = std::move(mesh), .files = files.size()};
}

MeshReport plan_input(Input input, const Options& options, bool only_certain) {
  auto passes = options.passes;
  Rewrites rewrites(input.reading, input.mesh);
  MeshReport out{.name = input.name, .store = nullptr, .files = input.files, .resources = input.reading.snapshot.size(), .plan = {}, .changes = {}, .held_back = {}};
  out.plan = make_plan(input.mesh, passes, rewrites.rewriter());
  if (only_certain) {
    passes.left_out = assumed_units(out.plan);
    out.held_back.assign(passes.left_out.begin(), passes.left_out.end());
    if (!passes.left_out.empty()) out.plan = make_plan(input.mesh, passes, rewrites.rewriter());
  }
  if (const auto stream = rewrites.stream()) name_stream(out.plan, input.store->sources[*stream].path);
  out.plan.diagnostics.append(input.reading.diagnostics);
  if (!out.plan.actions.empty()) {
    out.changes = rewrites.changes();
    if (const auto more = left_to_do(input, rewrites.snapshot(), options, passes); !more.empty()) {
      out.plan.diagnostics.add(not_done(more.front()));
      out.changes.clear();
    }
  }
  out.store = std::move(input.store);
  return out;
}

std::vector<MeshReport> analyse(const std::vector<std::string>& paths, const Options& options, bool only_certain, const Progress& progress) {
  std::vector<MeshReport> out;
  for (const auto& mesh : meshes_of(paths, options.each)) {
    progress(fmt::format("reading {}", mesh.front()));
    auto input = read_input(mesh, options);
    progress(fmt::format("planning {}", mesh.front()));
    out.push_back(plan_input(std::move(input), options, only_certain));
  }
  return out;
}

}  // namespace s2a
