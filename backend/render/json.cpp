// The report for programs. Keys stand in the order in which report.schema.json lists them; a new key is a new minor thing, a changed one a new schemaVersion.
#include <set>

#include "backend/edit/diff.h"
#include "backend/render/json_parts.h"
#include "backend/render/line_ranges.h"
#include "backend/render/renderer.h"
#include "backend/render/tally.h"
#include "ir/proof/gate.h"

namespace s2a {
namespace {

std::string_view to_string(ActionKind kind) {
  switch (kind) {
    case ActionKind::Create: return "create";
    case ActionKind::Update: return "update";
    case ActionKind::Delete: return "delete";
  }
  return "";
}

/// The lines of `text` that are new, and what of the input they come from; those in a row that come from the same are one entry.
Json origins(const SourceSet& sources, const FileChange& change) {
  struct Run {
    LineRange lines;
    std::vector<LineRange> from;
  };
  std::vector<Run> runs;
  const auto before = change.original ? std::string_view(sources[*change.original].text) : std::string_view();
  for (const auto& block : changed_lines(before, change.edits)) {
    for (std::size_t i = 0; i < block.added.size(); ++i) {
      const auto line = static_cast<std::uint32_t>(block.new_line + i + 1);
      auto from = line_ranges(sources, change.origins[line - 1]);
      if (!runs.empty() && runs.back().lines.end_line + 1 == line && runs.back().from == from)
        runs.back().lines.end_line = line;
      else
        runs.push_back({.lines = {.file = {}, .line = line, .end_line = line}, .from = std::move(from)});
    }
  }
  Json out = Json::object();
  for (const auto& run : runs) out[line_numbers(run.lines)] = to_string(run.from);
  return out;
}

Json action(const SourceSet& sources, const Action& a) {
  return {{"kind", to_string(a.kind)},
          {"code", to_string(a.code)},
          {"namespace", a.unit},
          {"subject", a.subject},
          {"file", a.file},
          {"place", to_json(sources, a.place)},
          {"what", a.what},
          {"why", a.why},
          {"pass", a.pass}};
}

Json assumption(const Assumption& a) { return {{"text", a.text}, {"command", a.command}, {"namespace", a.ns}, {"aboutInput", a.about_input}}; }

Json accepted(const AcceptedWider& a) { return {{"code", to_string(a.code)}, {"subject", a.subject}, {"witnesses", a.witnesses}}; }

/// A change of a file as edits of what is there; a new file is one insertion, one that is deleted loses everything.
Json file_change(const SourceSet& sources, const FileChange& change) {
  Json edits = Json::array();
  const SourceFile none;
  const auto& before = change.original ? sources[*change.original] : none;
  for (const auto& edit : change.edits.edits()) {
    auto out = range(before, edit.span);
    out["text"] = edit.text;
    edits.push_back(std::move(out));
  }
  Json out{{"file", change.path}, {"isNew", !change.original}};
  if (change.deletes()) out["isDeleted"] = true;
  out["edits"] = std::move(edits);
  out["origins"] = origins(sources, change);
  return out;
}

Json mesh(const MeshReport& m) {
  const auto& sources = m.store->sources;
  const std::set<Assumption> assumptions(m.plan.assumptions.begin(), m.plan.assumptions.end());
  return {{"name", m.name},
          {"files", m.files},
          {"resources", m.resources},
          {"actions", list(m.plan.actions, [&](const Action& a) { return action(sources, a); })},
          {"findings", list(m.plan.findings, [](const Finding& f) { return to_json(f); })},
          {"accepted", list(m.plan.accepted, accepted)},
          {"assumptions", list(assumptions, assumption)},
          {"leftAlone", m.plan.left_alone},
          {"heldBack", m.held_back},
          {"diagnostics", list(m.plan.diagnostics.listed(), [&](const Diagnostic& d) { return to_json(sources, d); })},
          {"changes", list(m.changes, [&](const FileChange& c) { return file_change(sources, c); })}};
}

Json summary(const Tally& t) {
  return {{"create", t[ActionKind::Create]},  {"update", t[ActionKind::Update]}, {"delete", t[ActionKind::Delete]}, {"equal", t[Verdict::Equal]},
          {"narrower", t[Verdict::Narrower]}, {"wider", t[Verdict::Wider]},      {"unknown", t[Verdict::Unknown]},  {"errors", t[Severity::Error]},
          {"warnings", t[Severity::Warning]}, {"infos", t[Severity::Info]}};
}

}  // namespace

std::string render_json(const Report& report, const Look& /*look*/) {
  const Json out{{"schemaVersion", kSchemaVersion}, {"summary", summary(tally(report.meshes))}, {"notCompared", outside_the_comparison()}, {"meshes", list(report.meshes, mesh)}};
  return text_of(out);
}

}  // namespace s2a
