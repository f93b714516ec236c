// The TCP and TLS rules of a VirtualService for one host and port as a TCPRoute or a TLSRoute. routing.md 1.8, 1.9
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ir/conversion/http_routes.h"

namespace s2a {

struct L4Route {
  std::string kind;  ///< TCPRoute or TLSRoute; empty: no rule counts for the port
  std::string version;
  Value::Map spec;  ///< but for parentRefs
  RouteOrigins origins;
  Refusals refusals;
};

/// `tls`: the port is declared TLS or HTTPS, so that sidecars take the TLS rules.
[[nodiscard]] L4Route l4_route(const Resource& virtual_service, bool tls, const ConversionPlace& place, Needs& needs);

}  // namespace s2a
