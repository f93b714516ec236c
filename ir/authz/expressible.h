// Whether ztunnel can be told a rule. authorization.md 8.3
#pragma once

#include "ir/mesh/authorization_policy.h"

namespace s2a {

/// Whether ztunnel reads the rule as a sidecar does, once trust domains are written out: layer 4 only, and no value that it matches otherwise.
[[nodiscard]] bool exact_at_ztunnel(const Rule& rule);
/// Whether ztunnel reads the condition as a sidecar does: source.principal, destination.port, and source.namespace as below.
[[nodiscard]] bool condition_exact_at_ztunnel(const Condition& condition);
/// Whether ztunnel reads these namespaces as a sidecar does: without `*`, as `x*`, as `*`, or as `*x` where x ends no `/sa`.
[[nodiscard]] bool namespaces_exact_at_ztunnel(const Match& match);

}  // namespace s2a
