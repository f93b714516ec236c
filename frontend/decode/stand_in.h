// What stands for a document that could not be read, so that nobody takes what it says for absent.
#pragma once

#include <optional>
#include <string_view>

#include "ir/mesh/resource.h"
#include "ir/source/document.h"
#include "ir/source/source_file.h"

namespace s2a {

/// A resource that is not translatable, without a field, of the kind, name and namespace that the broken text shows beyond doubt. An AuthorizationPolicy where the kind cannot be
/// told: what decides most. Nothing where it decides nothing: another ConfigMap than istiod's, and pods, Services and the like of a template, which are as
/// unknown as if it were not there. The document gets a node, at its `kind`, for labels to point at.
[[nodiscard]] std::optional<Resource> stand_in(Document& unread, DocumentId document, const SourceFile& file, bool is_template);

}  // namespace s2a
