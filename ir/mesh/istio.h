// Istio's other resources, as far as it must be known that and where they decide.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ir/mesh/authorization_policy.h"

namespace s2a {

struct JwtRule {
  std::string issuer;
  std::vector<std::string> space_delimited_claims;
};

struct RequestAuthentication {
  std::optional<Selector> selector;
  std::vector<TargetRef> target_refs;
  std::vector<JwtRule> jwt_rules;
};

enum class MtlsMode : std::uint8_t { Unset, Disable, Permissive, Strict };

struct PeerAuthentication {
  std::optional<Selector> selector;
  Spanned<MtlsMode> mode;
  std::map<std::uint16_t, MtlsMode> port_modes;
};

/// A destination host of a route, as written: short names are not expanded here.
struct RouteDestination {
  Spanned<std::string> host;
  std::string subset;
};

struct VirtualService {
  std::vector<Spanned<std::string>> hosts;
  std::vector<Spanned<std::string>> gateways;  ///< empty: `mesh`
  std::vector<RouteDestination> destinations;  ///< of every route, mirrors included
  bool delegate = false;                       ///< no hosts: included by another VirtualService

  /// Whether sidecars route by it: no gateways, or `mesh` among them. routing.md
  [[nodiscard]] bool in_mesh() const;
};

struct DestinationRule {
  Spanned<std::string> host;
  std::optional<Selector> workload_selector;
  std::vector<std::string> subsets;
  Spanned<std::string> tls_mode;    ///< the first mode other than ISTIO_MUTUAL of trafficPolicy, its ports and the subsets; else ISTIO_MUTUAL where it is written
  NodeId traffic_policy = kNoNode;  ///< the first trafficPolicy found
};

struct ServiceEntry {
  std::vector<Spanned<std::string>> hosts;
  std::optional<Labels> workload_selector;
  std::string location;
  std::vector<ServicePort> ports;
};

struct WorkloadEntry {
  Labels labels;
  std::string service_account;
};

struct IngressListener {
  std::uint16_t port = 0;
  std::string protocol;  ///< as written: HTTP, TCP ...
};

struct Sidecar {
  std::optional<Labels> workload_selector;
  NodeId ingress = kNoNode;  ///< the sequence, when it has items
  std::vector<IngressListener> listeners;
  NodeId egress = kNoNode;
  Spanned<std::string> outbound_mode;  ///< outboundTrafficPolicy.mode
};

/// Its spec is opaque; the selector says whom it can change.
struct EnvoyFilter {
  std::optional<Labels> workload_selector;
  std::vector<TargetRef> target_refs;
};

/// Istio's own Gateway: which gateway pods it configures.
struct IstioGateway {
  Labels selector;
};

struct Telemetry {
  std::optional<Selector> selector;
  std::vector<TargetRef> target_refs;
};

enum class ExtensionPhase : std::uint8_t { Other, Authn, Authz };

/// Of which connections an extension gets to see something.
struct ExtensionMatch {
  bool inbound = true;
  std::vector<std::uint16_t> ports;  ///< empty: all
};

/// Where among the filters of a proxy an extension stands.
struct ExtensionPlace {
  ExtensionPhase phase = ExtensionPhase::Other;
  bool network = false;               ///< type NETWORK: before HTTP is read
  std::vector<ExtensionMatch> match;  ///< one must hold; empty: everything
};

struct WasmPlugin {
  std::optional<Selector> selector;
  std::vector<TargetRef> target_refs;
  ExtensionPlace place;
};

struct TrafficExtension {
  std::optional<Selector> selector;
  std::vector<TargetRef> target_refs;
  ExtensionPlace place;
};

}  // namespace s2a
