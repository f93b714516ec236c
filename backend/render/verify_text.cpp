// Two trees for people: what differs, the verdicts, the sum.
#include <fmt/format.h>

#include <algorithm>

#include "backend/render/renderer.h"
#include "backend/render/tally.h"
#include "backend/render/text_parts.h"
#include "backend/render/typography.h"

namespace s2a {

std::string render_verify_text(const VerifyReport& report, const Look& look) {
  const auto& verification = report.verification;
  const auto subjects = by_subject(verification.findings);
  const auto count = [&](Verdict verdict) { return std::ranges::count(subjects, verdict, &SubjectVerdicts::worst); };
  std::string out;
  if (!report.brief) {
    const auto routed = static_cast<std::size_t>(std::ranges::count(subjects, true, &SubjectVerdicts::routes));
    const auto services = routed == 0 ? std::string() : fmt::format(" and the routes of {}", counted(routed, "Service"));
    const auto what = fmt::format("{}{} of {}, compared with {}", counted(subjects.size() - routed, "workload"), services, tame(report.after), tame(report.before));
    out = paint(what, Ink::Bold, look.color) + "\n";
  }
  out += excerpts_text(verification.diagnostics, report.store->sources, report.brief ? Severity::Error : Severity::Info, look);
  if (!report.brief) out += verdicts_text(verification.findings, verification.diagnostics, look);
  if (report.brief && out.empty()) return {};
  return out +
         fmt::format("\nVerify: {} equal, {} narrower, {} wider, {} unknown.\n", count(Verdict::Equal), count(Verdict::Narrower), count(Verdict::Wider), count(Verdict::Unknown));
}

}  // namespace s2a
