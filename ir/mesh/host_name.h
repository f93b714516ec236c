// Host names by which VirtualServices, DestinationRules and routes mean Services. routing.md 1.1
#pragma once

#include <string>
#include <string_view>

namespace s2a {

/// `reviews.shop.svc.cluster.local`
[[nodiscard]] std::string service_host(std::string_view name, std::string_view ns, std::string_view cluster_domain);
/// A host name in full: one without a dot is a Service of the namespace of the object that holds it, any other, and one with a wildcard, is taken as it stands.
[[nodiscard]] std::string resolved_host(std::string_view host, std::string_view ns, std::string_view cluster_domain);
/// Whether a host of a VirtualService, a DestinationRule or a ServiceEntry, `*.example.com` too, covers this one.
[[nodiscard]] bool host_matches(std::string_view pattern, std::string_view host);

}  // namespace s2a
