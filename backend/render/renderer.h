// THE table of output formats: one row and one file each.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "backend/render/audit_report.h"
#include "backend/render/report.h"
#include "backend/render/trace_report.h"
#include "backend/render/verify_report.h"

namespace s2a {

struct Renderer {
  std::string_view name;                                              ///< as in `--output`
  std::string_view extension;                                         ///< of an `--output-file` in this format, with the dot
  std::string (*render)(const Report&, const Look&) = nullptr;        ///< what plan and its kin found; null: not in this format
  std::string (*audit)(const AuditReport&, const Look&) = nullptr;    ///< the same for audit
  std::string (*verify)(const VerifyReport&, const Look&) = nullptr;  ///< and for verify
  std::string (*trace)(const TraceReport&, const Look&) = nullptr;    ///< and for trace
};

[[nodiscard]] std::string render_text(const Report& report, const Look& look);
/// As report.schema.json has it; the look does not matter.
[[nodiscard]] std::string render_json(const Report& report, const Look& look);
/// Unified diffs only, as `git apply` takes them.
[[nodiscard]] std::string render_diff(const Report& report, const Look& look);

[[nodiscard]] std::string render_audit_text(const AuditReport& report, const Look& look);
/// As audit.schema.json has it.
[[nodiscard]] std::string render_audit_json(const AuditReport& report, const Look& look);
/// Headings and tables as GitHub shows them.
[[nodiscard]] std::string render_audit_markdown(const AuditReport& report, const Look& look);

[[nodiscard]] std::string render_verify_text(const VerifyReport& report, const Look& look);
/// As verify.schema.json has it.
[[nodiscard]] std::string render_verify_json(const VerifyReport& report, const Look& look);

[[nodiscard]] std::string render_trace_text(const TraceReport& report, const Look& look);
/// As trace.schema.json has it.
[[nodiscard]] std::string render_trace_json(const TraceReport& report, const Look& look);

/// One row a format; the first is the default.
inline constexpr std::array kRenderers = {
    Renderer{"text", ".txt", render_text, render_audit_text, render_verify_text, render_trace_text},
    Renderer{"json", ".json", render_json, render_audit_json, render_verify_json, render_trace_json},
    Renderer{"diff", ".diff", render_diff, nullptr},
    Renderer{"markdown", ".md", nullptr, render_audit_markdown},
};

/// Null where there is no such format.
[[nodiscard]] const Renderer* find_renderer(std::string_view name);

}  // namespace s2a
