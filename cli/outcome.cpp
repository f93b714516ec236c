// Reports into streams and files; findings into exit codes.
#include "cli/outcome.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <iterator>
#include <ostream>

#include "backend/render/typography.h"
#include "ir/mesh/kubectl.h"

namespace s2a {
namespace {

/// Input of which nothing can be said. What is wrong in one resource is a finding instead.
constexpr std::array kUnread{Code::MalformedYaml, Code::Unreadable, Code::NotUtf8, Code::TooBig, Code::CarriageReturnsOnly, Code::ChangedOnDisk, Code::NotWritten};

/// More PATHs than these are not repeated in a command that the report proposes.
constexpr std::size_t kFew = 3;

/// The PATHs and the flags that change the plan as they were given; or what stands for them, so that no command is pasted with some of them missing.
std::string repeated(const Session& session) {
  std::string flags = session.options().each ? "--each " : "";
  for (const auto& acceptance : session.options().passes.accepted) flags += fmt::format("--accept {} ", shell_word(to_string(acceptance)));
  if (session.arguments.size() > kFew) return flags + "PATH...";
  std::vector<std::string> words;
  std::ranges::transform(session.arguments, std::back_inserter(words), shell_word);
  return flags + fmt::format("{}", fmt::join(words, " "));
}

/// One line on a terminal, rewritten; nothing in the first second.
class ProgressLine {
 public:
  ProgressLine(std::ostream& err, bool terminal) : err_(err), terminal_(terminal) {}
  ~ProgressLine() {
    if (shown_) err_ << "\r\033[K" << std::flush;
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void operator()(std::string_view what) {
    if (!terminal_ || std::chrono::steady_clock::now() - start_ < std::chrono::seconds(1)) return;
    shown_ = true;
    err_ << "\r\033[K" << tame(what) << std::flush;
  }

 private:
  std::ostream& err_;
  bool terminal_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

std::string in_format(const Renderer& format, const Report& report, const Look& look) { return format.render(report, look); }
std::string in_format(const Renderer& format, const AuditReport& report, const Look& look) { return format.audit(report, look); }
std::string in_format(const Renderer& format, const VerifyReport& report, const Look& look) { return format.verify(report, look); }
std::string in_format(const Renderer& format, const TraceReport& report, const Look& look) { return format.trace(report, look); }

bool has(const Renderer& format, Command command) {
  if (command == Command::Audit) return format.audit != nullptr;
  if (command == Command::Trace) return format.trace != nullptr;
  return command == Command::Verify ? format.verify != nullptr : format.render != nullptr;
}

template <class AnyReport>
bool show_any(const Session& session, const AnyReport& report, const Renderer& otherwise, std::ostream& out) {
  const auto& renderer = session.options().output != nullptr ? *session.options().output : otherwise;
  out << in_format(renderer, report, &out == &session.err ? session.look_err() : session.look_out());
  bool written = true;
  for (const auto& [path, format] : session.options().output_files) {
    std::ofstream file(path, std::ios::binary);
    file << in_format(*format, report, {});
    file.close();
    if (file) continue;
    session.err << fmt::format("error: `{}` cannot be written\n", tame(path));
    written = false;
  }
  return written;
}

}  // namespace

Report make_report(const Session& session, bool only_certain) {
  ProgressLine progress(session.err, session.environment.err_is_terminal);
  auto meshes = analyse(session.arguments, session.options(), only_certain, [&](std::string_view what) { progress(what); });
  return {.meshes = std::move(meshes), .arguments = repeated(session), .brief = session.options().quiet, .origins = session.options().origins};
}

AuditReport make_audit(const Session& session) {
  ProgressLine progress(session.err, session.environment.err_is_terminal);
  return {.meshes = audit_meshes(session.arguments, session.options(), [&](std::string_view what) { progress(what); }), .brief = session.options().quiet};
}

VerifyReport make_verification(const Session& session) {
  ProgressLine progress(session.err, session.environment.err_is_terminal);
  return verify_trees(session.arguments.front(), session.arguments.back(), session.options(), [&](std::string_view what) { progress(what); });
}

tl::expected<TraceReport, Unclear> make_trace(const Session& session) {
  ProgressLine progress(session.err, session.environment.err_is_terminal);
  return trace_request(session.arguments, session.options(), [&](std::string_view what) { progress(what); });
}

bool show(const Session& session, const Report& report, const Renderer& otherwise, std::ostream& out) { return show_any(session, report, otherwise, out); }
bool show(const Session& session, const AuditReport& report, const Renderer& otherwise, std::ostream& out) { return show_any(session, report, otherwise, out); }
bool show(const Session& session, const VerifyReport& report, const Renderer& otherwise, std::ostream& out) { return show_any(session, report, otherwise, out); }
bool show(const Session& session, const TraceReport& report, const Renderer& otherwise, std::ostream& out) { return show_any(session, report, otherwise, out); }

std::optional<UsageError> unfit_format(const Session& session) {
  std::vector<const Renderer*> asked;
  if (session.options().output != nullptr) asked.push_back(session.options().output);
  for (const auto& file : session.options().output_files) asked.push_back(file.format);
  const auto unfit = std::ranges::find_if(asked, [&](const Renderer* format) { return !has(*format, session.command); });
  if (unfit == asked.end()) return std::nullopt;
  std::vector<std::string_view> names;
  for (const auto& format : kRenderers)
    if (has(format, session.command)) names.push_back(format.name);
  const auto command = row(session.command).name;
  return UsageError{.message = fmt::format("`s2a {}` has no format `{}`", command, (*unfit)->name), .help = fmt::format("it has {}", fmt::join(names, ", "))};
}

bool is_our_bug(Code code) { return code >= Code::RoundTrip; }

Exit exit_by_findings(const Diagnostics& found, FailOn fail_on) {
  auto out = Exit::Done;
  for (const auto& diagnostic : found.all()) {
    const bool counts = static_cast<unsigned>(info(diagnostic.code).severity) >= static_cast<unsigned>(fail_on);
    const bool unread = std::ranges::find(kUnread, diagnostic.code) != kUnread.end();
    out = std::max(out, is_our_bug(diagnostic.code) ? Exit::Bug : unread ? Exit::Invalid : counts ? Exit::Pending : Exit::Done);
  }
  return out;
}

Exit exit_by_findings(const Report& report, FailOn fail_on) {
  auto out = Exit::Done;
  for (const auto& mesh : report.meshes) out = std::max(out, exit_by_findings(mesh.plan.diagnostics, fail_on));
  return out;
}

}  // namespace s2a
