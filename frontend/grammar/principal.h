// Values of `principals` and `source.principal`: an identity, or an identity's beginning or end. authorization.md 2.4
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

/// Presence is `*` alone.
enum class PrincipalForm : std::uint8_t { Exact, Prefix, Suffix, Presence };

struct PrincipalValue {
  PrincipalForm form = PrincipalForm::Exact;
  std::string trust_domain, ns, service_account;  ///< of an Exact one
};

/// `TD/ns/NAMESPACE/sa/ACCOUNT`, `x*`, `*x` or `*`. A value that no identity can match is an error, though Istio admits it.
[[nodiscard]] Parsed<PrincipalValue> parse_principal(std::string_view text);

}  // namespace s2a
