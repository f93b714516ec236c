// Labels and names that Istio gives a meaning, where more than one file speaks of them.
#pragma once

#include <string_view>

namespace s2a {

/// Go's ParseBool, as istiod reads annotations.
[[nodiscard]] constexpr bool is_true(std::string_view text) { return text == "1" || text == "t" || text == "T" || text == "true" || text == "True" || text == "TRUE"; }

inline constexpr std::string_view kDataplaneMode = "istio.io/dataplane-mode";                   ///< `ambient` or `none`, on a namespace or a pod
inline constexpr std::string_view kInjection = "istio-injection";                               ///< `enabled` or `disabled`, on a namespace
inline constexpr std::string_view kRevision = "istio.io/rev";                                   ///< injection by that control plane, on a namespace or a pod
inline constexpr std::string_view kUseWaypoint = "istio.io/use-waypoint";                       ///< a waypoint's name or `none`, on a namespace or a Service
inline constexpr std::string_view kUseWaypointNamespace = "istio.io/use-waypoint-namespace";    ///< where that waypoint is
inline constexpr std::string_view kCanary = "istio.io/use-waypoint-canary";                     ///< a second waypoint's name, on a namespace or a Service
inline constexpr std::string_view kCanaryNamespace = "istio.io/use-waypoint-canary-namespace";  ///< where that waypoint is
inline constexpr std::string_view kWaypointFor = "istio.io/waypoint-for";                       ///< `service`, `workload`, `all` or `none`, on a waypoint
inline constexpr std::string_view kIngressUseWaypoint = "istio.io/ingress-use-waypoint";        ///< `true`: gateways pass the waypoint as well; on a namespace or a Service
inline constexpr std::string_view kAllocate = "networking.istio.io/enable-autoallocate-ip";     ///< `false`: istiod gives a ServiceEntry no address
inline constexpr std::string_view kInject = "sidecar.istio.io/inject";                          ///< `true` or `false`, on a pod: wins over its namespace
inline constexpr std::string_view kProxyConfig = "proxy.istio.io/config";                       ///< settings of a pod's sidecar as YAML, an annotation
inline constexpr std::string_view kBootstrap = "sidecar.istio.io/bootstrapOverride";            ///< a ConfigMap that the sidecar starts with, an annotation
inline constexpr std::string_view kGatewayName = "gateway.networking.k8s.io/gateway-name";      ///< which Gateway's proxy a pod is
inline constexpr std::string_view kTlsMode = "security.istio.io/tlsMode";                       ///< the injector gives it, and kTunnel beside it in an ambient mesh
inline constexpr std::string_view kTunnel = "networking.istio.io/tunnel";                       ///< `http`: the pod's sidecar takes HBONE
inline constexpr std::string_view kGatewayClass = "istio";                                      ///< the GatewayClass of gateways that istiod runs
inline constexpr std::string_view kWaypointClass = "istio-waypoint";                            ///< the GatewayClass of waypoints

}  // namespace s2a
