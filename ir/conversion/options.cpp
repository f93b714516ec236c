// Which versions of routes the CRDs serve and istiod reads.
#include "ir/conversion/options.h"

namespace s2a {
namespace {

/// A kind that became `v1` in these releases; before that `v1alpha2`, of the experimental channel.
const char* version(const ConversionOptions& options, int api_since, int istio_since) {
  if (options.istio.minor < 26) return "";  // waypoints ignore them
  if (options.gateway_api.minor >= api_since && options.istio.minor >= istio_since) return "v1";
  return options.gateway_api.experimental && options.istio.minor < istio_since ? "v1alpha2" : "";
}

}  // namespace

const char* tcp_route_version(const ConversionOptions& options) { return version(options, 6, 31); }
const char* tls_route_version(const ConversionOptions& options) { return version(options, 5, 30); }

}  // namespace s2a
