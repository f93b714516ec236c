// What the API server or istiod's webhook refuses in a VirtualService or a DestinationRule, beyond unknown fields, types and formats. routing.md 1, 4
#pragma once

#include <array>
#include <cstdint>

#include "frontend/decode/reader.h"
#include "ir/mesh/destination_rule.h"
#include "ir/mesh/virtual_service.h"

namespace s2a {

/// The statuses of a redirect that Envoy takes.
inline constexpr std::array<std::int64_t, 5> kRedirectCodes{301, 302, 303, 307, 308};

/// Each reports every refused value (InvalidValue) at its own bytes; `spec` is the map that the second was decoded from.
void check_virtual_service(const Reader& reader, NodeId spec, const VirtualService& service);
void check_destination_rule(const Reader& reader, NodeId spec, const DestinationRule& rule);

/// One item of `http`: `delegate` says that it is one of a VirtualService without hosts.
void check_http_rule(const Reader& reader, const HttpRule& rule, bool delegate);
/// `exportTo` of a spec: names of namespaces, `.` or `*`, which stands alone. 5.4
void check_export_to(const Reader& reader, NodeId spec);
/// `route` of a rule of any protocol: weights of several destinations that are not 0 together.
void check_weights(const Reader& reader, NodeId rule, const std::vector<WeightedDestination>& route);

}  // namespace s2a
