// Compares an object with the fields that its kind has.
#pragma once

#include "frontend/decode/fields.h"
#include "frontend/decode/reader.h"

namespace s2a {

/// Kubernetes' own kinds grow fields that no list of ours has; Istio's and the Gateway API's are listed in full.
enum class UnknownFields : std::uint8_t { Report, Ignore };

/// Reports, each at its own bytes: unknown fields (UnknownField), values of the wrong type (WrongType), words that an enumeration lacks and required fields that are missing
/// (InvalidValue). A field that is null counts as missing, as in Kubernetes; a null in a list is of the wrong type.
void check_fields(const Reader& reader, NodeId node, const FieldType& type, UnknownFields unknown);

}  // namespace s2a
