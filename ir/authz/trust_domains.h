// Trust domains: which certificates an engine takes, and how principals that name an old or a symbolic trust domain are read. authorization.md 2.4, 2.8, F6
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ir/mesh/mesh_model.h"
#include "ir/table/table.h"

namespace s2a {

/// The mesh's own trust domain first, then its aliases.
[[nodiscard]] std::vector<std::string> trust_domains(const MeshModel& mesh);

/// istiod's migration of principals: a value of five parts whose trust domain is one of ours, or the symbolic `cluster.local`, stands for the same account in
/// every domain of ours; anything else stands for itself. authorization.md 2.4 "trust domain migration"
[[nodiscard]] std::vector<std::string> expand_principals(const std::vector<std::string>& values, const std::vector<std::string>& domains);

/// `trustDomains`: one of our trust domains stands for all of them. authorization.md 2.4
[[nodiscard]] std::vector<std::string> expand_trust_domains(const std::vector<std::string>& values, const std::vector<std::string>& domains);

/// The row that refuses a client certificate of a foreign trust domain at an Envoy proxy: neither one of ours nor of a further certificate authority. authorization.md 2.8
[[nodiscard]] Row refuse_foreign_at_envoy(const MeshModel& mesh);

/// The row by which ztunnel refuses every certificate that is not exactly spiffe://<own trust domain>/ns/N/sa/A. authorization.md F6, 3.1
[[nodiscard]] Row refuse_foreign_at_ztunnel(std::string_view trust_domain);

/// The row that refuses plaintext: PeerAuthentication STRICT, and always at a waypoint. authorization.md 2.8, 3.4, 4.1
[[nodiscard]] Row refuse_plaintext(std::string text);
/// The row that refuses mutual TLS: PeerAuthentication DISABLE at a sidecar. authorization.md 2.8
[[nodiscard]] Row refuse_mutual_tls(std::string text);

}  // namespace s2a
