// The parts of a Gateway API route that its rules are made of.
#pragma once

#include "frontend/decode/reader.h"
#include "ir/mesh/gateway_api.h"

namespace s2a {

/// A parentRef, a backendRef or the backendRef of a mirror.
[[nodiscard]] ObjectRef decode_object_ref(const Reader& reader, NodeId node);
/// `filters` of a rule or of one of its backendRefs. routing.md 1.3, 1.5
[[nodiscard]] RouteFilters decode_filters(const Reader& reader, NodeId holder);
/// Whether istiod converts a rule: one that it does not makes it leave out the whole route. routing.md 0.6
[[nodiscard]] bool is_convertible(const Reader& reader, NodeId rule);

}  // namespace s2a
