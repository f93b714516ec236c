// What a rule reads: which of its fields exist on HTTP only, and whether ztunnel can be told it. authorization.md 2.5, 3.1, 8.3
#pragma once

#include <string>
#include <vector>

#include "ir/mesh/authorization_policy.h"

namespace s2a {

/// The values alone.
[[nodiscard]] std::vector<std::string> texts(const std::vector<Spanned<std::string>>& values);
[[nodiscard]] bool constrains(const Match& match);
/// A `when` on a part of HTTP: request.headers[..], request.auth.*
[[nodiscard]] bool reads_http(const Condition& condition);
/// Whether any field of the rule exists on HTTP only: hosts, methods, paths, requestPrincipals, request.*. authorization.md 2.5
[[nodiscard]] bool reads_http(const Rule& rule);
/// Whether ztunnel reads the rule as a sidecar does, once trust domains are written out: layer 4 only, and no value that it matches otherwise. authorization.md 8.3
[[nodiscard]] bool exact_at_ztunnel(const Rule& rule);
/// Whether ztunnel reads these namespaces as a sidecar does: without `*`, as `x*`, as `*`, or as `*x` where x ends no `/sa`. authorization.md 8.3
[[nodiscard]] bool namespaces_exact_at_ztunnel(const Match& match);

}  // namespace s2a
