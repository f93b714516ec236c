// The parts of a VirtualService's HTTP rules that others have too.
#pragma once

#include "frontend/decode/reader.h"
#include "ir/mesh/virtual_service.h"

namespace s2a {

/// One item of `http`. routing.md 1.2, 1.3
[[nodiscard]] HttpRule decode_http_rule(const Reader& reader, NodeId node);
/// `match` of such an item.
[[nodiscard]] std::vector<HttpMatch> decode_http_matches(const Reader& reader, NodeId rule);
/// A StringMatch, which is a map.
[[nodiscard]] StringMatch decode_string_match(const Reader& reader, NodeId node);
/// `route` of a rule of any protocol.
[[nodiscard]] std::vector<WeightedDestination> decode_destinations(const Reader& reader, NodeId rule);
/// `retries` of a rule, or MeshConfig's defaultHttpRetryPolicy.
[[nodiscard]] HttpRetries decode_retries(const Reader& reader, NodeId node);
/// A duration as Go writes it; nothing where it is missing or none.
[[nodiscard]] std::optional<Milliseconds> decode_duration(const Reader& reader, NodeId map, std::string_view field);

/// Millionths of a percentage, cut off as istiod cuts them. routing.md 1.3
[[nodiscard]] constexpr std::int64_t millionths(double percent) { return static_cast<std::int64_t>(percent * 10'000); }

}  // namespace s2a
