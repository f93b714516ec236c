// Two trees for programs, as verify.schema.json has it: keys stand in the order in which the schema lists them.
#include <algorithm>

#include "backend/render/json_parts.h"
#include "backend/render/renderer.h"
#include "backend/render/tally.h"
#include "ir/proof/gate.h"

namespace s2a {
namespace {

Json summary(const std::vector<Finding>& findings) {
  const auto subjects = by_subject(findings);
  const auto count = [&](Verdict verdict) { return std::ranges::count(subjects, verdict, &SubjectVerdicts::worst); };
  return {{"equal", count(Verdict::Equal)}, {"narrower", count(Verdict::Narrower)}, {"wider", count(Verdict::Wider)}, {"unknown", count(Verdict::Unknown)}};
}

Json address(const AddressVerdict& a) {
  return {{"subject", a.subject}, {"client", to_string(a.client)}, {"address", a.address}, {"speaks", a.http ? "HTTP" : "bytes"}, {"verdict", to_string(a.verdict)}};
}

}  // namespace

std::string render_verify_json(const VerifyReport& report, const Look& /*look*/) {
  const auto& verification = report.verification;
  return text_of({{"schemaVersion", kSchemaVersion},
                  {"before", report.before},
                  {"after", report.after},
                  {"files", report.files},
                  {"summary", summary(verification.findings)},
                  {"notCompared", outside_the_comparison()},
                  {"findings", list(verification.findings, [](const Finding& f) { return to_json(f); })},
                  {"addresses", list(verification.addresses, address)},
                  {"diagnostics", list(verification.diagnostics.listed(), [&](const Diagnostic& d) { return to_json(report.store->sources, d); })}});
}

}  // namespace s2a
