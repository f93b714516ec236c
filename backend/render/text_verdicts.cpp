// What the Plan means: verdicts, assumptions, and who is left alone.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "backend/render/tally.h"
#include "backend/render/text_parts.h"
#include "backend/render/typography.h"
#include "ir/proof/gate.h"

namespace s2a {
namespace {

std::string heading(std::string_view text, const Look& look) { return fmt::format("\n{}\n", paint(text, Ink::Bold, look.color)); }

Ink ink_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Equal: return Ink::Green;
    case Verdict::Narrower: return Ink::Yellow;
    case Verdict::Wider:
    case Verdict::Unknown: return Ink::Red;
  }
  return Ink::Plain;
}

/// `equal: sidecar, plaintext   narrower: ambient to pod IP`
std::string verdict_line(const SubjectVerdicts& subject, const Look& look) {
  std::map<Verdict, std::vector<std::string_view>> by_verdict;
  for (const auto& [client, finding] : subject.clients) by_verdict[finding.verdict].push_back(to_string(client));
  if (by_verdict.size() == 1) return fmt::format("{} for every client", paint(to_string(by_verdict.begin()->first), ink_of(by_verdict.begin()->first), look.color));
  std::vector<std::string> parts;
  for (const auto& [verdict, clients] : by_verdict) parts.push_back(fmt::format("{}: {}", paint(to_string(verdict), ink_of(verdict), look.color), fmt::join(clients, ", ")));
  return fmt::format("{}", fmt::join(parts, "   "));
}

/// A request for what is not equal, or why nothing can be said.
void put_witnesses(std::string& out, const SubjectVerdicts& subject, const Look& look) {
  for (const auto& [client, finding] : subject.clients) {
    if (finding.witness.empty()) continue;
    const auto lead = fmt::format("      {}{}", to_string(client), finding.verdict == Verdict::Unknown ? ": " : ", e.g. ");
    const auto lines = wrapped(tame(finding.witness), std::max<std::size_t>(look.width, 80) - lead.size());
    for (std::size_t i = 0; i < lines.size(); ++i) out += (i == 0 ? lead : std::string(lead.size(), ' ')) + lines[i] + "\n";
  }
}

std::string assumption_list(const std::set<Assumption>& assumptions, bool about_input, std::string_view title, const Look& look) {
  std::string out;
  for (const auto& assumption : assumptions) {
    if (assumption.about_input != about_input) continue;
    if (out.empty()) out = heading(title, look);
    out += fmt::format("  {}\n", tame(assumption.text));
    if (!assumption.command.empty()) out += fmt::format("      {}\n", paint(tame(assumption.command), Ink::Dim, look.color));
  }
  return out;
}

}  // namespace

std::string verdicts_text(const Plan& plan, const Look& look) { return verdicts_text(plan.findings, plan.diagnostics, look); }

std::string verdicts_text(const std::vector<Finding>& findings, const Diagnostics& diagnostics, const Look& look) {
  const auto subjects = by_subject(findings);
  if (subjects.empty()) return {};
  const auto named = [](const SubjectVerdicts& subject) { return (subject.routes ? "routes of " : "") + tame(subject.subject); };
  std::size_t width = 0;
  for (const auto& subject : subjects) width = std::max(width, columns(named(subject)));
  auto out = heading("Verdicts", look);
  for (const auto& subject : subjects) {
    const bool assumed = std::ranges::any_of(subject.clients, [](const auto& client) { return client.second.assumed; });
    out += fmt::format("  {}   {}{}\n", padded(named(subject), width), verdict_line(subject, look), assumed ? ", given what is assumed" : "");
    const bool shown = std::ranges::find(diagnostics.all(), subject.subject, &Diagnostic::subject) != diagnostics.all().end();
    if (!shown) put_witnesses(out, subject, look);
  }
  for (const auto& line : wrapped(fmt::format("not compared: {}", fmt::join(outside_the_comparison(), "; ")), std::max<std::size_t>(look.width, 80) - 2))
    out += fmt::format("  {}\n", paint(line, Ink::Dim, look.color));
  return out;
}

std::string accepted_text(const Plan& plan, const Look& look) {
  std::string out;
  for (const auto& accepted : plan.accepted) {
    if (out.empty()) out = heading("Accepted, though more is let in or goes elsewhere", look);
    out += fmt::format("  {}   {}\n", paint(to_string(accepted.code), Ink::Red, look.color), tame(accepted.subject));
    for (const auto& witness : accepted.witnesses)
      for (const auto& line : wrapped(tame(witness), std::max<std::size_t>(look.width, 80) - 6)) out += fmt::format("      {}\n", line);
  }
  return out;
}

std::string assumptions_text(const Plan& plan, const Look& look) {
  const std::set<Assumption> assumptions(plan.assumptions.begin(), plan.assumptions.end());
  return assumption_list(assumptions, true, "Assumed, because the input does not say (`apply` wants --assume, or --context with the facts)", look) +
         assumption_list(assumptions, false, "To check on the cluster", look);
}

std::string left_alone_text(const MeshReport& mesh, const Look& look) {
  std::string out;
  if (!mesh.plan.left_alone.empty()) out += heading("Left alone, on sidecars", look);
  std::size_t width = 0;
  for (const auto& ns : mesh.plan.left_alone) width = std::max(width, columns(tame(ns)));
  for (const auto& ns : mesh.plan.left_alone) {
    if (std::ranges::find(mesh.held_back, ns) != mesh.held_back.end()) {
      out += fmt::format("  namespace {}   rests on assumptions: pass --assume, or --context with the facts\n", padded(tame(ns), width));
    } else {
      out += fmt::format("  namespace {}   {}\n", padded(tame(ns), width), fmt::join(codes_that_keep(mesh.plan.diagnostics, ns), " "));
    }
  }
  return out;
}

}  // namespace s2a
