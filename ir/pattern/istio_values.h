// What the values of an AuthorizationPolicy mean, engine by engine: text -> Pattern. authorization.md 2.4, 3.1, 3.2
// An identity is the whole text of the certificate's SAN, `spiffe://td/ns/N/sa/A`. Plaintext has none: no pattern is asked.
#pragma once

#include <optional>
#include <string_view>

#include "ir/pattern/pattern.h"

namespace s2a {

/// `*` any but empty, `*x` suffix, `x*` prefix, else exact; only the first or the last `*` counts. authorization.md 2.4
[[nodiscard]] Pattern istio_string(std::string_view value, bool ignore_case = false);

/// A set without members: what a value means that can match nothing.
[[nodiscard]] Pattern never();

/// Every identity that Istio issues: `spiffe://TD/ns/N/sa/A`, of that trust domain if it is given.
[[nodiscard]] Pattern identities(std::optional<std::string_view> trust_domain = std::nullopt);

/// `principals` and `source.principal` at Envoy: istio_string on what follows `spiffe://`. A value that itself begins with `spiffe://` meets no caller. authorization.md 2.4
[[nodiscard]] Pattern principal(std::string_view value);
/// The same text at ztunnel; only that nothing is known of aliases there, which is the caller's matter. authorization.md 3.2
[[nodiscard]] Pattern principal_at_ztunnel(std::string_view value);

/// `namespaces` and `source.namespace` at Envoy: regex `.*/ns/<v>/.*`, each `*` of the value is `.*`. authorization.md 2.4
[[nodiscard]] Pattern namespace_at_envoy(std::string_view value);
/// At ztunnel: istio_string on the namespace part, so `a*b` is literal and `*a*` is the literal suffix `a*`. authorization.md 3.1
[[nodiscard]] Pattern namespace_at_ztunnel(std::string_view value);

/// `serviceAccounts` and `source.serviceAccount` at Envoy: regex `spiffe://.+/ns/NS/(.+/|)sa/SA(/.+)?`; `sa` alone means the policy's own namespace. authorization.md 2.4
[[nodiscard]] Pattern service_account_at_envoy(std::string_view policy_namespace, std::string_view value);
/// At ztunnel: the namespace and the account are equal, whatever the trust domain. authorization.md 3.2
[[nodiscard]] Pattern service_account_at_ztunnel(std::string_view policy_namespace, std::string_view value);

/// `trustDomains` and `source.trustDomain` at Envoy, each `*` is `[^/]*`; ztunnel leaves them out. authorization.md 2.4, F5
[[nodiscard]] Pattern trust_domain_at_envoy(std::string_view value);

/// `hosts`: istio_string on :authority, port included, in any case. authorization.md 2.4
[[nodiscard]] Pattern host(std::string_view value);
/// `methods`: istio_string, case counts. authorization.md 2.4
[[nodiscard]] Pattern method(std::string_view value);
/// `paths`: a template where `{*}` or `{**}` occurs, else istio_string; on the normalised path without its query. authorization.md 2.4
[[nodiscard]] Pattern path(std::string_view value);
/// One value of `request.headers[x]`: like istio_string, but `*` counts an empty value too. authorization.md 2.4
[[nodiscard]] Pattern header_value(std::string_view value);

/// `requestPrincipals` and `request.auth.principal` on ISSUER, a line feed, SUBJECT: the value is split at its last slash, and a side with `*` is an istio_string. Without a slash
/// `*x` is any issuer and a subject, `x*` an issuer and any subject, `x` an issuer with an empty subject. authorization.md 2.4
[[nodiscard]] Pattern request_principal(std::string_view value);
/// One text of a claim: istio_string. authorization.md 2.4
[[nodiscard]] Pattern claim(std::string_view value);
/// `connection.sni` on the name in lower case; the value is not: one with a capital meets nothing. authorization.md 2.4
[[nodiscard]] Pattern server_name(std::string_view value);

/// `ipBlocks`, `remoteIpBlocks`, `destination.ip`; nothing where the value is no address and no block. authorization.md 2.4, 3.1
[[nodiscard]] std::optional<Pattern> cidr(std::string_view value);
/// `ports` and `destination.port`: `08080` is 8080, `0` is admitted; nothing where the value is no port. authorization.md 2.4, 3.1
[[nodiscard]] std::optional<Pattern> port(std::string_view value);

}  // namespace s2a
