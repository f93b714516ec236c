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
constexpr std::size_t kKindWidth = 11;  // of `harmless` and its gap

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
    for (const auto& workload : ns.workloads) put_workload(ns, workload, width);
    if (ns.needs.empty()) return;
    out_ += "    because of\n";
    std::size_t fields = 0;
    for (const auto& need : ns.needs) fields = std::max(fields, widest(need.reasons, field));
    for (const auto& need : ns.needs) {
      put_row(6, {}, tame(need.subject));
      for (const auto& reason : need.reasons) put_row(10, {{field(reason), fields}}, where(reason.place));
    }
  }

  /// `AuthorizationPolicy shop/cart-viewer` is `cart-viewer` to its own namespace.
  static std::string short_name(const AuditNamespace& ns, std::string_view subject) {
    const auto name = subject.substr(subject.find(' ') + 1);
    return tame(name.starts_with(ns.name + "/") ? name.substr(ns.name.size() + 1) : name);
  }

  void put_workload(const AuditNamespace& ns, const AuditWorkload& workload, std::size_t width) {
    std::vector<std::string> names;
    for (const auto& subject : workload.needs) names.push_back(short_name(ns, subject));
    const auto why = names.empty()
                         ? std::string("ztunnel is enough")
                         : fmt::format("{}: {}", workload.in_reach_of_waypoint ? "needs a waypoint" : "no Service leads there that could have a waypoint", fmt::join(names, ", "));
    const auto indent = 4 + width + kGap;
    const auto lines = wrapped(why, std::max<std::size_t>(look_.width, indent + 40) - indent);
    for (std::size_t i = 0; i < lines.size(); ++i) put_row(4, {{i == 0 ? tame(workload.subject) : std::string(), width}}, lines[i]);
  }

  static Ink ink_of(const AuditPolicy& policy) {
    if (policy.prospect.lets_in()) return Ink::Red;
    return policy.prospect.keeps_out() || policy.prospect.fate == Fate::Unknown ? Ink::Yellow : Ink::Green;
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
      const auto& direct = policy.prospect.direct;
      const auto& behind = *policy.prospect.behind_waypoint;
      if (behind.lets_in != direct.lets_in || behind.keeps_out != direct.keeps_out) put_examples(behind);
    }
  }

  void put_missed() {
    std::vector<const AuditPolicy*> missed;
    std::size_t width = 0;
    for (const auto& policy : audit_.policies) {
      if (!policy.missed_by_guide) continue;
      missed.push_back(&policy);
      width = std::max(width, widest(policy.layer_7, field));
    }
    if (missed.empty()) return;
    head("Policies that need a waypoint, and that the migration guide's search does not find");
    put_row(2, {}, fmt::format("grep -E '{}'", fmt::join(kGuideWords, "|")));
    for (const auto* policy : missed) {
      put_row(4, {}, tame(policy->subject));
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

  /// What holds for several resources is said once.
  void put_others() {
    if (audit_.others.empty()) return;
    head("Everything else that touches sidecars");
    std::vector<const Impact*> left;
    for (const auto& impact : audit_.others) left.push_back(&impact);
    const auto width = widest(audit_.others, [](const Impact& i) { return tame(i.subject); });
    while (!left.empty()) {
      const auto& first = *left.front();
      const auto same = [&](const Impact* other) { return other->kind == first.kind && other->sentence == first.sentence; };
      const auto kind = padded(to_string(first.kind), kKindWidth);
      const auto lines = wrapped(tame(first.sentence), std::max<std::size_t>(look_.width, 80) - 2 - kKindWidth);
      for (std::size_t i = 0; i < lines.size(); ++i)
        out_ += fmt::format("  {}{}\n", i == 0 ? paint(kind, ink_of(first.kind), look_.color) : std::string(kKindWidth, ' '), lines[i]);
      for (const auto* impact : left)
        if (same(impact)) put_row(2 + kKindWidth + 2, {{tame(impact->subject), width}}, where(impact->place));
      std::erase_if(left, same);
    }
  }

  void put_blockers() {
    if (audit_.blockers.empty()) return;
    head("Blockers: what keeps namespaces on sidecars");
    for (const auto& [code, found] : audit_.blockers) {
      put_row(2, {{to_string(code), 7}}, fmt::format("{} x {}", found.size(), info(code).title), Ink::Red);
      const auto width = widest(found, [](const Diagnostic& d) { return tame(d.subject); });
      for (const auto& diagnostic : found) {
        put_row(6, {{tame(diagnostic.subject), width}}, diagnostic.labels.empty() ? std::string() : where(diagnostic.labels.front()));
        put_wrapped(10, fmt::format("{}; keeps {}", diagnostic.message, fmt::join(diagnostic.keeps, ", ")), Ink::Dim);
      }
    }
  }

  /// What is wrong with the input and keeps nobody.
  void put_findings() {
    for (const auto& diagnostic : keeping_nobody(audit_.diagnostics))
      if (info(diagnostic.code).severity >= Severity::Warning) out_ += "\n" + excerpt(diagnostic, sources_, look_);
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
