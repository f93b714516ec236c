// AuthorizationPolicy, RequestAuthentication and extensions as Envoy enforces what istiod generates for them, at a sidecar and at a waypoint alike. authorization.md 2.2 - 2.7, 4.3
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ir/mesh/mesh_model.h"
#include "ir/table/table.h"

namespace s2a {

/// Which filter chain takes the bytes. authorization.md 2.5
enum class Chain : std::uint8_t { Http, Tcp };
/// A declared protocol decides, without one what the bytes are. 2.5
[[nodiscard]] Chain chain_for(AppProtocol protocol, bool http);

/// A WasmPlugin or TrafficExtension, and whose answer it gives: one program has one answer, whatever the resources are called that run it.
struct ExtensionHere {
  const Resource* resource = nullptr;
  std::string authorizer;
};

/// What stands at one chain, and what of the mesh decides how it is read.
struct EnvoyScope {
  Chain chain{};
  std::vector<const Resource*> policies;
  std::vector<const Resource*> authentications;  ///< RequestAuthentications
  std::vector<ExtensionHere> extensions;
  std::uint16_t port = 0;            ///< that `match.ports` of an extension asks for
  std::vector<std::string> domains;  ///< trust domains, the mesh's own first
  std::span<const ExtensionProvider> providers;
};

/// Rows in the order of the filters: extensions of type NETWORK, CUSTOM, extensions of phase AUTHN, tokens, extensions of phase AUTHZ, DENY, ALLOW; then the default: refuse where
/// any ALLOW policy exists. AUDIT and dry-run policies decide nothing. What an extension answers is an attribute, as an external authorizer's answer is. authorization.md 2.2, 7
[[nodiscard]] Table lower_envoy(const EnvoyScope& scope);

/// Whether a token is looked at here at all: without jwtRules, and on TCP, requests have no claims. authorization.md 2.2
[[nodiscard]] bool reads_tokens(const EnvoyScope& scope);

}  // namespace s2a
