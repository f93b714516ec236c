// What the API server or istiod's webhook refuses in an AuthorizationPolicy, beyond unknown fields and types. authorization.md 2.11
#pragma once

#include "frontend/decode/reader.h"
#include "ir/mesh/authorization_policy.h"

namespace s2a {

/// Reports each refused value (InvalidValue) at its own bytes; `object` is the map that `policy` was decoded from.
void check_authorization(const Reader& reader, NodeId object, const AuthorizationPolicy& policy);

}  // namespace s2a
