// Host names of routes, destinations and ServiceEntries: fully qualified, short, or with a leading wildcard.
#pragma once

#include <string>
#include <string_view>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

struct HostName {
  std::string text;
  bool wildcard = false;   ///< `*`, or its first label begins with `*`
  bool qualified = false;  ///< holds a dot, or is `*` or an address: Istio takes it as it stands
};

/// Labels of letters, digits and inner hyphens, 63 characters each and 255 in all, the last not of digits only; `*`, `*.x`, `*x.y` or `*-x.y` in front; a last dot is allowed. An
/// IP address is a host too.
[[nodiscard]] Parsed<HostName> parse_host(std::string_view text);

/// The name that Istio resolves a host of that namespace to: `reviews` is `reviews.NAMESPACE.svc.DOMAIN`; whatever holds a dot, `*` and addresses stay. routing.md
/// (ResolveShortnameToFQDN)
[[nodiscard]] std::string expand(std::string_view host, std::string_view ns, std::string_view cluster_domain);

}  // namespace s2a
