// The parts that all JSON reports share.
#include "backend/render/json_parts.h"

namespace s2a {

Json range(const SourceFile& file, Span span) {
  const auto begin = line_column(file, span.begin);
  const auto end = line_column(file, span.end);
  return {{"line", begin.line}, {"column", begin.column}, {"endLine", end.line}, {"endColumn", end.column}};
}

Json to_json(const SourceSet& sources, const Label& label) {
  Json out{{"file", sources[label.file].path}};
  out.update(range(sources[label.file], label.span));
  return out;
}

Json to_json(const SourceSet& sources, const Diagnostic& d) {
  Json labels = Json::array();
  for (const auto& label : d.labels) {
    auto out = to_json(sources, label);
    out["kind"] = label.kind == LabelKind::Primary ? "primary" : "info";
    out["text"] = label.text;
    labels.push_back(std::move(out));
  }
  const auto& about = info(d.code);
  return {{"code", to_string(d.code)}, {"severity", to_string(about.severity)}, {"title", about.title}, {"subject", d.subject},
          {"message", d.message},      {"labels", std::move(labels)},           {"help", d.help},       {"notes", d.notes},
          {"keeps", d.keeps}};
}

Json to_json(const Finding& f) {
  return {{"subject", f.subject}, {"routes", f.routes},   {"namespace", f.ns},     {"client", to_string(f.client)}, {"verdict", to_string(f.verdict)},
          {"witness", f.witness}, {"assumed", f.assumed}, {"accepted", f.accepted}};
}

std::string text_of(const Json& document) { return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace s2a
