// Templates that read like YAML: what they say depends on how they are rendered, so they are never edited.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "ir/source/diagnostic.h"
#include "ir/source/document.h"
#include "ir/source/source_file.h"

namespace s2a {

/// The directories that hold a Chart.yaml: all that is below their `templates/` goes through Helm, whether it has braces or not.
class HelmCharts {
 public:
  HelmCharts() = default;
  HelmCharts(const SourceSet& sources, std::span<const FileId> files);
  [[nodiscard]] bool renders(std::string_view path) const;

 private:
  std::set<std::string, std::less<>> directories_;
};

/// Looks at a file of which these documents matter. Code::Template for a Helm chart's template, ytt's `#@`, a directive of Helm or Jinja in a comment, a `${name}` of Terraform or
/// envsubst in a plain scalar (but not where a shell reads it: below `command`, `args`, `env`), an OpenShift Template. Nothing where the YAML reader has locked the documents
/// already: it knows the other braces.
[[nodiscard]] std::optional<Diagnostic> find_template(const SourceFile& file, std::span<const Document> documents, const HelmCharts& charts);

}  // namespace s2a
