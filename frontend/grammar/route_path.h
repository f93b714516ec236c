// Paths and names as Gateway API routes write them. routing.md 1.6
#pragma once

#include <string_view>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

/// The value of an Exact or a PathPrefix match: absolute, of legal characters, without `//`, dot segments and escaped slashes.
[[nodiscard]] Parsed<void> check_route_path(std::string_view text);
/// `package.Service` of gRPC; a dot may stand first.
[[nodiscard]] Parsed<void> check_grpc_service(std::string_view text);
[[nodiscard]] Parsed<void> check_grpc_method(std::string_view text);
/// `^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$`: a header, or a query parameter.
[[nodiscard]] Parsed<void> check_header_name(std::string_view text);
/// What redirects and rewrites put in the place of the host: no port, no wildcard.
[[nodiscard]] Parsed<void> check_precise_host(std::string_view text);
/// A route's host name: the same, or with `*.` in front.
[[nodiscard]] Parsed<void> check_route_host(std::string_view text);
/// `*`, or a scheme and a host, wildcards and a port as each release likes them.
[[nodiscard]] Parsed<void> check_origin(std::string_view text);

}  // namespace s2a
