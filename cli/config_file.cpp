// One map of scalars and lists of scalars, read by the YAML reader of the manifests.
#include "cli/config_file.h"

#include <fmt/format.h>

#include "frontend/load/load.h"
#include "frontend/load/text.h"
#include "frontend/yaml/parse.h"

namespace fs = std::filesystem;

namespace s2a {
namespace {

constexpr const char* kName = ".s2a.yaml";

/// The file and its one document, and how to point into it.
class ConfigReader {
 public:
  ConfigReader(const SourceFile& file, const Document& document) : file_(file), document_(document) {}

  tl::expected<GivenSettings, UsageError> read() const {
    GivenSettings out;
    if (document_.root == kNoNode || document_[document_.root].kind == NodeKind::Null) return out;
    if (document_[document_.root].kind != NodeKind::Map) return error(document_.root, "this is no map of settings");
    for (const auto& entry : document_.entries(document_.root)) {
      const auto& key = document_[entry.key].value;
      const auto* setting = find_setting(key);
      if (setting == nullptr) {
        const auto near = closest_setting(key);
        return error(entry.key, fmt::format("there is no setting `{}`", key), near.empty() ? "see `s2a config`" : fmt::format("did you mean `{}`?", near));
      }
      auto values = values_of(*setting, entry.value);
      if (!values) return tl::unexpected(std::move(values.error()));
      out.emplace(key, Given{.values = std::move(*values), .origin = place(entry.key)});
    }
    return out;
  }

 private:
  tl::expected<Values, UsageError> values_of(const Setting& setting, NodeId id) const {
    const auto& node = document_[document_.resolve(id)];
    if (node.kind == NodeKind::Scalar) return Values{value_of(setting, node.value)};
    if (node.kind != NodeKind::Sequence || !setting.repeatable) return error(id, fmt::format("`{}` wants {}", setting.name, setting.repeatable ? "a list" : "one value"));
    Values out;
    for (const auto child : document_.children(id)) {
      const auto& item = document_[document_.resolve(child)];
      if (item.kind != NodeKind::Scalar) return error(child, fmt::format("an item of `{}` is no plain value", setting.name));
      out.push_back(value_of(setting, item.value));
    }
    return out;
  }

  std::string value_of(const Setting& setting, const std::string& value) const {
    if (!setting.names_path || value.empty()) return value;
    const auto colon = value.find(':');  // `json:report` of output-file
    const auto format = colon != std::string::npos && find_renderer(value.substr(0, colon)) != nullptr ? value.substr(0, colon + 1) : std::string();
    return format + (fs::path(file_.path).parent_path() / value.substr(format.size())).lexically_normal().generic_string();
  }

  std::string place(NodeId id) const {
    const auto at = line_column(file_, document_[id].span.begin);
    return fmt::format("{}:{}:{}", file_.path, at.line, at.column);
  }

  tl::unexpected<UsageError> error(NodeId id, std::string_view message, std::string help = {}) const {
    return tl::unexpected(UsageError{.message = fmt::format("{}: {}", place(id), message), .help = std::move(help)});
  }

  const SourceFile& file_;
  const Document& document_;
};

/// A diagnostic of the readers, in one line.
UsageError as_usage_error(const SourceSet& sources, const Diagnostic& diagnostic) {
  if (diagnostic.labels.empty()) return {.message = diagnostic.message, .help = diagnostic.help};
  const auto& label = diagnostic.labels.front();
  const auto at = line_column(sources[label.file], label.span.begin);
  return {.message = fmt::format("{}:{}:{}: {}", sources[label.file].path, at.line, at.column, diagnostic.message), .help = diagnostic.help};
}

}  // namespace

std::optional<fs::path> find_config_file(const fs::path& directory) {
  std::error_code error;
  fs::path up;
  for (auto at = fs::canonical(directory, error); !at.empty(); at = at.parent_path(), up /= "..") {
    if (fs::is_regular_file(at / kName, error)) return up / kName;
    if (!at.has_relative_path()) break;
  }
  return std::nullopt;
}

tl::expected<GivenSettings, UsageError> read_config_file(const fs::path& path) {
  SourceSet sources;
  Diagnostics diagnostics;
  load({.paths = {path.generic_string()}, .context = {}, .excludes = {}, .stdin_name = {}}, sources, diagnostics);
  if (diagnostics.all().empty()) {
    if (auto bad = not_text(sources[FileId{0}])) diagnostics.add(std::move(*bad));
  }
  if (!diagnostics.all().empty()) return tl::unexpected(as_usage_error(sources, diagnostics.all().front()));
  const auto& file = sources[FileId{0}];
  const auto parsed = parse(file);
  if (!parsed.diagnostics.all().empty()) return tl::unexpected(as_usage_error(sources, parsed.diagnostics.all().front()));
  if (parsed.documents.empty()) return GivenSettings{};
  if (parsed.documents.size() > 1) return tl::unexpected(UsageError{.message = fmt::format("{}: it holds more than one document", file.path), .help = {}});
  return ConfigReader(file, parsed.documents.front()).read();
}

}  // namespace s2a
