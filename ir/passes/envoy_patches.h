// What the patches of an EnvoyFilter do to requests. authorization.md 7, 9.14
#pragma once

#include <optional>
#include <string>

#include "ir/mesh/istio.h"

namespace s2a {

/// Whether the patch is for sidecars: what it does for gateways goes on, and waypoints take none that does not target them.
[[nodiscard]] bool for_sidecars(const EnvoyPatch& patch);

/// What of a patch may decide about requests, or change what policies read of them: the filter or field, where it stands; nullopt: nothing of it does.
/// What is not known not to decide does.
[[nodiscard]] std::optional<Spanned<std::string>> decisive(const EnvoyPatch& patch);

}  // namespace s2a
