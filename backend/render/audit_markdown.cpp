// The audit for a pull request: headings and tables as GitHub shows them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "backend/render/excerpt.h"
#include "backend/render/renderer.h"
#include "backend/render/typography.h"
#include "ir/audit/guide.h"

namespace s2a {
namespace {

/// Text in a cell: nothing in it is Markdown.
std::string plain(std::string_view text) {
  constexpr std::string_view kMarks = "\\`*_[]<>|~&#!";
  std::string out;
  for (const char c : tame(text)) {
    if (kMarks.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// A name or a place in a cell. A code span knows no escapes but that of the table's own mark, so text with a backtick is none.
std::string code(std::string_view text) {
  if (text.find('`') != std::string_view::npos) return plain(text);
  std::string out = "`";
  for (const char c : tame(text)) out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out + "`";
}

using Cells = std::vector<std::string>;

std::string row(const Cells& cells) { return fmt::format("| {} |\n", fmt::join(cells, " | ")); }

std::string table(std::string_view title, const Cells& head, const std::vector<Cells>& rows) {
  if (rows.empty()) return {};
  auto out = fmt::format("\n### {}\n\n{}{}", title, row(head), row(Cells(head.size(), "---")));
  for (const auto& cells : rows) out += row(cells);
  return out;
}

/// Code spans in one cell, with commas.
template <class Items, class Text>
std::string codes_of(const Items& items, Text text) {
  Cells out;
  for (const auto& item : items) out.push_back(code(text(item)));
  return fmt::format("{}", fmt::join(out, ", "));
}

class AuditMarkdown {
 public:
  explicit AuditMarkdown(const AuditMesh& mesh) : audit_(mesh.audit), sources_(mesh.store->sources) {}

  [[nodiscard]] std::string text() const { return namespaces() + needs() + policies() + missed() + others() + blockers() + findings(); }

 private:
  [[nodiscard]] std::string where(const Label& label) const { return code(place(sources_, label)); }

  static std::string field(const Reason& reason) { return reason.path.ends_with(reason.what) ? code(reason.path) : fmt::format("{} {}", code(reason.path), code(reason.what)); }

  static std::string waypoint(const AuditWorkload& workload) {
    if (workload.needs.empty()) return "not needed";
    return workload.in_reach_of_waypoint ? "**needed**" : "**no Service leads there that could have one**";
  }

  [[nodiscard]] std::string namespaces() const {
    std::vector<Cells> rows;
    for (const auto& ns : audit_.namespaces)
      for (const auto& workload : ns.workloads)
        rows.push_back({code(ns.name), code(workload.subject), waypoint(workload), codes_of(workload.needs, [](const std::string& s) { return s; }),
                        codes_of(ns.kept_by, [](Code c) { return to_string(c); })});
    return table("Workloads", {"Namespace", "Workload", "Waypoint", "Because of", "Kept on sidecars by"}, rows);
  }

  [[nodiscard]] std::string needs() const {
    std::vector<Cells> rows;
    for (const auto& ns : audit_.namespaces)
      for (const auto& need : ns.needs)
        for (const auto& reason : need.reasons) rows.push_back({code(ns.name), code(need.subject), field(reason), where(reason.place)});
    return table("Why a waypoint", {"Namespace", "Resource", "Field", "Place"}, rows);
  }

  static void add_examples(std::string& out, const Effect& effect) {
    if (!effect.let_in.empty()) out += "<br>let in, e.g. " + code(effect.let_in);
    if (!effect.kept_out.empty()) out += "<br>denied, e.g. " + code(effect.kept_out);
  }

  [[nodiscard]] std::string policies() const {
    std::vector<Cells> rows;
    for (const auto& policy : audit_.policies) {
      auto what = plain(policy.sentence);
      add_examples(what, policy.prospect.direct);
      auto behind = plain(policy.behind_waypoint);
      if (policy.prospect.behind_waypoint) add_examples(behind, *policy.prospect.behind_waypoint);
      rows.push_back({code(policy.subject), policy.action, fmt::format("**{}**", to_string(policy.prospect.fate)), what, behind, where(policy.place)});
    }
    return table("Policies in ambient mode, if they are left as they are", {"Policy", "Action", "Fate", "At ztunnel", "Behind a waypoint", "Place"}, rows);
  }

  [[nodiscard]] std::string missed() const {
    std::vector<Cells> rows;
    for (const auto& policy : audit_.policies) {
      if (!policy.missed_by_guide) continue;
      for (const auto& reason : policy.layer_7) rows.push_back({code(policy.subject), field(reason), where(reason.place)});
    }
    return table(fmt::format("Not found by the migration guide's search, `grep -E '{}'`", fmt::join(kGuideWords, "|")), {"Policy", "Field", "Place"}, rows);
  }

  [[nodiscard]] std::string others() const {
    std::vector<Cells> rows;
    for (const auto& impact : audit_.others) rows.push_back({fmt::format("**{}**", to_string(impact.kind)), code(impact.subject), plain(impact.sentence), where(impact.place)});
    return table("Everything else that touches sidecars", {"", "Resource", "In ambient mode", "Place"}, rows);
  }

  [[nodiscard]] std::string blockers() const {
    std::vector<Cells> rows;
    for (const auto& [code_of, found] : audit_.blockers)
      for (const auto& diagnostic : found)
        rows.push_back({to_string(code_of), code(diagnostic.subject), plain(diagnostic.message), codes_of(diagnostic.keeps, [](const std::string& s) { return s; }),
                        diagnostic.labels.empty() ? std::string() : where(diagnostic.labels.front())});
    return table("Blockers", {"Code", "Resource", "What", "Keeps on sidecars", "Place"}, rows);
  }

  /// What is wrong with the input and keeps nobody.
  [[nodiscard]] std::string findings() const {
    std::vector<Cells> rows;
    for (const auto& diagnostic : keeping_nobody(audit_.diagnostics))
      if (info(diagnostic.code).severity >= Severity::Warning)
        rows.push_back({to_string(diagnostic.code), diagnostic.subject.empty() ? std::string() : code(diagnostic.subject), plain(diagnostic.message),
                        diagnostic.labels.empty() ? std::string() : where(diagnostic.labels.front())});
    return table("Found in the input", {"Code", "Resource", "What", "Place"}, rows);
  }

  const Audit& audit_;
  const SourceSet& sources_;
};

}  // namespace

std::string render_audit_markdown(const AuditReport& report, const Look& /*look*/) {
  std::string out;
  for (const auto& mesh : report.meshes) {
    if (!out.empty()) out += "\n";
    out += fmt::format("## Ambient audit{}: {} in {}\n", mesh.name.empty() ? std::string() : " of " + code(mesh.name), counted(mesh.resources, "resource"),
                       counted(mesh.files, "file"));
    out += AuditMarkdown(mesh).text();
  }
  return fmt::format("{}\n{}\n", out, plain(sum(tally(report.meshes))));
}

}  // namespace s2a
