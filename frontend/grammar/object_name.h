// Names of Kubernetes objects and namespaces.
#pragma once

#include <string_view>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

/// An RFC 1123 label, what a Namespace or a Service may be called: at most 63 lower case letters, digits and inner hyphens.
[[nodiscard]] Parsed<void> check_dns_label(std::string_view text);
/// Such labels with dots between them, at most 253 characters: what any other object may be called.
[[nodiscard]] Parsed<void> check_object_name(std::string_view text);

/// What a subset of a DestinationRule may be called: as a label, capitals too. routing.md 4.2
[[nodiscard]] Parsed<void> check_subset_name(std::string_view text);

}  // namespace s2a
