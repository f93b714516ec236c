// What the API server refuses in a Gateway API route, beyond unknown fields, types, formats and limits: the rules that every release and channel has. routing.md 1.6
#pragma once

#include "frontend/decode/reader.h"
#include "ir/mesh/gateway_api.h"

namespace s2a {

/// Each reports every refused value (InvalidValue) at its own bytes; `object` is the map that `route` was decoded from.
void check_http_route(const Reader& reader, NodeId object, const Route& route);
void check_grpc_route(const Reader& reader, NodeId object, const Route& route);
void check_l4_route(const Reader& reader, NodeId object, const Route& route);

/// The filters of a rule, which is the holder itself, or of one of its backendRefs.
void check_filters(const Reader& reader, NodeId rule, NodeId holder);
/// That a Service is named with its port.
void check_backend(const Reader& reader, NodeId ref);
/// That the items of a list differ, or that their field `by` does.
void check_distinct(const Reader& reader, NodeId map, std::string_view field, std::string_view by = {});

}  // namespace s2a
