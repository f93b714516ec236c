// One rule as ztunnel can be told it. authorization.md 8.3
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ir/mesh/authorization_policy.h"

namespace s2a {

/// What decides how a rule is told to ztunnel.
struct ZtunnelScope {
  std::string ns;                         ///< the policy's own namespace: what service accounts without one mean
  std::vector<std::string> domains;       ///< trust domains; the first is ztunnel's own, and no caller of another gets past its TLS (F6)
  std::vector<std::uint16_t> http_ports;  ///< that all its pods serve as HTTP at their sidecars: elsewhere bytes may come that no ALLOW rule on HTTP lets in (2.5)
  std::vector<std::uint16_t> byte_ports;  ///< that all its pods serve as bytes there: a forwarded address is the caller's own (2.4)
};

struct ZtunnelRules {
  std::vector<Rule> rules;  ///< none: no part of it lets anybody in
  bool exact = true;        ///< whether they hold for the same requests as at sidecars
};

/// An ALLOW rule keeps the alternatives that ztunnel can judge by themselves, so that it allows no more; any other loses what ztunnel cannot read, so that it denies no less.
/// Forwarded addresses are read where only bytes come: a rule of their own for these ports.
[[nodiscard]] ZtunnelRules rules_at_ztunnel(const Rule& rule, AuthorizationAction action, const ZtunnelScope& scope);

/// Whether ztunnel alone enforces the rule as sidecars do.
[[nodiscard]] bool exact_at_ztunnel(const Rule& rule, AuthorizationAction action, const std::vector<std::string>& domains);
/// The first rule of a policy that decides, and that ztunnel alone cannot enforce; nullptr: there is none. All of CUSTOM is beyond it.
[[nodiscard]] const Rule* beyond_ztunnel(const AuthorizationPolicy& policy, const std::vector<std::string>& domains);

}  // namespace s2a
