// Random VirtualServices and routes for one Service, and requests that come near to what they ask.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/random.h"

namespace s2a::test {

/// A mesh as a list of objects, and where in it requests are decided: `manifests` (a list), `mesh`, `point`, `client`, `service`, `port`.
[[nodiscard]] nlohmann::json random_routed_mesh(Random& random);
/// `method`, `host`, `path`, `headers`.
[[nodiscard]] nlohmann::json random_routed_request(Random& random, const nlohmann::json& world);

/// A VirtualService `name` in namespace shop for these hosts; `subsets`: destinations are subsets of `reviews`, else Services of their own.
[[nodiscard]] nlohmann::json random_virtual_service(Random& random, const std::string& name, const std::vector<std::string>& hosts, bool subsets);
/// An HTTPRoute `name` of the Service `reviews`, in namespace shop.
[[nodiscard]] nlohmann::json random_http_route(Random& random, const std::string& name);

}  // namespace s2a::test
