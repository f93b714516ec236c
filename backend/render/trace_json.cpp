// One request for programs, as trace.schema.json has it: keys stand in the order in which the schema lists them.
#include "backend/render/json_parts.h"
#include "backend/render/renderer.h"

namespace s2a {
namespace {

std::string_view name(Outcome outcome) {
  switch (outcome) {
    case Outcome::Allow: return "allow";
    case Outcome::Forbidden: return "forbidden";
    case Outcome::Unauthorized: return "unauthorized";
    case Outcome::Reset: return "reset";
    case Outcome::NotFound: return "not found";
    case Outcome::Answered: return "answered";
    case Outcome::Unreachable: return "unreachable";
  }
  return "";
}

class Writer {
 public:
  explicit Writer(const SourceSet& sources) : sources_(sources) {}

  Json operator()(const Trace& trace) const {
    return {{"caller", to_string(trace.caller)}, {"ways", list(trace.ways, [&](const Way& way) { return of(way); })}, {"presumed", trace.presumed}};
  }

 private:
  Json of(const Way& way) const {
    return {{"pods", way.pods},       {"port", way.port}, {"hops", list(way.hops, [&](const Hop& hop) { return of(hop); })}, {"allowed", way.allowed}, {"seen", way.seen},
            {"unknown", way.unknown}, {"past", way.past}};
  }

  Json of(const Hop& hop) const {
    Json out{{"engine", to_string(hop.engine)}, {"waypoint", hop.waypoint}, {"outcome", name(hop.outcome)}, {"policy", hop.policy}, {"rule", hop.rule}, {"why", hop.why}};
    if (hop.place) out["place"] = to_json(sources_, *hop.place);
    if (hop.route) out["route"] = *hop.route;
    out["missed"] = list(hop.missed, [&](const MissedRule& missed) { return of(missed); });
    return out;
  }

  Json of(const MissedRule& missed) const { return {{"policy", missed.policy}, {"rule", missed.rule}, {"place", to_json(sources_, missed.place)}, {"fails", missed.fails}}; }

  const SourceSet& sources_;
};

}  // namespace

std::string render_trace_json(const TraceReport& report, const Look& /*look*/) {
  const Writer write(report.store->sources);
  const auto& sources = report.store->sources;
  Json out{{"schemaVersion", kSchemaVersion}, {"request", report.now.request}, {"to", report.now.to}, {"now", write(report.now)}};
  if (report.planned) out["planned"] = write(*report.planned);
  out["stays"] = list(report.stays, [](const auto& entry) { return Json{{"namespace", entry.first}, {"codes", entry.second}}; });
  out["diagnostics"] = list(report.diagnostics.listed(), [&](const Diagnostic& d) { return to_json(sources, d); });
  return text_of(out);
}

}  // namespace s2a
