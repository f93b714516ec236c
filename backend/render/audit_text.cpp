// The audit for people: namespaces and why they need a waypoint, policies, what the guide's search misses, everything else, blockers; last the sum.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "backend/render/excerpt.h"
#include "backend/render/renderer.h"
#include "backend/render/typography.h"
#include "ir/audit/guide.h"

namespace s2a {
namespace {

constexpr std::size_t kGap = 3;

/// A mesh's sections, and the widths of their columns.
class AuditText {
 public:
  AuditText(const AuditMesh& mesh, const Look& look) : audit_(mesh.audit), sources_(mesh.store->sources), look_(look) {}

  std::string text() {
    for (const auto& ns : audit_.namespaces) put_namespace(ns);
    put_policies();
    put_missed();
    put_others();
    put_blockers();
    put_findings();
    return std::move(out_);
  }

 private:
  void head(std::string_view title) { out_ += fmt::format("\n{}\n", paint(title, Ink::Bold, look_.color)); }

  /// Columns behind an indentation, the last one as it is.
  void put_row(std::size_t indent, const std::vector<std::pair<std::string, std::size_t>>& cells, std::string_view last, Ink ink = Ink::Plain) {
    std::string line(indent, ' ');
    for (const auto& [text, width] : cells) {
      const auto cell = padded(text, width + kGap);
      line += &text == &cells.front().first ? paint(cell, ink, look_.color) : cell;
    }
    out_ += fmt::format("{}{}\n", line, last);
  }

  void put_wrapped(std::size_t indent, std::string_view text, Ink ink = Ink::Plain) {
    for (const auto& line : wrapped(tame(text), std::max<std::size_t>(look_.width, 80) - indent))
      out_ += fmt::format("{}{}\n", std::string(indent, ' '), paint(line, ink, look_.color));
  }

  template <class Items, class Text>
  static std::size_t widest(const Items& items, Text text) {
    std::size_t out = 0;
    for (const auto& item : items) out = std::max(out, columns(text(item)));
    return out;
  }

  [[nodiscard]] std::string where(const Label& label) const { return place(sources_, label); }

  static std::string field(const Reason& reason) { return tame(reason.path.ends_with(reason.what) ? reason.path : fmt::format("{} {}", reason.path, reason.what)); }

  void put_namespace(const AuditNamespace& ns) {
    const auto waypoint = ns.needs_waypoint ? "needs a waypoint" : "needs no waypoint";
    std::vector<std::string> codes;
    for (const auto code : ns.kept_by) codes.push_back(to_string(code));
    out_ += fmt::format("\n  namespace {}   {}{}\n", paint(tame(ns.name), Ink::Bold, look_.color), paint(waypoint, ns.needs_waypoint ? Ink::Yellow : Ink::Green, look_.color),
                        codes.empty() ? "" : fmt::format("   {} {}", paint("stays on sidecars:", Ink::Red, look_.color), fmt::join(codes, " ")));
    const auto width = widest(ns.workloads, [](const AuditWorkload& w) { return tame(w.subject); });
    for (const auto& workload : ns.workloads) put_row(4, {{tame(workload.subject), width}}, asks(workload));
    if (ns.needs.empty()) return;
    out_ += "\n    asked for by\n";
    std::size_t fields = 0;
    for (const auto& need : ns.needs) fields = std::max(fields, widest(need.reasons, field));
    for (const auto& need : ns.needs) {
      put_row(4, {}, tame(need.subject));
      for (const auto& reason : need.reasons) put_row(8, {{field(reason), fields}}, where(reason.place));
    }
  }

  static std::string asks(const AuditWorkload& workload) {
    if (workload.needs.empty()) return "ztunnel is enough";
    return fmt::format("{} for a waypoint{}", workload.needs.size() == 1 ? "1 resource asks" : fmt::format("{} resources ask", workload.needs.size()),
                       workload.in_reach_of_waypoint ? "" : ", and no Service leads there that could have one");
  }

  static Ink ink_of(const AuditPolicy& policy) {
    const auto& [fate, direct, behind, because] = policy.prospect;
    if (direct.lets_in || (behind && behind->lets_in)) return Ink::Red;
    return direct.keeps_out || (behind && behind->keeps_out) || fate == Fate::Unknown ? Ink::Yellow : Ink::Green;
  }

  void put_examples(const Effect& effect) {
    if (!effect.let_in.empty()) put_wrapped(10, "let in, e.g. " + effect.let_in, Ink::Dim);
    if (!effect.kept_out.empty()) put_wrapped(10, "denied, e.g. " + effect.kept_out, Ink::Dim);
  }

