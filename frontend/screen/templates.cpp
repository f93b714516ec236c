// Looks for directives in comments and for placeholders in plain scalars.
#include "frontend/screen/templates.h"

#include <algorithm>

#include "frontend/screen/shell_values.h"
#include "frontend/yaml/scan.h"

namespace s2a {
namespace {

struct Found {
  Span span;
  std::string_view message;
  std::string_view help;
};

constexpr std::string_view kRenderYtt = "render it first with `ytt` and give the result";
constexpr std::string_view kRenderHelm = "render it first, for example with `helm template`, and give the result";
constexpr std::string_view kRenderOpenShift = "render it first with `oc process --local` and give the result";
constexpr std::string_view kRenderVariables = "put the values in first, for example with `terraform`, `flux` or `envsubst`, and give the result";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// The text of quoted and block scalars: data, whatever it looks like.
class Data {
 public:
  explicit Data(std::span<const Document> documents) : documents_(documents) {
    for (const auto& document : documents) {
      for (const auto& node : document.nodes) {
        if (node.kind == NodeKind::Scalar && node.style != NodeStyle::Plain) scalars_.push_back(node.span);
      }
    }
    std::ranges::sort(scalars_);
  }

  /// Text of no document is taken for data where it is indented: it may be a block scalar.
  [[nodiscard]] bool holds(std::uint32_t at, bool starts_line) const {
    const auto next = std::ranges::upper_bound(scalars_, at, {}, &Span::begin);
    if (next != scalars_.begin() && at < std::prev(next)->end) return true;
    const auto document = std::ranges::upper_bound(documents_, at, {}, [](const Document& d) { return d.span.begin; });
    return !starts_line && (document == documents_.begin() || at >= std::prev(document)->span.end);
  }

 private:
  std::span<const Document> documents_;
  std::vector<Span> scalars_;
};

/// What a template language reads in a comment; `comment` starts with the `#`.
std::optional<Found> directive(std::string_view comment) {
  if (comment.size() > 2 && comment[1] == '@' && (comment[2] == ' ' || is_letter(comment[2]))) return Found{.message = "the file is a ytt template", .help = kRenderYtt};
  const auto text = comment.substr(std::min(comment.find_first_not_of("# \t"), comment.size()));
  if (text.starts_with("{{") || text.starts_with("{%")) return Found{.message = "a comment of the file is a template's directive", .help = kRenderHelm};
  return std::nullopt;
}

std::optional<Found> directive_in_comment(std::string_view text, std::span<const Document> documents) {
  std::optional<Data> data;  // costs a walk over all nodes: only where something looks like a directive
  for (auto at = text.find('#'); at != std::string_view::npos; at = text.find('#', at)) {
    const auto begin = at++;
    const bool starts_line = begin == 0 || text[begin - 1] == '\n';
    if (!starts_line && text[begin - 1] != ' ' && text[begin - 1] != '\t') continue;
    at = std::min(text.find_first_of("\r\n", begin), text.size());
    auto found = directive(text.substr(begin, at - begin));
    if (!found) continue;
    found->span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)};
    if (!data) data.emplace(documents);
    if (!data->holds(found->span.begin, starts_line)) return found;
  }
  return std::nullopt;
}

/// Where `${name` stands in a plain scalar.
std::size_t placeholder(std::string_view text) {
  for (auto at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
    if (at + 2 < text.size() && is_letter(text[at + 2])) return at;
  }
  return std::string_view::npos;
}

std::optional<Found> placeholder_in_value(const SourceFile& file, const Document& document) {
  std::optional<ShellValues> shell;
  for (const auto& node : document.nodes) {
    if (node.kind != NodeKind::Scalar || node.style != NodeStyle::Plain) continue;
    const auto at = placeholder(file.at(node.span));
    if (at == std::string_view::npos) continue;
    if (!shell) shell.emplace(document);
    if (!shell->hold(node)) {
      return Found{
          .span = {node.span.begin + static_cast<std::uint32_t>(at), node.span.end}, .message = "the file is a template: a value is put in for `${...}`", .help = kRenderVariables};
    }
  }
  return std::nullopt;
}

/// The value of a field of a map, aliases followed; null where there is none.
const Node* value_of(const Document& document, const Node& map, std::string_view field) {
  for (std::uint32_t i = 0; i + 1 < map.link_count; i += 2) {
    if (document[document.links[map.first_link + i]].value != field) continue;
    const auto& value = document[document.links[map.first_link + i + 1]];
    return value.target == kNoNode ? &value : &document[value.target];
  }
  return nullptr;
}

/// An OpenShift Template at the root or in a List.
std::optional<Found> openshift_template(const SourceFile& file, const Document& document) {
  if (file.at(document.span).find(kTemplateKind) == std::string_view::npos) return std::nullopt;
  for (const auto& node : document.nodes) {
    if (node.kind != NodeKind::Map) continue;
    const auto* kind = value_of(document, node, "kind");
    const auto* version = value_of(document, node, "apiVersion");
    if (kind == nullptr || version == nullptr || !is_openshift_template(kind->value, version->value)) continue;
    return Found{.span = kind->span, .message = "an OpenShift Template is rendered by `oc process`", .help = kRenderOpenShift};
  }
  return std::nullopt;
}

}  // namespace

HelmCharts::HelmCharts(const SourceSet& sources, std::span<const FileId> files) {
  static constexpr std::string_view kChart = "Chart.yaml";
  for (const auto id : files) {
    const std::string_view path = sources[id].path;
    if (path == kChart || path.ends_with("/Chart.yaml")) directories_.emplace(path.substr(0, path.size() - kChart.size()));
  }
}

bool HelmCharts::renders(std::string_view path) const {
  static constexpr std::string_view kTemplates = "templates/";
  for (auto at = path.find(kTemplates); !directories_.empty() && at != std::string_view::npos; at = path.find(kTemplates, at + 1)) {
    if ((at == 0 || path[at - 1] == '/') && directories_.contains(path.substr(0, at))) return true;
  }
  return false;
}

std::optional<Diagnostic> find_template(const SourceFile& file, std::span<const Document> documents, const HelmCharts& charts) {
  if (documents.empty()) return std::nullopt;
  std::optional<Found> found;
  if (charts.renders(file.path)) {
    const auto begin = documents.front().span.begin;
    found = Found{.span = {begin, begin}, .message = "the file is a template of a Helm chart", .help = kRenderHelm};
  }
  if (std::ranges::all_of(documents, [](const Document& document) { return !document.locked.empty(); })) return std::nullopt;
  if (!found) found = directive_in_comment(file.text, documents);
  for (const auto& document : documents) {
    if (!found) found = openshift_template(file, document);
    if (!found) found = placeholder_in_value(file, document);
  }
  if (!found) return std::nullopt;
  return Diagnostic{.code = Code::Template, .message = std::string(found->message), .labels = {{.file = file.id, .span = found->span}}, .help = std::string(found->help)};
}

}  // namespace s2a
