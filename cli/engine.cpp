// The steps of a run, in order.
#include "cli/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

#include "backend/render/tally.h"
#include "frontend/load/load.h"
#include "frontend/read.h"
#include "ir/passes/blockers.h"
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

/// The namespaces that what could not be read keeps on sidecars.
Namespaces kept(const Diagnostics& diagnostics) {
  Namespaces out;
  for (const auto& diagnostic : diagnostics.all()) out.insert(diagnostic.keeps.begin(), diagnostic.keeps.end());
  return out;
}

/// New resources that went into the stream are not in the file that the pass named.
void name_stream(Plan& plan, const std::string& stream) {
  for (auto& action : plan.actions) {
    if (std::ranges::any_of(action.changes, [](const Change& change) { return std::holds_alternative<CreateFile>(change); })) action.file = stream;
  }
}

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

/// What `work` makes of each mesh, as many meshes at a time as there are jobs.
template <class Result, class Work>
std::vector<Result> of_each(const std::vector<std::string>& paths, const Options& options, std::string_view doing, const Progress& progress, Work work) {
  const auto meshes = meshes_of(paths, options.each);
  std::vector<Result> out(meshes.size());
  std::atomic<std::size_t> next = 0;
  std::mutex telling;
  const auto tell = [&](std::string_view what, const std::string& mesh) {
    const std::lock_guard lock(telling);
    progress(fmt::format("{} {}", what, mesh));
  };
  const auto take_next = [&] {
    for (auto i = next++; i < meshes.size(); i = next++) {
      tell("reading", meshes[i].front());
      auto input = read_input(meshes[i], options);
      tell(doing, meshes[i].front());
      out[i] = work(std::move(input));
    }
  };
  const auto wanted = options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::future<void>> workers;
  for (std::size_t n = 1; n < std::min<std::size_t>(wanted, meshes.size()); ++n) workers.push_back(std::async(std::launch::async, take_next));
  take_next();
  for (auto& worker : workers) worker.get();  // what one of them throws is thrown here
  return out;
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
  Diagnostics missing;
  load({.paths = paths, .context = options.context, .excludes = options.exclude, .stdin_name = options.stdin_filename}, store->sources, missing);
  std::vector<FileId> files;
  for (const auto& file : store->sources) files.push_back(file.id);
  reading.snapshot = read_all(*store, files, reading.options, reading.diagnostics);
  auto mesh = MeshModel::build(*store, reading.snapshot, options.mesh);
  const auto everyone = sidecar_namespaces(mesh, mesh.root_namespace(), nullptr);
  for (auto diagnostic : missing.all()) {  // a file that could not be read may hold a policy for anyone
    diagnostic.keeps.assign(everyone.begin(), everyone.end());
    reading.diagnostics.add(std::move(diagnostic));
  }
  return {.name = options.each ? paths.front() : std::string(), .store = std::move(store), .reading = std::move(reading), .mesh = std::move(mesh), .files = files.size()};
}

MeshReport plan_input(Input input, const Options& options, bool only_certain) {
  auto passes = options.passes;
  passes.left_out = kept(input.reading.diagnostics);
  if (options.each) std::erase_if(passes.accepted, [&](const Acceptance& acceptance) { return !names_any(acceptance, input.mesh); });  // it speaks of another mesh
  Rewrites rewrites(input.reading, input.mesh);
  MeshReport out{.name = input.name, .store = nullptr, .files = input.files, .resources = input.reading.snapshot.size(), .plan = {}, .changes = {}, .held_back = {}};
  out.plan = make_plan(input.mesh, passes, rewrites.rewriter());
  if (only_certain) {
    auto assumed = assumed_units(out.plan);
    out.held_back.assign(assumed.begin(), assumed.end());
    passes.left_out.merge(assumed);
    if (!out.held_back.empty()) out.plan = make_plan(input.mesh, passes, rewrites.rewriter());
  }
  if (const auto stream = rewrites.stream()) name_stream(out.plan, input.store->sources[*stream].path);
  out.plan.diagnostics.append(input.reading.diagnostics);
  if (!out.plan.actions.empty()) {
    out.changes = rewrites.changes();
    keep_if_done(out, input, rewrites.snapshot(), options, passes);
  }
  out.store = std::move(input.store);
  return out;
}

