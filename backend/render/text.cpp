// The report for people: heading, steps, findings, verdicts, assumptions; last the sum and what to do next.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "backend/render/excerpt.h"
#include "backend/render/renderer.h"
#include "backend/render/tally.h"
#include "backend/render/text_parts.h"
#include "backend/render/typography.h"

namespace s2a {
namespace {

std::string heading(const MeshReport& mesh, const Look& look) {
  const auto of = mesh.name.empty() ? std::string() : fmt::format(" of {}", tame(mesh.name));
  const auto size = fmt::format("{} in {}", counted(mesh.resources, "resource"), counted(mesh.files, "file"));
  if (mesh.plan.actions.empty()) return paint(fmt::format("Nothing to change in {}{}", size, of), Ink::Bold, look.color) + "\n";
  return paint(fmt::format("Ambient migration plan{} for {}", of, size), Ink::Bold, look.color) + "\n";
}

/// The same said of several resources is shown once.
std::vector<Diagnostic> merged(const Diagnostics& diagnostics) {
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.code, a.message, a.help, a.notes, a.keeps) == std::tie(b.code, b.message, b.help, b.notes, b.keeps) &&
           std::ranges::equal(a.labels, b.labels, {}, &Label::span, &Label::span) && std::ranges::equal(a.labels, b.labels, {}, &Label::file, &Label::file);
  };
  std::vector<Diagnostic> out;
  for (auto& diagnostic : diagnostics.listed()) {
    if (out.empty() || diagnostic.subject.empty() || !same(out.back(), diagnostic)) {
      out.push_back(std::move(diagnostic));
    } else {
      out.back().subject += ", " + diagnostic.subject;
    }
  }
  return out;
}

std::string findings(const MeshReport& mesh, Severity at_least, const Look& look) { return excerpts_text(mesh.plan.diagnostics, mesh.store->sources, at_least, look); }

std::string sum(const Tally& t) {
  auto out = fmt::format("Plan: {} to create, {} to change, {} to delete. Verdicts: {} equal, {} narrower, {} wider, {} unknown.", t[ActionKind::Create], t[ActionKind::Update],
                         t[ActionKind::Delete], t[Verdict::Equal], t[Verdict::Narrower], t[Verdict::Wider], t[Verdict::Unknown]);
  if (t[Severity::Error] + t[Severity::Warning] > 0) out += fmt::format(" Found: {}, {}.", counted(t[Severity::Error], "error"), counted(t[Severity::Warning], "warning"));
  return out + "\n";
}

std::string next(const Report& report) {
  const auto assumed = [](const MeshReport& mesh) { return std::ranges::any_of(mesh.plan.assumptions, &Assumption::about_input); };
  return fmt::format("Next: s2a diff {0} | less      then: s2a apply {1}-w {0}\n", report.arguments, std::ranges::any_of(report.meshes, assumed) ? "--assume " : "");
}

}  // namespace

std::string excerpts_text(const Diagnostics& diagnostics, const SourceSet& sources, Severity at_least, const Look& look) {
  std::string out;
  for (const auto& diagnostic : merged(diagnostics)) {
    if (info(diagnostic.code).severity >= at_least) out += "\n" + excerpt(diagnostic, sources, look);
  }
  return out;
}

std::string render_text(const Report& report, const Look& look) {
  const auto counts = tally(report.meshes);
  std::string out;
  for (const auto& mesh : report.meshes) {
    if (report.brief) {
      out += findings(mesh, Severity::Error, look) + accepted_text(mesh.plan, look);
      continue;
    }
    if (!out.empty()) out += "\n";
    out += heading(mesh, look) + actions_text(mesh, look) + (report.origins ? origins_text(mesh, look) : std::string()) + findings(mesh, Severity::Info, look) +
           verdicts_text(mesh.plan, look) + accepted_text(mesh.plan, look) + assumptions_text(mesh.plan, look) + left_alone_text(mesh, look);
  }
  if (report.brief && out.empty() && !counts.pending()) return {};
  if (!out.empty()) out += "\n";
  out += sum(counts);
  if (!report.brief && counts.pending() && !report.arguments.empty()) out += next(report);
  return out;
}

}  // namespace s2a
