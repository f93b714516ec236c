// Short names, full names, names with a wildcard.
#include "ir/mesh/host_name.h"

#include <fmt/format.h>

namespace s2a {

std::string service_host(std::string_view name, std::string_view ns, std::string_view cluster_domain) { return fmt::format("{}.{}.svc.{}", name, ns, cluster_domain); }

std::string resolved_host(std::string_view host, std::string_view ns, std::string_view cluster_domain) {
  if (host.find('.') != std::string_view::npos || host.starts_with('*')) return std::string(host);
  return service_host(host, ns, cluster_domain);
}

bool host_matches(std::string_view pattern, std::string_view host) { return pattern == host || (pattern.starts_with('*') && host.ends_with(pattern.substr(1))); }

}  // namespace s2a