void keep_if_done(MeshReport& report, const Input& input, const Snapshot& result, const Options& options, const PassOptions& passes) {
  const auto more = left_to_do(input, result, options, passes);
  if (more.empty()) return;
  report.plan.diagnostics.add(not_done(more.front()));
  report.changes.clear();
}

std::vector<MeshReport> analyse(const std::vector<std::string>& paths, const Options& options, bool only_certain, const Progress& progress) {
  return of_each<MeshReport>(paths, options, "planning", progress, [&](Input input) { return plan_input(std::move(input), options, only_certain); });
}

VerifyReport verify_trees(const std::string& before, const std::string& after, const Options& options, const Progress& progress) {
  auto store = std::make_unique<Store>();
  Diagnostics told;
  const auto read = [&](const std::string& path) {
    progress("reading " + path);
    const auto first = store->sources.size();
    load({.paths = {path}, .context = options.context, .excludes = options.exclude, .stdin_name = options.stdin_filename}, store->sources, told);
    std::vector<FileId> files;
    for (auto i = first; i < store->sources.size(); ++i) files.push_back(static_cast<FileId>(i));
    return read_all(*store, files, {.default_namespace = options.default_namespace, .threads = options.jobs}, told);
  };
  const auto was = MeshModel::build(*store, read(before), options.mesh);
  const auto is = was.rebuilt(read(after));
  progress(fmt::format("comparing {} with {}", after, before));
  VerifyReport out{.before = before, .after = after, .store = nullptr, .files = store->sources.size(), .verification = verify(was, is, kept(told)), .brief = options.quiet};
  out.verification.diagnostics.append(told);
  out.store = std::move(store);
  return out;
}

tl::expected<TraceReport, Unclear> trace_request(const std::vector<std::string>& paths, const Options& options, const Progress& progress) {
  progress("reading " + paths.front());
  auto input = read_input(paths, options);
  auto inquiry = options.inquiry;
  inquiry.default_namespace = options.default_namespace;
  if (options.bytes) inquiry.message.reset();
  auto now = trace(input.mesh, inquiry);
  if (!now) return tl::unexpected(std::move(now.error()));
  TraceReport out{.store = nullptr, .now = std::move(*now), .planned = {}, .stays = {}, .diagnostics = input.reading.diagnostics};
  progress("planning " + paths.front());
  auto passes = options.passes;
  passes.left_out = kept(input.reading.diagnostics);
  Rewrites rewrites(input.reading, input.mesh);
  const auto plan = make_plan(input.mesh, passes, rewrites.rewriter());
  for (const auto& ns : plan.left_alone)
    if (out.now.namespaces.contains(ns)) out.stays.emplace(ns, codes_that_keep(plan.diagnostics, ns));
  if (!plan.actions.empty()) {
    auto planned = trace(input.mesh.rebuilt(rewrites.snapshot()), inquiry);
    if (!planned) return tl::unexpected(std::move(planned.error()));
    out.planned = std::move(*planned);
  }
  out.store = std::move(input.store);
  return out;
}

std::vector<AuditMesh> audit_meshes(const std::vector<std::string>& paths, const Options& options, const Progress& progress) {
  return of_each<AuditMesh>(paths, options, "auditing", progress, [&](Input input) {
    auto passes = options.passes;
    passes.left_out = kept(input.reading.diagnostics);
    auto found = audit(input.mesh, passes, input.reading.diagnostics);
    return AuditMesh{.name = std::move(input.name), .store = std::move(input.store), .files = input.files, .resources = input.reading.snapshot.size(), .audit = std::move(found)};
  });
}

}  // namespace s2a
