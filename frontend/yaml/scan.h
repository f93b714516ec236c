// The cheap look at a file, without a parser: which documents can be of a kind that matters.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "frontend/yaml/split.h"

namespace s2a {

/// A kind that matters, in order of name in a list of them.
struct RelevantKind {
  std::string_view kind;
  std::string_view needle;  ///< a document of this kind matters only if it contains that text; empty: always

  auto operator<=>(const RelevantKind&) const = default;
};

struct ScannedDocument {
  yaml::DocumentText text;
  bool relevant = true;  ///< false only where that is certain
};

/// Whether kustomize looks for its settings in a file of that name.
[[nodiscard]] bool is_kustomization_file(std::string_view path);

/// OpenShift's own kind of template: `oc process` renders its `objects`.
inline constexpr std::string_view kTemplateKind = "Template";
inline constexpr std::string_view kTemplateObjects = "objects";
[[nodiscard]] bool is_openshift_template(std::string_view kind, std::string_view api_version);

/// In: a text and the kinds that matter, sorted. Out: every document, in order. Not relevant is a document whose kind is certainly none of them and no List.
/// A document without any `kind` is never relevant: see is_kustomization_file().
[[nodiscard]] std::vector<ScannedDocument> scan(std::string_view text, std::span<const RelevantKind> kinds);

}  // namespace s2a
