// One request for people: hop by hop as the tree is, and after the plan.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "backend/render/renderer.h"
#include "backend/render/typography.h"

namespace s2a {
namespace {

std::string_view in_words(CallerKind kind) {
  switch (kind) {
    case CallerKind::Ambient: return "the caller is ambient";
    case CallerKind::Sidecar: return "the caller has a sidecar";
    case CallerKind::Ingress: return "the caller is a gateway";
    case CallerKind::Plaintext: return "the caller is no part of the mesh";
  }
  return "";
}

std::string_view verb(Outcome outcome) {
  switch (outcome) {
    case Outcome::Allow: return "allows";
    case Outcome::Forbidden:
    case Outcome::Unauthorized: return "denies";
    case Outcome::Reset: return "resets";
    case Outcome::NotFound: return "finds no route";
    case Outcome::Answered: return "answers";
    case Outcome::Unreachable: return "finds nobody behind the route";
  }
  return "";
}

class Writer {
 public:
  Writer(const SourceSet& sources, const Look& look) : sources_(sources), look_(look) {}

  std::string of(std::string_view when, const Trace& trace) const {
    auto out = fmt::format("\n{}: {}\n", paint(when, Ink::Bold, look_.color), in_words(trace.caller));
    if (trace.ways.empty()) out += "  no pod of the input is behind it\n";
    for (const auto& way : trace.ways) out += of(way);
    for (const auto& text : trace.presumed) out += fmt::format("  presumed: {}\n", tame(text));
    return out;
  }

 private:
  std::string of(const Way& way) const {
    auto out = way.pods.empty() ? std::string() : fmt::format("  {}, port {}\n", tame(fmt::format("{}", fmt::join(way.pods, ", "))), way.port);
    std::size_t width = 0;
    for (const auto& hop : way.hops) width = std::max(width, columns(where(hop)));
    for (const auto& hop : way.hops) out += of(hop, width);
    if (!way.past.empty()) out += fmt::format("    nobody judges it {}: {}\n", way.hops.empty() ? "there" : "behind", tame(way.past));
    if (!way.unknown.empty()) return out + fmt::format("    {}\n", tame(way.unknown));
    return out + fmt::format("    {} {}\n", paint("->", Ink::Dim, look_.color), paint(way.seen, way.allowed ? Ink::Green : Ink::Red, look_.color));
  }

  static std::string where(const Hop& hop) {
    if (hop.route && hop.engine == Engine::Sidecar) return "caller's sidecar";
    return tame(hop.waypoint.empty() ? std::string(to_string(hop.engine)) : fmt::format("{} {}", to_string(hop.engine), hop.waypoint));
  }

  std::string of(const Hop& hop, std::size_t width) const {
    auto by = hop.policy;
    if (!hop.rule.empty()) by += ", " + hop.rule;
    if (!hop.why.empty()) by += by.empty() ? hop.why : ": " + hop.why;
    if (hop.route && !hop.route->empty()) by += ": " + *hop.route;
    if (by.empty()) by = "no policy says otherwise";
    auto out = fmt::format("    {}   {}   {}{}\n", padded(where(hop), width),
                           paint(hop.route && hop.outcome == Outcome::Allow ? "routes" : verb(hop.outcome), hop.outcome == Outcome::Allow ? Ink::Green : Ink::Red, look_.color),
                           tame(by), hop.place ? "   " + place(*hop.place) : "");
    for (const auto& missed : hop.missed) out += fmt::format("        {}, {}   {}   {}\n", tame(missed.policy), tame(missed.rule), place(missed.place), fails(missed));
    return out;
  }

  static std::string fails(const MissedRule& missed) {
    return missed.fails.empty() ? "holds for no request" : tame(fmt::format("does not hold: {}", fmt::join(missed.fails, ", ")));
  }

  std::string place(const Label& label) const {
    const auto& file = sources_[label.file];
    return paint(fmt::format("{}:{}", tame(file.path), line_column(file, label.span.begin).line), Ink::Dim, look_.color);
  }

  const SourceSet& sources_;
  const Look& look_;
};

}  // namespace

std::string render_trace_text(const TraceReport& report, const Look& look) {
  const Writer writer(report.store->sources, look);
  auto out = fmt::format("{}\nto {}\n", paint(tame(report.now.request), Ink::Bold, look.color), tame(report.now.to));
  out += writer.of("As the tree is", report.now);
  if (report.planned) out += writer.of("After the plan, with lines as it leaves them", *report.planned);
  if (!report.planned || !report.stays.empty()) out += "\n";
  if (!report.planned) out += "The plan changes nothing.\n";
  for (const auto& [ns, codes] : report.stays) out += fmt::format("Namespace {} stays on sidecars: {}\n", tame(ns), fmt::join(codes, " "));
  return out;
}

}  // namespace s2a
