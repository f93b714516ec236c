// Random HTTP requests near what random_policies.h writes.
#pragma once

#include <nlohmann/json.hpp>

#include "tests/support/random.h"

namespace s2a::test {

/// As records have it (shared/vectors): method, host, path, headers; `jwt` is the claims of a token that holds, `"invalid"`, or null.
[[nodiscard]] nlohmann::json random_http(Random& random);
/// Identities that the policies name, and others; without `spiffe://`.
[[nodiscard]] std::string random_identity(Random& random);
[[nodiscard]] std::string random_address(Random& random);

}  // namespace s2a::test
