// What can be wrong with a document that is YAML: duplicate keys, templates, addresses that brackets turn into maps.
#pragma once

#include <optional>

#include "frontend/yaml/syntax_error.h"
#include "ir/source/diagnostic.h"
#include "ir/source/document.h"
#include "ir/source/source_file.h"

namespace s2a::yaml {

/// DuplicateKey for each key that a map has twice: the second place is the primary label, the first the info.
[[nodiscard]] Diagnostics duplicate_keys(const Document& document);
/// The first `{{` that is no data: a map in braces that starts with it, or a plain scalar that contains it.
[[nodiscard]] std::optional<Span> template_mark(const SourceFile& file, const Document& document);
/// `[001:db8::]`: yaml-cpp reads the map `{"001:db8:": null}` where Kubernetes reads a string.
[[nodiscard]] std::optional<Refused> address_in_flow(const Document& document);

}  // namespace s2a::yaml