  void put_policies() {
    if (audit_.policies.empty()) return;
    head("Policies in ambient mode, if they are left as they are");
    const auto fates = widest(audit_.policies, [](const AuditPolicy& p) { return to_string(p.prospect.fate); });
    const auto subjects = widest(audit_.policies, [](const AuditPolicy& p) { return tame(p.subject); });
    const auto actions = widest(audit_.policies, [](const AuditPolicy& p) { return p.action; });
    for (const auto& policy : audit_.policies) {
      put_row(2, {{std::string(to_string(policy.prospect.fate)), fates}, {tame(policy.subject), subjects}, {policy.action, actions}}, where(policy.place), ink_of(policy));
      put_wrapped(6, policy.sentence);
      put_examples(policy.prospect.direct);
      if (policy.behind_waypoint.empty()) continue;
      put_wrapped(6, policy.behind_waypoint);
      put_examples(*policy.prospect.behind_waypoint);
    }
  }

  void put_missed() {
    std::vector<const AuditPolicy*> missed;
    for (const auto& policy : audit_.policies)
      if (policy.missed_by_guide) missed.push_back(&policy);
    if (missed.empty()) return;
    head("Policies that need layer 7, and that the migration guide's search does not find");
    put_row(2, {}, fmt::format("grep -E '{}'", fmt::join(kGuideWords, "|")));
    for (const auto* policy : missed) {
      put_row(4, {}, tame(policy->subject));
      const auto width = widest(policy->layer_7, field);
      for (const auto& reason : policy->layer_7) put_row(8, {{field(reason), width}}, where(reason.place));
    }
  }

  static Ink ink_of(ImpactKind kind) {
    switch (kind) {
      case ImpactKind::Harmless: return Ink::Green;
      case ImpactKind::Changes: return Ink::Yellow;
      case ImpactKind::Blocker: return Ink::Red;
    }
    return Ink::Plain;
  }

  void put_others() {
    if (audit_.others.empty()) return;
    head("Everything else that touches sidecars");
    const auto kinds = widest(audit_.others, [](const Impact& i) { return to_string(i.kind); });
    const auto subjects = widest(audit_.others, [](const Impact& i) { return tame(i.subject); });
    for (const auto& impact : audit_.others) {
      put_row(2, {{std::string(to_string(impact.kind)), kinds}, {tame(impact.subject), subjects}}, where(impact.place), ink_of(impact.kind));
      put_wrapped(6, impact.sentence);
    }
  }

  void put_blockers() {
    if (audit_.blockers.empty()) return;
    head("Blockers: what keeps namespaces on sidecars");
    for (const auto& [code, found] : audit_.blockers) {
      put_row(2, {{to_string(code), 7}}, fmt::format("{} x {}", found.size(), info(code).title), Ink::Red);
      for (const auto& diagnostic : found) {
        put_row(6, {{diagnostic.labels.empty() ? std::string() : where(diagnostic.labels.front()), 0}}, tame(diagnostic.subject));
        put_wrapped(8, fmt::format("{} (keeps {})", diagnostic.message, fmt::join(diagnostic.keeps, ", ")), Ink::Dim);
      }
    }
  }

  /// What is wrong with the input and keeps nobody.
  void put_findings() {
    for (const auto& diagnostic : audit_.diagnostics.listed())
      if (diagnostic.keeps.empty() && info(diagnostic.code).severity >= Severity::Warning) out_ += "\n" + excerpt(diagnostic, sources_, look_);
  }

  const Audit& audit_;
  const SourceSet& sources_;
  const Look& look_;
  std::string out_;
};

std::string heading(const AuditMesh& mesh, const Look& look) {
  const auto of = mesh.name.empty() ? std::string() : fmt::format(" {}:", tame(mesh.name));
  return paint(fmt::format("Audit of{} {} in {}", of, counted(mesh.resources, "resource"), counted(mesh.files, "file")), Ink::Bold, look.color) + "\n";
}

std::string errors(const AuditMesh& mesh, const Look& look) {
  std::string out;
  for (const auto& diagnostic : mesh.audit.diagnostics.listed())
    if (info(diagnostic.code).severity == Severity::Error) out += "\n" + excerpt(diagnostic, mesh.store->sources, look);
  return out;
}

}  // namespace

std::string render_audit_text(const AuditReport& report, const Look& look) {
  std::string out;
  for (const auto& mesh : report.meshes) {
    if (report.brief) {
      out += errors(mesh, look);
      continue;
    }
    if (!out.empty()) out += "\n";
    out += heading(mesh, look) + AuditText(mesh, look).text();
  }
  if (!out.empty()) out += "\n";
  return out + sum(tally(report.meshes)) + "\n";
}

}  // namespace s2a
